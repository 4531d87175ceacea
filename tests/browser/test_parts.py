"""What takes the place of what on an open page, and what stays under somebody's hands."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_quiet
from tests.browser.profiles import Profile

SHOW = "Something changed here. Show it"
TALL = "<br>" * 60


class Shown:
    """A page whose parts change as they would when the node draws it anew."""

    def __init__(self, page: Page, drawn: str) -> None:
        self.page = page
        page.evaluate(
            """async (drawn) => {
                document.querySelector("main").innerHTML = drawn;
                window.parts = await import(`/static/js/parts.js?${Math.random()}`);
            }""",
            drawn,
        )

    def becomes(self, drawn: str, sent: str = "") -> list[str]:
        """Let the node draw it anew; give what is said of the changes."""
        said: list[str] = self.page.evaluate(
            """([drawn, sent]) => {
                const page = `<main id="main">${drawn}</main>`;
                const fresh = new DOMParser().parseFromString(page, "text/html");
                const form = sent ? document.querySelector(sent) : undefined;
                return window.parts.update(fresh, form);
            }""",
            [drawn, sent],
        )
        return said

    def does(self, script: str) -> Any:  # noqa: ANN401 - whatever comes of it
        return self.page.evaluate(script)

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture
def page(somebody: Profile) -> Iterator[Page]:
    """Open a page that does nothing by itself, and in which nothing goes wrong."""
    yield somebody.opens(f"/c/{'A' * 43}/join")
    assert_quiet(somebody)


def part(inner: str, name: str = "one", says: str = "") -> str:
    return f'<section data-part="{name}" data-says="{says}">{inner}</section>'


def test_only_what_differs_is_replaced(page: Page) -> None:
    shown = Shown(page, part("<p>old</p>") + part("<p>stays</p>", "two"))
    shown.does("() => { window.two = document.querySelector('[data-part=two] p'); }")
    assert shown.becomes(part("<p>new</p>") + part("<p>stays</p>", "two")) == []
    assert shown.text.split() == ["new", "stays"]
    assert shown.does("() => window.two.isConnected")


def test_what_scripts_and_people_changed_is_no_change(page: Page) -> None:
    shown = Shown(page, part("<details><summary>More</summary>much</details><output></output>"))
    shown.does("() => { document.querySelector('output').textContent = 'Kept.'; }")
    shown.does("() => { document.querySelector('details').open = true; }")
    shown.becomes(part("<details><summary>More</summary>much</details><output></output>"))
    assert "Kept." in shown.text


def test_what_came_stands_where_it_belongs_and_what_went_is_gone(page: Page) -> None:
    shown = Shown(page, part("a", "a") + part("c", "c") + part("d", "d"))
    shown.becomes(part("a", "a") + part("b", "b") + part("d", "d") + part("e", "e"))
    assert shown.page.locator("main section").all_inner_texts() == ["a", "b", "d", "e"]
    shown.becomes(part("z", "z") + part("a", "a") + part("e", "e"))
    assert shown.page.locator("main section").all_inner_texts() == ["z", "a", "e"]


def test_a_change_is_told_where_there_is_something_new_to_tell(page: Page) -> None:
    shown = Shown(page, part("1", says="Anna agrees.") + part("x", "two"))
    assert shown.becomes(part("2", says="Ben agrees.") + part("y", "two")) == ["Ben agrees."]
    assert shown.becomes(part("3", says="Ben agrees.") + part("y", "two")) == []
    always = part("4", says="Ben agrees.").replace("data-says", "data-says-always data-says")
    assert shown.becomes(always + part("y", "two")) == ["Ben agrees."]


def test_open_details_stay_open(page: Page) -> None:
    details = "<details><summary>{}</summary>much</details>"
    shown = Shown(page, part(details.format("One") + details.format("Two") + "old"))
    shown.does("() => { document.querySelectorAll('details')[1].open = true; }")
    shown.becomes(part(details.format("Zero") + details.format("One") + details.format("Two")))
    opened = "() => [...document.querySelectorAll('details')].map((one) => one.open)"
    assert shown.does(opened) == [False, False, True]


FORM = '<form class="act" data-act="say"><input name="words.text"><button>Say</button></form>'


def test_somebody_who_types_is_asked_first_and_loses_nothing(page: Page) -> None:
    shown = Shown(page, part(f"<p>old</p>{FORM}"))
    page.locator("input").press_sequentially("Which mi")
    shown.becomes(part(f"<p>new</p>{FORM}"))
    page.locator("input").press_sequentially("ll?")
    shown.becomes(part(f"<p>newest</p>{FORM}"))
    assert "old" in shown.text
    button = page.get_by_role("button", name=SHOW)
    expect(button).to_have_count(1)
    button.click()
    assert "newest" in shown.text
    assert page.locator("input").input_value() == "Which mill?"
    expect(button).to_have_count(0)
    assert shown.does("() => document.activeElement.dataset.part") == "one"


def test_what_was_typed_is_not_lost_either_when_somebody_looks_elsewhere(page: Page) -> None:
    shown = Shown(page, part(FORM + "old") + part("<button id='b'>B</button>", "two"))
    page.locator("input").fill("Which mill?")
    page.locator("#b").focus()
    shown.becomes(part(FORM + "new") + part("<button id='b'>B</button>", "two"))
    assert page.locator("input").input_value() == "Which mill?"
    shown.becomes(part("b", "two"))
    assert page.locator("input").input_value() == "Which mill?", "also where it is gone"


def test_what_is_as_it_was_again_is_not_offered_any_more(page: Page) -> None:
    shown = Shown(page, part(f"<p>old</p>{FORM}"))
    page.locator("input").fill("x")
    shown.becomes(part(f"<p>new</p>{FORM}"))
    shown.becomes(part(f"<p>old</p>{FORM}"))
    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)


def test_the_part_that_was_just_sent_is_shown_anew_at_once(page: Page) -> None:
    shown = Shown(page, part(f"<p>old</p>{FORM}"))
    page.locator("input").fill("x")
    page.locator("main button").focus()
    shown.becomes(part(f"<p>new</p>{FORM}"), sent="main form")
    assert "new" in shown.text
    assert page.locator("input").input_value() == ""


def test_what_is_being_sent_is_not_taken_away_from_under_its_sender(page: Page) -> None:
    shown = Shown(page, part(f"<p>old</p>{FORM}"))
    shown.does("() => document.querySelector('form').setAttribute('aria-busy', 'true')")
    shown.becomes(part(f"<p>new</p>{FORM}"))
    assert "old" in shown.text
    shown.becomes(part(f"<p>new</p>{FORM}"), sent="main form")
    assert "new" in shown.text
    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)


def test_whoever_works_with_the_keyboard_stays_where_they_are(page: Page) -> None:
    shown = Shown(page, part("<a href='#x'>One</a> <a href='#y'>Two</a>"))
    page.locator("main a").nth(1).focus()
    shown.becomes(part("<a href='#z'>Zero</a> <a href='#x'>One</a> <a href='#y'>Two</a>"))
    assert shown.does("() => document.activeElement.textContent") == "Two"
    shown.becomes(part("<a href='#x'>One</a>"))
    expect(page.get_by_role("button", name=SHOW)).to_have_count(1)
    assert shown.does("() => document.activeElement.textContent") == "Two"


def test_what_somebody_reads_stays_where_it_is(page: Page) -> None:
    shown = Shown(page, part("one", "one") + part(f"<p id='here'>two</p>{TALL}", "two"))
    shown.does("() => document.querySelector('#here').scrollIntoView()")
    where = "() => Math.round(document.querySelector('#here').getBoundingClientRect().top)"
    before = shown.does(where)
    shown.becomes(part(TALL, "one") + part(f"<p id='here'>two</p>{TALL}", "two"))
    assert abs(shown.does(where) - before) <= 1
