"""What somebody says appears on everybody's open pages by itself, is told once to whoever reads
with their ears, and moves nothing that anybody is typing into."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route, expect

from goround.collective.proposals import Say
from goround.ids import EventId
from goround.node.signing import make_event
from tests.browser.callers import Founder, device_in, lines_in, signs
from tests.browser.conftest import MakesProfile
from tests.browser.nodes import Node
from tests.browser.profiles import Profile
from tests.browser.seen import settles

ANNOUNCED = """() => {
    window.announced = [];
    new MutationObserver(() => {
        const said = document.querySelector("#announcer").textContent;
        if (said) window.announced.push(said);
    }).observe(document.querySelector("#announcer"), {childList: true, characterData: true});
}"""
SOON = 15_000
AT_ONCE = 500
"""How long a page takes, in ms, to show what the node tells it; many times over."""
PASSED = 2
"""Of a conversation: is it the same, and what is there; the second batch comes after it."""


def shown(page: Page, founder: Founder, path: str = "/") -> Page:
    """Open a page, and wait until it follows what happens."""
    page.goto(f"{founder.address}/c/{founder.collective}{path}")
    settles(page)
    in_time(lambda: streams(page) == 1, page)
    return page


def proposed(founder: Founder, title: str = "Rye") -> str:
    return str(founder.home.does("propose", title, "--text", "More rye.")["id"])


def in_time(is_so: Callable[[], bool], page: Page) -> None:
    for _ in range(150):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It never came to be so.")


def streams(page: Page) -> int:
    """Tell how many tabs of a browser hold the connection."""
    held: int = page.evaluate(
        """async () => (await navigator.locks.query()).held
            .filter(({name}) => name.startsWith("goround live")).length"""
    )
    return held


def test_what_is_said_in_a_terminal_appears_in_every_tab_of_a_browser(
    founder: Founder, ben: Profile
) -> None:
    one = shown(ben.page, founder, "/proposals")
    other = shown(ben.another_tab(), founder, "/proposals")
    proposed(founder, "Rye for winter")
    for page in (one, other):
        expect(page.locator("main")).to_contain_text("Rye for winter", timeout=SOON)
    assert streams(one) == 1, "one connection for all tabs"


def test_another_tab_goes_on_listening_where_the_first_is_closed(
    founder: Founder, ben: Profile
) -> None:
    other = shown(ben.another_tab(), founder, "/proposals")
    shown(ben.page, founder, "/proposals")
    other.close()
    proposed(founder, "Rye for winter")
    expect(ben.page.locator("main")).to_contain_text("Rye for winter", timeout=SOON)


def test_a_change_is_announced_once(founder: Founder, ben: Profile) -> None:
    ref = proposed(founder)
    page = shown(ben.page, founder, f"/proposals/{ref}")
    page.evaluate(ANNOUNCED)
    founder.home.does("position", "--because", "Good flour", "--", ref, "agree")
    in_time(lambda: bool(page.evaluate("() => window.announced.length")), page)
    page.wait_for_timeout(1500)
    said = page.evaluate("() => window.announced")
    assert said == ["Still to be heard: you."]


def test_what_somebody_types_into_neither_moves_nor_changes(founder: Founder, ben: Profile) -> None:
    ref = proposed(founder)
    page = shown(ben.page, founder, f"/proposals/{ref}")
    field = page.locator("#say-text")
    field.press_sequentially("Which mill do you")
    before = field.bounding_box()
    founder.home.does("say", "--", ref, "The old mill has some.")
    expect(page.locator("[data-part=talk]")).to_contain_text("The old mill", timeout=SOON)
    field.press_sequentially(" mean?")
    expect(field).to_have_value("Which mill do you mean?")
    assert field.evaluate("(it) => it === document.activeElement")
    after = field.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2, "nothing moved under the hands"


def test_a_change_does_not_load_the_page_anew(founder: Founder, ben: Profile) -> None:
    page = shown(ben.page, founder, "/members")
    page.evaluate("() => { window.same = document.querySelector('main h1'); }")
    founder.home.does("name", "Annette")
    expect(page.locator("main")).to_contain_text("Annette", timeout=SOON)
    assert page.evaluate("() => window.same.isConnected")


def test_a_page_says_calmly_that_nobody_can_be_reached_and_takes_it_back(
    founder: Founder, ben: Profile, node: Node
) -> None:
    page = shown(ben.page, founder, "/proposals")
    sign = page.locator("#unconnected")
    node.stop()
    expect(sign).to_contain_text("Not connected just now.", timeout=SOON)
    node.start()
    expect(sign).to_have_count(0, timeout=3 * SOON)
    proposed(founder, "Rye for winter")
    expect(page.locator("main")).to_contain_text("Rye for winter", timeout=2 * SOON)


def test_without_a_network_it_is_said_at_once(founder: Founder, ben: Profile) -> None:
    page = shown(ben.page, founder, "/proposals")
    ben.goes_offline()
    expect(page.locator("#unconnected")).to_be_visible(timeout=5000)
    ben.comes_online()
    expect(page.locator("#unconnected")).to_have_count(0, timeout=SOON)


def test_who_fetches_much_is_told_how_much_has_yet_to_come(
    founder: Founder, ben: Profile, node: Node
) -> None:
    much_is_said(founder, 2400)
    with held_up(ben.page, "**/sync") as goes_on:
        ben.opens(f"/c/{founder.collective}/proposals")
        sign = ben.page.locator("#unconnected")
        expect(sign).to_contain_text("Fetching what was said here before: about 400 things")
        goes_on()
    expect(sign).to_have_count(0)
    assert len(lines_in(ben.page, founder.collective)) > 2400


def much_is_said(founder: Founder, times: int) -> None:
    """Let Anna say something many times, on the disk at once."""
    replica = founder.replica()
    said = []
    for number in range(times):
        event = make_event(replica, Say(EventId(founder.collective)), {"text": f"{number}"})
        replica.graph.add(event)
        said.append(event)
    replica.close()
    again = founder.replica()
    again.receive(said)
    again.close()


@contextmanager
def held_up(page: Page, path: str) -> Iterator[Callable[[], None]]:
    """Let the second batch of what is fetched wait until it may go on."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        asked_before = len(waiting)
        waiting.append(route)
        if asked_before < PASSED:
            route.continue_()

    def goes_on() -> None:
        for route in waiting[PASSED:]:
            route.continue_()
        page.unroute(path)

    page.route(path, hold)
    yield goes_on


