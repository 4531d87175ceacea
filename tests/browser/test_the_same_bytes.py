"""What any implementation has to answer, asked of the scripts in a real Chromium: the vectors that
the Python side is tested with, and the same event made by both, letter by letter."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page

from goround.collective.effects import Invite, NameTask
from goround.collective.proposals import Propose
from goround.ids import encode
from goround.log.bundle import decode_line, write_bundle
from goround.log.event import Content, check_signature
from goround.wire import act_of, fact_of, write_words
from tests.browser.profiles import Profile
from tests.chains import chain, device
from tests.vectors.acts import ALSO_VALID, VALID
from tests.vectors.people import ANNA, BREAD, NOW, SECOND, Vector, bytes_for, signed

VECTORS = Path(__file__).parent.parent / "vectors"
VERDICT = """
const verdict = async (job) => {
  try { await job(); return "ok"; } catch (error) {
    if (error.reason === undefined) throw error;
    return error.reason;
  }
};
const module = (name) => import(`/static/js/${name}.js`);
"""


@pytest.fixture(scope="module")
def page(somebody: Profile) -> Page:
    return somebody.opens("/")


def vectors(name: str) -> list[Vector]:
    found: list[Vector] = json.loads((VECTORS / f"{name}.json").read_text("ascii"))
    return found


def asked(page: Page, body: str, given: Any) -> Any:  # noqa: ANN401 - whatever a script gives
    """Run the body of an async function of `given` in a page, with `verdict` and `module` there."""
    return page.evaluate(f"async (given) => {{ {VERDICT} {body} }}", given)


def each(page: Page, body: str, given: list[Vector]) -> dict[str, Any]:
    """Run the body of an async function of `v` for each vector; give what came of it, by name."""
    wrapped = f"""
      const one = async (v) => {{ {body} }};
      const found = [];
      for (const v of given) found.push([v.name, await one(v)]);
      return found;
    """
    return dict(asked(page, wrapped, given))


def expected(given: list[Vector], key: str = "verdict") -> dict[str, Any]:
    return {str(vector["name"]): vector[key] for vector in given}


def test_a_header_gets_its_verdict(page: Page) -> None:
    given = [vector for vector in vectors("headers") if "header" in vector]
    body = "const { decodeHeader } = await module('header'); \
            return verdict(() => decodeHeader(v.header));"
    found = each(page, body, given)
    assert found.pop("a lone surrogate") in ("not-json", "string")  # readers of JSON differ there
    assert found == {name: said for name, said in expected(given).items() if name in found}


def test_a_header_has_the_same_id(page: Page) -> None:
    given = [vector for vector in vectors("headers") if "id" in vector]
    body = "const { hash, bytes } = await module('encoding'); \
            return hash(bytes('goround/event/1\\0'), bytes(v.header));"
    assert each(page, body, given) == expected(given, "id")


def test_an_event_gets_its_verdict(page: Page) -> None:
    given = [vector for vector in vectors("events") if "content" in vector]
    body = """
      const { openEvent, checkSignature } = await module('event');
      return verdict(async () => checkSignature(await openEvent(v)));
    """
    assert each(page, body, given) == expected(given)


def test_a_signature_gets_its_verdict(page: Page) -> None:
    given = vectors("keys")
    body = """
      const { isGenuine } = await module('keys');
      const { bytes } = await module('encoding');
      return isGenuine(v.key, v.tag, bytes(v.message), v.signature);
    """
    assert each(page, body, given) == expected(given, "genuine")


def test_a_proof_gets_its_verdict(page: Page) -> None:
    given = vectors("proofs")
    body = """
      const proofs = await module('proofs');
      const { key, collective, device, proof } = v;
      if (v.tag === "invitation") {
        return proofs.provesInvitation(key, collective, device, proof);
      }
      if (v.tag === "device") return proofs.provesDevice(key, collective, device, proof);
      return proofs.provesAnswer(v.tag, key, v, proof);
    """
    assert each(page, body, given) == expected(given, "holds")


def test_the_secret_of_a_link_is_read_and_written(page: Page) -> None:
    given = vectors("secrets")
    body = """
      const { readSecret, writeSecret } = await module('proofs');
      const { encode } = await module('encoding');
      try {
        const { device, seed, epoch } = await readSecret(v.secret);
        return [encode(seed), device, epoch, writeSecret(seed, epoch)];
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return "damaged";
      }
    """
    assert each(page, body, given) == {
        str(v["name"]): [v["seed"], v["key"], v["epoch"], v["secret"]] if "seed" in v else "damaged"
        for v in given
    }


def test_what_stands_on_a_sheet_of_paper_is_read_and_written(page: Page) -> None:
    given = vectors("papers")
    body = """
      const { readPaper, paperLetters, paperWords } = await module('paper');
      const { encode } = await module('encoding');
      const found = await readPaper(v.text);
      if (!found) return "damaged";
      const [letters, words] = [paperLetters(found.secret), paperWords(found.secret)];
      const isSame = (await readPaper((await words).join(" ")))?.device === found.device;
      return [encode(found.seed), found.device, isSame, await letters];
    """
    letters = given[0]["letters"]
    assert each(page, body, given) == {
        str(v["name"]): [v["seed"], v["key"], True, letters] if "seed" in v else "damaged"
        for v in given
    }


def test_an_act_gets_its_verdict(page: Page) -> None:
    given = vectors("acts")
    body = "const { judgeAct } = await module('acts'); return judgeAct(v.act);"
    assert each(page, body, given) == expected(given)


def test_a_bundle_gets_its_verdict(page: Page) -> None:
    given = vectors("bundles")
    body = "const { readBundle } = await module('bundle'); \
            return verdict(() => readBundle(v.text));"
    assert each(page, body, given) == expected(given)


GRAPH = """
  const { openEvent } = await module('event');
  const { Graph, digest } = await module('graph');
  const { tipsOf, follow, noTips, nextPlace, vectorOf } = await module('tips');
  const graph = new Graph(v.collective);
  const delivered = [];
  for (const step of v.delivered) {
    const said = await verdict(async () => {
      const event = await openEvent(step);
      if (graph.add(event)) delivered.push([event, 'added']);
      else delivered.push([event, 'known']);
    });
    if (said !== 'ok') delivered.push([null, said]);
  }
