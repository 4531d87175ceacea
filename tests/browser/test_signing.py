"""What a browser signs: one chain per device whatever happens, nothing lost, nothing sent before it
is kept, and the same events that any other replica would read."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import Page, Route

from goround.log.event import check_signature
from goround.replay import Replay
from tests.browser.callers import Founder, device_in, lines_in, runs, signs
from tests.browser.conftest import MakesProfile
from tests.browser.nodes import Node
from tests.browser.profiles import Profile


def says(page: Page, founder: Founder, text: str) -> dict[str, Any]:
    act = {"type": "say", "on": founder.collective}
    done: dict[str, Any] = signs(page, founder.collective, act, {"text": text})
    return done


def texts_at(founder: Founder, device: str) -> list[str]:
    """Give what a device said, as the node keeps it, after making sure that nothing forked."""
    replica = founder.replica()
    try:
        assert replica.graph.forks() == []
        own = [name for name in replica.graph if replica.graph[name].device == device]
        said = [replica.replay.words(name).get("text") for name in own]
        return [text for text in said if text is not None]
    finally:
        replica.close()


def test_what_a_browser_signs_is_read_and_judged_by_everybody(
    ben: Profile, founder: Founder
) -> None:
    terms = {"matter": "everyday", "effects": [{"do": "task", "what": "buy wood", "by": 0}]}
    words = {"title": "Ofen 🔥", "text": "We buy one.\n\nSoon."}
    done = signs(ben.page, founder.collective, {"type": "propose", **terms}, words)
    assert done["sent"]
    shown = founder.home.sees(done["id"])
    assert (shown["title"], shown["text"]) == ("Ofen 🔥", "We buy one.\n\nSoon.")
    assert "buy wood" in str(shown["effects"])
    events = lines_in(ben.page, founder.collective)
    replay = Replay.of(founder.collective)
    for event in events:
        check_signature(event)
        replay.add(event)
    assert replay.record.void == {}
    assert done["id"] in replay.graph


def test_what_a_terminal_signs_is_read_by_a_browser(ben: Profile, founder: Founder) -> None:
    founder.home.does("propose", "Flour", "--text", "Rye – 🌾 only")
    runs(ben.page, "await (await replicaOf(given)).catchUp();", founder.collective)
    replica = founder.replica()
    kept = {event.id: event for event in lines_in(ben.page, founder.collective)}
    assert kept == {event.id: event for event in replica.events(list(replica.graph))}
    replica.close()


def test_an_act_that_a_rule_refuses_is_not_signed(ben: Profile, founder: Founder) -> None:
    before = len(lines_in(ben.page, founder.collective))
    proposal = founder.home.does("propose", "Flour", "--text", "Rye only")["id"]
    block = {"type": "position", "version": proposal, "stance": "block"}
    done = signs(ben.page, founder.collective, block, {})
    assert done["error"] == "Refused"
    assert "reason" in done["sentence"]
    assert texts_at(founder, device_in(ben.page, founder.collective)) == []
    assert len(lines_in(ben.page, founder.collective)) == before + 1  # Anna's proposal


def test_two_tabs_never_fork_a_chain(ben: Profile, founder: Founder) -> None:
    other = ben.another_tab()
    other.goto(f"{ben.address}/")
    body = """
      const [collective, letter] = given;
      const replica = await replicaOf(collective);
      const said = (number) =>
        replica.sign({ type: "say", on: collective }, { text: `${letter}${number}` });
      window.all = Promise.all(Array.from({ length: 10 }, (_, number) => said(number)));
    """
    for page, letter in ((ben.page, "a"), (other, "b")):
        runs(page, body, [founder.collective, letter])
    ids = [done["id"] for page in (ben.page, other) for done in runs(page, "return window.all;")]
    assert len(set(ids)) == 20
    said = texts_at(founder, device_in(ben.page, founder.collective))
    assert sorted(said) == sorted(f"{letter}{number}" for letter in "ab" for number in range(10))


def test_a_chain_never_parts_even_where_tabs_do_not_wait_for_each_other(
    ben: Profile, founder: Founder
) -> None:
    other = ben.another_tab()
    other.goto(f"{ben.address}/")
    body = """
      navigator.locks.request = (_name, work) => work();
      const [signs, later] = [crypto.subtle.sign.bind(crypto.subtle), (go) => setTimeout(go, 50)];
      crypto.subtle.sign = async (...all) => (await new Promise(later), signs(...all));
      const replica = await replicaOf(given);
      const said = (number) => replica.sign({ type: "say", on: given }, { text: `${number}` });
      window.all = Promise.all(Array.from({ length: 10 }, (_, number) => said(number)));
    """
    for page in (ben.page, other):
        runs(page, body, founder.collective)
    for page in (ben.page, other):
        runs(page, "return window.all;")
    assert len(texts_at(founder, device_in(ben.page, founder.collective))) == 20


def test_a_tab_killed_between_storing_and_sending_loses_nothing(
    ben: Profile, founder: Founder
) -> None:
    device = device_in(ben.page, founder.collective)
    tab = ben.another_tab()
    tab.goto(f"{ben.address}/")
    body = """
      const sends = window.fetch;
      const isHeld = (path) => path.endsWith("/events");
      window.fetch = (path, all) => (isHeld(path) ? new Promise(() => {}) : sends(path, all));
      (await replicaOf(given)).sign({ type: "say", on: given }, { text: "kept" });
    """
    runs(tab, body, founder.collective)
    waiting = "return (await (await module('kept')).outbox(given)).length;"
    assert any(runs(ben.page, waiting, founder.collective) for _time in range(200))
    tab.close()
    assert texts_at(founder, device) == []
    ben.opens(f"/c/{founder.collective}/")
    ben.page.wait_for_function("() => 'ready' in document.documentElement.dataset")
    settled(ben.page, founder)
    assert texts_at(founder, device) == ["kept"]


def settled(page: Page, founder: Founder) -> None:
    """Wait until everything that was signed in a browser has been sent."""
    body = "return (await (await module('kept')).outbox(given)).length;"
    for _time in range(200):
        if runs(page, body, founder.collective) == 0:
            return
        page.wait_for_timeout(50)
    raise AssertionError("Something was never sent.")


def test_what_is_said_offline_goes_out_when_there_is_a_network(
    ben: Profile, founder: Founder
) -> None:
    ben.opens(f"/c/{founder.collective}/")
    ben.page.wait_for_function("() => 'ready' in document.documentElement.dataset")
    device = device_in(ben.page, founder.collective)
    ben.goes_offline()
    done = says(ben.page, founder, "from the cellar")
    assert not done["sent"]
    assert texts_at(founder, device) == []
    ben.comes_online()
    settled(ben.page, founder)
    assert texts_at(founder, device) == ["from the cellar"]


def test_a_network_that_swallows_everything_keeps_nobody_waiting(
    ben: Profile, founder: Founder
) -> None:
    ben.opens(f"/c/{founder.collective}/members")
    ben.page.wait_for_selector("html[data-ready]")
    device = device_in(ben.page, founder.collective)
    ben.page.route("**/sync", lambda _route: None)
    began = monotonic()
    assert not says(ben.page, founder, "patience")["sent"]
    assert monotonic() - began < 25  # some seconds, and not as long as a node may take
    ben.page.unroute("**/sync")
    ben.opens(f"/c/{founder.collective}/members")
    settled(ben.page, founder)
    assert texts_at(founder, device) == ["patience"]


def test_a_session_that_the_node_forgot_is_renewed(
    ben: Profile, founder: Founder, node: Node
) -> None:
    assert says(ben.page, founder, "before")["sent"]
    node.stop()
    node.start()
    assert says(ben.page, founder, "after")["sent"]
    ben.opens(f"/c/{founder.collective}/")
    ben.page.wait_for_selector("nav.places")
    assert texts_at(founder, device_in(ben.page, founder.collective)) == ["before", "after"]


def test_a_browser_that_was_restored_from_a_copy_goes_on_where_it_was(
    ben: Profile, founder: Founder
) -> None:
    for text in ("one", "two", "three"):
        says(ben.page, founder, text)
    forget_newest(ben.page, founder, 2)
    assert says(ben.page, founder, "four")["sent"]
    device = device_in(ben.page, founder.collective)
    assert texts_at(founder, device) == ["one", "two", "three", "four"]


def forget_newest(page: Page, founder: Founder, number: int) -> None:
    """Put a browser's storage back to what it was some events ago, as an old copy would."""
    body = """
      const [collective, number] = given;
      const { answered, transact } = await module("database");
      const { tipsOf } = await module("tips");
      const kept = await module("kept");
      const { device } = await kept.deviceOf(collective);
      const events = await kept.events(collective);
      const left = events.slice(0, events.length - number);
      await transact(["events", "tips"], "readwrite", async (store) => {
        for (const { row } of events.slice(-number)) await answered(store("events").delete(row));
        await answered(store("tips").put(tipsOf(collective, device, left)));
      });
    """
    runs(page, body, [founder.collective, number])