def test_somebody_who_becomes_a_member_sees_it_without_doing_anything(
    founder: Founder, ben: Profile, profile: MakesProfile
) -> None:
    page = profile().page
    device = joins_as_cleo(page, founder, ben)
    welcomes(ben, founder, device)
    expect(page.locator("body")).to_have_attribute("data-as", "member", timeout=2 * SOON)


def test_who_follows_a_link_is_not_turned_back_by_becoming_a_member(
    founder: Founder, ben: Profile, profile: MakesProfile
) -> None:
    page = profile().page
    device = joins_as_cleo(page, founder, ben)
    waiting: list[Route] = []
    page.route("**/proposals", lambda route: waiting.append(route))  # noqa: PLW0108
    page.get_by_role("link", name="Proposals").click(no_wait_after=True)
    welcomes(ben, founder, device)
    in_time(lambda: is_drawn_as_a_member(page, founder), page)
    page.wait_for_timeout(2 * AT_ONCE)
    waiting.pop().continue_()
    expect(page.get_by_role("heading", name="Proposals", level=1)).to_be_visible()


def joins_as_cleo(page: Page, founder: Founder, ben: Profile) -> str:
    """Let Cleo, whom both have invited, join, and stand at home as somebody who joins: a device."""
    founder.home.does("invite", "Cleo")
    invitation = founder.home.does("proposals")[-1]
    act = {"type": "position", "version": invitation["id"], "stance": "agree"}
    shown(ben.page, founder)
    assert signs(ben.page, founder.collective, act, {})["sent"]
    link = founder.home.prints("invitation", "Cleo", "--at", founder.address).decode().strip()
    page.goto(link)
    page.get_by_label(re.compile("called")).fill("Cleo")
    page.get_by_role("button", name=re.compile("^(Join|Yes)")).click()
    page.wait_for_url(f"**/c/{founder.collective}/", timeout=SOON)
    shown(page, founder)
    expect(page.locator("body")).to_have_attribute("data-as", "joining")
    return device_in(page, founder.collective)


def welcomes(ben: Profile, founder: Founder, device: str) -> None:
    """Let Ben say that he knows whose device that is."""
    assert signs(ben.page, founder.collective, {"type": "welcome", "device": device}, {})["sent"]


def is_drawn_as_a_member(page: Page, founder: Founder) -> bool:
    home = page.request.get(f"{founder.address}/c/{founder.collective}/")
    return 'data-as="member"' in home.text()
