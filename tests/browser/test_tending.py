"""What a browser signs by itself while a tab is open: what carries no opinion, judged by its own
fold over its own copy of the log, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.keeping import next_of
from goround.replay import Replay
from tests.browser.callers import MODULES, Founder, device_in, lines_in, runs, signs
from tests.browser.test_live import in_time, streams

if TYPE_CHECKING:
    from goround.collective.entry import Fact
    from tests.browser.conftest import MakesProfile
    from tests.browser.profiles import Profile

WITHOUT_OPINION = {"nominate", "seal", "heard", "accept"}
TENDS = """
  const { Tending } = await module("tending");
  const replica = await replicaOf(given);
  await replica.catchUp();
  const signed = await new Tending(replica).tend();
  await replica.catchUp();
  return signed;
"""
WORKER = """
  window.told = [];
  window.worker = new Worker("/static/js/tending.js", { type: "module", name: given });
  window.worker.addEventListener("message", ({ data }) => window.told.push(data));
"""


def tends(profile: Profile, founder: Founder) -> int:
    count: int = runs(profile.page, TENDS, founder.collective)
    return count


def copy_of(profile: Profile, founder: Founder) -> Replay:
    """Judge with Python what a browser keeps."""
    replay = Replay.of(founder.collective)
    replay.add_all(lines_in(profile.page, founder.collective))
    return replay


def assert_owes_nothing(profile: Profile, founder: Founder) -> None:
    """Python finds nothing void in a browser's copy, and nothing that its device owes."""
    assert copy_of(profile, founder).record.void == {}
    assert owes(profile, founder) is None


def owes(profile: Profile, founder: Founder) -> Fact | None:
    """Ask Python what a browser's device signs next by itself, going by the browser's own copy."""
    device, replay = device_in(profile.page, founder.collective), copy_of(profile, founder)
    head = replay.graph.heads_of(device)[0]
    return next_of(replay.view(device), device, replay.graph.past(head))


def signed_by(profile: Profile, founder: Founder) -> list[str]:
    """Give the kinds of acts that a browser's device signed, in their order."""
    device, events = (
        device_in(profile.page, founder.collective),
        lines_in(profile.page, founder.collective),
    )
    return [str(e.header.act["type"]) for e in events if e.header.device == device]


def lets_cleo_in(founder: Founder, ben: Profile, cleo: Profile) -> None:
    """Anna invites Cleo; Ben agrees, and knows who it is that accepts. Nothing is sealed yet."""
    proposed = founder.home.does("invite", "Cleo")
    runs(ben.page, "await (await replicaOf(given)).catchUp();", founder.collective)
    says(ben, founder, {"type": "position", "version": proposed["id"], "stance": "agree"})
    link = founder.home.prints("invitation", "Cleo", "--at", founder.address).decode().strip()
    device = founder.joins(cleo, "Cleo", link)
    runs(ben.page, "await (await replicaOf(given)).catchUp();", founder.collective)
    says(ben, founder, {"type": "welcome", "device": device})


def says(profile: Profile, founder: Founder, act: dict[str, Any]) -> None:
    done = signs(profile.page, founder.collective, act, {})
    assert done.get("sent"), done


def test_a_browser_seals_and_hears_what_it_owes_and_then_is_quiet(
    founder: Founder, ben: Profile, profile: MakesProfile
) -> None:
    cleo = profile()
    lets_cleo_in(founder, ben, cleo)
    assert founder.home.members() == ["Anna", "Ben"]
    for _ in range(4):
        tends(ben, founder)
        tends(cleo, founder)
    assert founder.home.members() == ["Anna", "Ben", "Cleo"]
    assert tends(ben, founder) == tends(cleo, founder) == 0
    for somebody in (ben, cleo):
        assert_owes_nothing(somebody, founder)
    assert {"nominate", "seal"} <= set(signed_by(ben, founder))
    assert set(signed_by(cleo, founder)) <= WITHOUT_OPINION


def test_two_tabs_that_tend_at_once_sign_each_act_once(
    founder: Founder, ben: Profile, profile: MakesProfile
) -> None:
    lets_cleo_in(founder, ben, profile())
    other = ben.another_tab()
    other.goto(f"{founder.address}/")
    begins = f"window.tending = (async () => {{ {TENDS} }})();"
    for page in (ben.page, other):
        runs(page, begins, founder.collective)
    signed = sum(runs(page, "return await window.tending;") for page in (ben.page, other))
    assert signed > 0
    assert copy_of(ben, founder).graph.forks() == []
    while tends(ben, founder):
        pass
    assert_owes_nothing(ben, founder)