def test_a_device_that_signed_two_histories_signs_nothing_more(
    ben: Profile, founder: Founder
) -> None:
    for text in ("one", "two"):
        says(ben.page, founder, text)
    forget_newest(ben.page, founder, 1)
    ben.goes_offline()
    assert not says(ben.page, founder, "another two")["sent"]
    ben.comes_online()
    before = lines_in(ben.page, founder.collective)
    done = says(ben.page, founder, "three")
    assert done["error"] == "Refused"
    assert "two different histories" in done["sentence"]
    texts = {event.content and event.content.words for event in before}
    assert b'{"text":"another two"}' in texts  # both are kept, as evidence
    leaving = signs(ben.page, founder.collective, {"type": "leave"}, {})
    assert leaving["sent"]


def test_a_node_that_lost_its_newest_events_gets_them_back(
    ben: Profile, founder: Founder, node: Node
) -> None:
    says(ben.page, founder, "one")
    node.stop()
    file = next(Path(founder.home.home).rglob(f"{founder.collective}.sqlite"))
    copy = file.read_bytes()
    node.start()
    says(ben.page, founder, "two")
    proposal = founder.home.does("propose", "Flour", "--text", "Rye only")["id"]
    runs(ben.page, "await (await replicaOf(given)).catchUp();", founder.collective)
    node.stop()
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()
    file.write_bytes(copy)
    node.start()
    assert says(ben.page, founder, "three")["sent"]
    assert texts_at(founder, device_in(ben.page, founder.collective)) == ["one", "two", "three"]
    assert founder.home.sees(proposal)["title"] == "Flour"


