"""The page of a proposal for whoever has no pointer and for whoever does not see it: where the Tab
key leads, that one sees where one is, and that everything says what it is."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from goround.pages.faces import is_long
from tests.browser.full import Full
from tests.browser.nodes import Node
from tests.browser.profiles import Profile
from tests.browser.seen import enrolled, overflow, settles, shown_as

CONTROLS = {"button", "checkbox", "combobox", "DisclosureTriangle", "link", "radio", "textbox"}
MOST_STEPS = 200
ENOUGH_CONTRAST = 3.0
LOOK = """() => {
    const it = document.activeElement, style = getComputedStyle(it);
    const place = it.getBoundingClientRect();
    const shown = it.matches("input[type=radio], input[type=checkbox]")
        ? getComputedStyle(it.closest("label") ?? it) : style;
    const width = (from) => from.outlineStyle === "none" ? 0 : parseFloat(from.outlineWidth);
    window.passed ??= [];
    const before = window.passed.at(-1);
    window.passed.push(it);
    return {
        name: (it.getAttribute("aria-label") ?? it.textContent ?? "").trim().slice(0, 60) || it.id,
        outline: Math.max(width(style), width(shown)),
        colour: width(style) ? style.outlineColor : shown.outlineColor,
        ground: getComputedStyle(document.body).backgroundColor,
        top: place.top, bottom: place.bottom, height: innerHeight,
        follows: !before || Boolean(before.compareDocumentPosition(it) & 4),
        place: it.closest("main [aria-labelledby]")?.id ?? "",
        over: it === document.body,
    };
}"""


SEATED = """(names) => [...document.querySelectorAll(".seat-name")].map((seat, at) => {
    const [name, isLong] = names[at];
    seat.textContent = name;
    seat.classList.toggle("long", isLong);
    const text = document.createRange();
    text.selectNodeContents(seat);
    return text.getClientRects().length;
})"""
"""Gives how many lines a name takes in each seat."""


class Stop(NamedTuple):
    """Where the Tab key led."""

    name: str
    outline: float
    colour: str
    ground: str
    top: float
    bottom: float
    height: float
    follows: bool
    place: str
    over: bool


@pytest.fixture(scope="module")
def anna(chromium: Browser, full: Full) -> Iterator[Profile]:
    node = Node(full.home)
    with enrolled(chromium, node, full) as profile:
        yield profile
    node.stop()


@pytest.fixture
def page(anna: Profile, full: Full) -> Page:
    """Give the page of a proposal that waits for Anna, with everything on it."""
    opened = anna.opens(f"/c/{full.collective}/proposals/{full.proposals['open']}")
    settles(opened)
    shown_as(opened, 360, "light")
    return opened


def stops(page: Page) -> list[Stop]:
    """Go through the whole page with the Tab key."""
    found: list[Stop] = []
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        stop = Stop(**page.evaluate(LOOK))
        if stop.over:
            return found
        found.append(stop)
    raise AssertionError("the Tab key finds no way out")


def test_the_tab_key_leads_through_the_page_in_the_order_in_which_it_is_read(page: Page) -> None:
    passed = stops(page)
    assert passed[0].name == "To the text"
    assert all(stop.follows for stop in passed), [s.name for s in passed if not s.follows]
    places = [stop.place for stop in passed if stop.place]
    order = [place for place, after in pairwise([*places, ""]) if place != after]
    assert [place for place in order if place in ("answer", "concerns", "talk", "further")] == [
        "answer",
        "concerns",
        "talk",
        "further",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_sees_where_one_is(page: Page, scheme: Any) -> None:  # noqa: ANN401 - light or dark
    shown_as(page, 360, scheme)
    for stop in stops(page):
        assert stop.outline >= 2, f"{stop.name} shows no focus"
        assert contrast(stop.colour, stop.ground) >= ENOUGH_CONTRAST, stop
        assert stop.bottom > 0, f"{stop.name} is out of sight"
        assert stop.top < stop.height, f"{stop.name} is out of sight"


def test_everything_that_can_be_used_says_what_it_is(page: Page, anna: Profile) -> None:
    tree = anna.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    named = [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in tree["nodes"]
        if not node.get("ignored") and node["role"]["value"] in CONTROLS
    ]
    assert len(named) > 20
    assert all(name for _role, name in named), [role for role, name in named if not name]
    choices = [name for role, name in named if role == "radio"]
    assert [choice.split()[:3] for choice in choices] == [
        ["I", "agree", "I"],
        ["I", "agree,", "with"],
        ["I", "leave", "it"],
        ["I", "stand", "aside"],
        ["I", "need", "more"],
        ["I", "block", "it"],
    ]


def test_the_choices_and_the_parts_of_the_page_have_names(page: Page) -> None:
    assert page.get_by_role("group", name="Where do you stand?").count() == 1
    for name in ("Where do you stand?", "Concerns", "Questions and answers", "The round"):
        assert page.get_by_role("region", name=name, exact=True).count() == 1, name
    assert page.get_by_role("navigation", name="Collective").count() == 1
    assert page.get_by_role("main").count() == 1


def test_the_skip_link_leads_past_the_places(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_places_take_one_row_and_what_is_folded_pushes_nothing(page: Page, width: int) -> None:
    shown_as(page, width, "light")
    places = page.get_by_role("navigation", name="Collective")
    more, charter = places.locator("summary"), places.get_by_role("link", name="Charter")
    box, top = places.bounding_box(), page.locator("main").bounding_box()
    assert box
    assert box["height"] < 2 * 44
    more.press("Enter")
    expect(charter).to_be_in_viewport()
    assert overflow(page) == []
    assert page.locator("main").bounding_box() == top
    more.press("Escape")
    expect(charter).to_be_hidden()
    expect(more).to_be_focused()
    more.click()
    page.get_by_role("heading", level=1).click(position={"x": 1, "y": 1})
    expect(charter).to_be_hidden()


def test_the_place_where_one_is_can_be_seen_in_the_row(page: Page, anna: Profile) -> None:
    base = page.locator("body").get_attribute("data-base")
    settles(anna.opens(f"{base}/members"))
    here = page.get_by_role("navigation", name="Collective").get_by_role("link", name="Members")
    expect(here).to_have_attribute("aria-current", "page")
    expect(here).to_be_in_viewport(ratio=0.99)


def test_who_is_waited_for_is_led_from_the_top_to_where_they_answer(page: Page) -> None:
    page.get_by_role("link", name="Say where you stand", exact=True).click(trial=True)
    assert page.evaluate("() => scrollY") == 0, "it is seen without scrolling"
    page.get_by_role("link", name="Say where you stand", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Where do you stand?")).to_be_in_viewport()
    asks = page.get_by_text("Say why, in words that others can repeat.")
    expect(asks).to_be_hidden()
    block = page.get_by_role("radio", name="others can repeat")
    block.check()  # who listens has heard it before
    expect(asks).to_be_visible()


def test_a_long_name_stays_whole_at_the_long_table(page: Page, anna: Profile, full: Full) -> None:
    settles(anna.opens(f"/c/{full.collective}/"))
    names = ["Konstantin", "Bartholomew", "Hohenfelsberg", "Benjamin", "Alexandrina", "Emmanuelle"]
    lines = page.evaluate(SEATED, [[name, is_long(name)] for name in names])
    assert len(lines) >= 5
    assert set(lines) == {1}


def test_on_a_phone_what_few_need_is_folded_and_a_link_to_it_opens_it(page: Page) -> None:
    page.reload()  # it may have been opened where there was more room
    settles(page)
    rare = page.get_by_text("Carried by")
    expect(rare).to_be_hidden()
    expect(page.locator(".ring")).to_be_hidden()
    expect(page.get_by_role("button", name="Its time is over")).to_be_visible()  # it is asked for
    changed = page.get_by_role("heading", name="What changed from version 1 to 2")
    expect(changed).to_be_hidden()
    page.get_by_role("link", name="What changed", exact=True).first.click()
    expect(changed).to_be_in_viewport()
    page.get_by_text("How this is decided").click()
    expect(rare).to_be_visible()


def contrast(one: str, other: str) -> float:
    """Tell how much two colours stand out from each other."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in colour.split("(")[1].rstrip(")").split(",")[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