def test_a_worker_signs_when_it_starts_and_whenever_something_arrives(
    founder: Founder, ben: Profile, profile: MakesProfile
) -> None:
    runs(ben.page, WORKER, founder.collective)
    lets_cleo_in(founder, ben, profile())
    ben.page.wait_for_function("() => window.told.length > 0")
    told = runs(ben.page, "return window.told;")
    assert {one["type"] for one in told} == {"signed"}
    assert sum(one["n"] for one in told) > 0
    wait_until_heard(ben, founder)
    assert_owes_nothing(ben, founder)


def wait_until_heard(profile: Profile, founder: Founder) -> None:
    """Fetch what is new, and wait, within bounds, until the worker has said what it owes."""
    for _ in range(40):
        runs(profile.page, "await (await replicaOf(given)).catchUp();", founder.collective)
        if owes(profile, founder) is None and "seal" in signed_by(profile, founder):
            return
        profile.page.wait_for_timeout(250)
    raise AssertionError("the worker does not say what it owes")


def test_a_browser_that_has_not_asked_the_node_yet_signs_nothing(
    founder: Founder, ben: Profile, profile: MakesProfile
) -> None:
    lets_cleo_in(founder, ben, profile())
    while owes(ben, founder) is None:
        runs(ben.page, "await (await replicaOf(given)).catchUp();", founder.collective)
    ben.context.route("**/c/**", lambda route: route.abort())
    before = signed_by(ben, founder)
    runs(ben.page, WORKER, founder.collective)
    ben.page.wait_for_timeout(1500)
    assert signed_by(ben, founder) == before
    ben.context.unroute("**/c/**")
    runs(ben.page, "window.worker.postMessage({ type: 'changed' });")
    ben.page.wait_for_function("() => window.told.length > 0")
    assert signed_by(ben, founder) != before


def test_what_was_looked_at_is_not_judged_again_until_something_comes(
    founder: Founder, ben: Profile
) -> None:
    pages = f"/c/{founder.collective}/members", f"/c/{founder.collective}/agreements"
    ben.opens(pages[0])
    in_time(lambda: ben.page.workers != [] and is_tended(ben, founder), ben.page)
    ben.opens(pages[1])
    in_time(lambda: streams(ben.page) == 1, ben.page)
    ben.page.wait_for_timeout(500)
    assert ben.page.workers == []
    founder.home.does("propose", "Flour", "--text", "Rye only")
    in_time(lambda: ben.page.workers != [], ben.page)
    in_time(lambda: is_tended(ben, founder), ben.page)


def test_another_version_of_the_program_looks_anew(founder: Founder, ben: Profile) -> None:
    ben.opens(f"/c/{founder.collective}/members")
    in_time(lambda: is_tended(ben, founder), ben.page)
    body = """
      const kept = await module("kept");
      const [, count] = await kept.note(given, "tended");
      await kept.setNote(given, "tended", ["/static/before/js/", count]);
    """
    runs(ben.page, body, founder.collective)
    ben.opens(f"/c/{founder.collective}/agreements")
    in_time(lambda: is_tended(ben, founder), ben.page)


def is_tended(profile: Profile, founder: Founder) -> bool:
    """Tell whether the program of this page has looked at everything that is here."""
    body = f"""
      const kept = await module("kept");
      const [program, count] = (await kept.note(given, "tended")) ?? [];
      return program === "{MODULES}/" && count === (await kept.tips(given)).count;
    """
    return bool(runs(profile.page, body, founder.collective))


FORKS = """
  const { signEvent } = await module("event");
  const { nextPlace } = await module("tips");
  const kept = await module("kept");
  const replica = await replicaOf(given);
  const place = nextPlace(await kept.tips(given));
  const say = (at) => {
    const said = { collective: given, place, at, act: { type: "away" } };
    return signEvent(replica, said);
  };
  const [one, other] = [await say(1), await say(2)];
  await kept.keepSigned({ ...one, proved: true });
  await kept.take(given, [{ ...other, proved: true }]);
"""


def test_a_device_that_signed_two_histories_signs_nothing_more(
    founder: Founder, ben: Profile, profile: MakesProfile
) -> None:
    lets_cleo_in(founder, ben, profile())
    runs(ben.page, FORKS, founder.collective)
    before = signed_by(ben, founder)
    body = 'return new (await module("tending")).Tending(await replicaOf(given)).tend();'
    assert runs(ben.page, body, founder.collective) == 0
    assert signed_by(ben, founder) == before