def test_an_event_that_is_not_genuine_is_not_kept(ben: Profile, founder: Founder) -> None:
    founder.home.does("propose", "Flour", "--text", "Rye only")
    before = lines_in(ben.page, founder.collective)

    def spoil(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body().replace(b"Rye", b"Oat"))

    ben.page.route("**/sync", spoil)
    done = says(ben.page, founder, "one")
    assert done["error"] == "NotGenuine"
    assert lines_in(ben.page, founder.collective) == before
    ben.page.unroute("**/sync")
    assert says(ben.page, founder, "one")["sent"]


def test_an_answer_to_what_has_not_arrived_is_not_signed(ben: Profile, founder: Founder) -> None:
    proposal = founder.home.does("propose", "Flour", "--text", "Rye only")["id"]
    before = lines_in(ben.page, founder.collective)
    ben.goes_offline()
    act = {"type": "position", "version": proposal, "stance": "agree"}
    done = signs(ben.page, founder.collective, act, {})
    ben.comes_online()
    assert "has not reached this browser yet" in done["sentence"]
    assert lines_in(ben.page, founder.collective) == before
    assert signs(ben.page, founder.collective, act, {})["sent"]


def test_a_key_can_be_read_by_nobody(founder: Founder, profile: MakesProfile) -> None:
    ben = profile()
    founder.lets_in(ben, "Ben")  # with a key that this browser makes
    body = """
      const { key } = await (await module("kept")).deviceOf(given);
      const tried = ["raw", "jwk", "pkcs8"].map((format) => crypto.subtle.exportKey(format, key));
      const results = await Promise.allSettled(tried);
      return [key.extractable, ...results.map(({ status }) => status)];
    """
    found = runs(ben.page, body, founder.collective)
    assert found == [False, "rejected", "rejected", "rejected"]


def test_a_real_profile_is_the_same_device_when_it_is_opened_again(
    real_profile: Callable[[Path], Profile], founder: Founder, tmp_path: Path
) -> None:
    first = real_profile(tmp_path / "ben")
    device = founder.lets_in(first, "Ben")
    says(first.page, founder, "before")
    first.context.close()
    again = real_profile(tmp_path / "ben")
    again.opens("/")
    says(again.page, founder, "after")
    assert texts_at(founder, device) == ["before", "after"]