"""


def test_a_graph_takes_in_what_its_vector_says(page: Page) -> None:
    given = vectors("graphs")
    found = each(
        page,
        GRAPH
        + """
        return {
          delivered: delivered.map(([, said]) => said),
          order: graph.inOrder(),
          frontier: graph.frontier(),
          forks: graph.forks(),
          vector: graph.vector(),
          digest: await digest(graph.vector()),
        };
        """,
        given,
    )
    for vector in given:
        answer = found[vector["name"]]
        assert answer.pop("delivered") == [step["verdict"] for step in vector["delivered"]]
        assert answer == {key: vector[key] for key in answer}


def test_a_graph_answers_what_lies_in_which_past(page: Page) -> None:
    given = vectors("graphs")
    found = each(
        page,
        GRAPH
        + """
        const pasts = {};
        for (const id of graph.inOrder()) {
          const past = graph.past(id);
          const [newest, forked] = [{}, {}];
          for (const device of graph.columns.of.keys()) {
            newest[device] = past.newest(device);
            const seq = past.forked(device);
            if (seq !== null) forked[device] = seq;
          }
          const holds = graph.inOrder().filter((other) => past.has(other));
          pasts[id] = { holds, newest, forked };
        }
        return pasts;
        """,
        given,
    )
    assert found == expected(given, "pasts")


def test_tips_kept_event_by_event_are_those_of_the_whole_graph(page: Page) -> None:
    given = vectors("graphs")
    found = each(
        page,
        GRAPH
        + """
        const added = delivered.filter(([, said]) => said === 'added').map(([event]) => event);
        return [...graph.columns.of.keys(), 'nobody yet'].map((device) => {
          let kept = noTips(v.collective, device);
          for (const [at, event] of added.entries()) {
            kept = follow(kept, event) ?? tipsOf(v.collective, device, added.slice(0, at + 1));
          }
          const whole = tipsOf(v.collective, device, added);
          return [nextPlace(kept), nextPlace(whole), vectorOf(kept), graph.nextPlace(device)];
        });
        """,
        given,
    )
    for vector in given:
        for kept, whole, heads, place in found[vector["name"]]:
            assert kept == whole == place
            assert heads == vector["vector"]


def test_the_same_event_has_the_same_bytes(page: Page) -> None:
    words = {"title": "Ofen – 火 🔥", "text": 'a "b"\n\\ / \u2028 \x7f\x01', "because": ""}
    content = write_words(words)
    assert content is not None
    acts = [act for act in [*VALID, *ALSO_VALID.values()] if act["type"] != "found"]
    given = [
        {
            "name": str(at),
            "seed": encode(ANNA.seed),
            "collective": BREAD.collective,
            "place": SECOND._asdict(),
            "at": NOW,
            "act": act,
            "words": words,
            "salt": encode(bytes_for(f"salt of {content.decode()}")),
        }
        for at, act in enumerate(acts)
    ]
    body = """
      const { signEvent, encodeLine, writeWords } = await module('event');
      const { keyOf } = await module('keys');
      const { decode } = await module('encoding');
      const signer = await keyOf(decode(v.seed));
      const said = { ...v, content: writeWords(v.words), salt: decode(v.salt) };
      return encodeLine(await signEvent(signer, said));
    """
    for name, line in each(page, body, given).items():
        read = decode_line(line.encode())
        check_signature(read)
        assert read == signed(ANNA, acts[int(name)], SECOND, content.decode())


def test_an_act_is_written_in_the_order_of_its_fields(page: Page) -> None:
    known = [*VALID, *ALSO_VALID.values()]
    given = [{"name": str(at), "act": act} for at, act in enumerate(known)]
    body = "const { writeAct } = await module('acts'); return JSON.stringify(writeAct(v.act));"
    for name, text in each(page, body, given).items():
        canonical = msgspec.json.encode(act_of(fact_of(known[int(name)])))
        assert text == canonical.decode()


def test_effects_are_parted_into_what_rules_see_and_what_people_read(page: Page) -> None:
    seen = [
        {"do": "task", "what": "buy flour", "by": 5},
        {"do": "invite", "name": "Ben", "key": ANNA.public},
        {"do": "adopt"},
        {"do": "task", "what": "bake"},
    ]
    parted = asked(page, "return (await module('acts')).partEffects(given);", seen)
    assert parted["words"] == [{"what": "buy flour"}, {"name": "Ben"}, {}, {"what": "bake"}]
    act = {"type": "propose", "matter": "everyday", "review": 0, "until": 0}
    told = fact_of(act | {"effects": parted["effects"]})
    assert isinstance(told, Propose)
    first, second, _third, last = told.effects
    assert (first, last) == (NameTask(5), NameTask(0))
    assert second == Invite(ANNA.public)


def test_a_bundle_of_one_side_is_read_by_the_other(page: Page) -> None:
    events = chain(device(1), 30)
    lines = [
        {
            "header": event.raw.decode(),
            "signature": encode(event.signature),
            "salt": encode((event.content or Content(b"", b"")).salt),
            "content": (event.content or Content(b"", b"")).words.decode(),
        }
        for event in events
    ]
    body = """
      const { readBundle, writeBundle } = await module('bundle');
      const text = await writeBundle(given[0], given[1]);
      return [text, (await readBundle(text)).events.map(({ id }) => id)];
    """
    text, ids = asked(page, body, [events[0].collective, lines])
    assert ids == [event.id for event in events]
    assert text.encode() == b"".join(write_bundle(events[0].collective, events))
