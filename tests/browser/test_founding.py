"""A collective begins in a browser, in less than a minute, and never twice."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.callers import lines_in, runs
from tests.browser.conftest import MakesProfile
from tests.browser.nodes import Node
from tests.browser.people import HOME, Person


@pytest.fixture
def anna(profile: MakesProfile) -> Person:
    return Person("Anna", profile())


def kept_in(node: Node) -> list[str]:
    """Name the collectives that a node keeps."""
    return [file.stem for file in node.person.home.glob("collectives/*.sqlite")]


def test_somebody_founds_and_is_home(anna: Person, node: Node) -> None:
    anna.founds("Bread & Roses", "We bake for our street.")
    anna.sees("We bake for our street.")
    (collective,) = kept_in(node)
    assert collective in anna.page.url
    (event,) = lines_in(anna.page, collective)
    assert event.header.act["rules"] == 1
    assert anna.used <= 6


def test_the_charter_is_chosen_and_can_be_read_before(anna: Person) -> None:
    anna.profile.opens("/found")
    anna.sees("silence is never agreement")
    anna.hands.unfolds("The whole charter, in words")
    anna.sees("After a block, we mean to work on it together for 30 days.")


@pytest.mark.parametrize(
    ("name", "person", "sentence"),
    [
        ("Bread", "\u202eannA", "A name cannot have invisible signs"),
        ("Bread", "\u3164", "A name needs letters that can be seen."),
        ("\u200b\u00a0", "Anna", "A name needs letters that can be seen."),
    ],
)
def test_a_name_that_is_none_is_refused_and_nothing_is_lost(
    anna: Person, node: Node, name: str, person: str, sentence: str
) -> None:
    anna.profile.opens("/found")
    anna.hands.writes("What is it called?", name)
    anna.hands.writes("What is it for?", "We bake for our street.")
    anna.hands.writes("What are you called there?", person)
    anna.hands.presses("Found the collective")
    anna.sees(sentence)
    expect(anna.page.get_by_label("What is it for?")).to_have_value("We bake for our street.")
    expect(anna.page.get_by_label("What are you called there?")).to_have_value(person)
    assert kept_in(node) == []


def test_what_was_typed_survives_a_page_that_is_loaded_anew(anna: Person) -> None:
    anna.profile.opens("/found")
    anna.hands.writes("What is it for?", "We bake for our street.")
    anna.page.reload()
    expect(anna.page.get_by_label("What is it for?")).to_have_value("We bake for our street.")


def cut_off(route: Route) -> None:
    """Let the page itself be fetched, and nothing be handed over."""
    route.abort() if route.request.method == "POST" else route.continue_()


def fills_in(anna: Person) -> None:
    anna.profile.opens("/found")
    anna.hands.writes("What is it called?", "Bread")
    anna.hands.writes("What are you called there?", "Anna")


def test_where_the_network_breaks_off_nothing_is_founded_twice(anna: Person, node: Node) -> None:
    fills_in(anna)
    anna.profile.context.route("**/found", cut_off)
    anna.hands.presses("Found the collective")
    anna.sees("It is founded and kept in this browser")
    assert kept_in(node) == []
    anna.page.reload()
    anna.profile.context.unroute("**/found")
    fills_in(anna)
    anna.hands.presses("Found the collective")
    anna.is_home()
    assert len(kept_in(node)) == 1
    found = "return (await (await module('kept')).collectives()).map((one) => one.collective);"
    assert runs(anna.page, found) == kept_in(node)


def test_what_has_not_arrived_goes_out_from_the_first_page_too(anna: Person, node: Node) -> None:
    fills_in(anna)
    anna.profile.context.route("**/found", cut_off)
    anna.hands.presses("Found the collective")
    anna.sees("It is founded and kept in this browser")
    anna.profile.context.unroute("**/found")
    with anna.page.expect_response("**/found"):
        anna.profile.opens("/")
    anna.page.get_by_role("list").get_by_role("link").first.click()
    anna.page.wait_for_url(HOME)
    assert len(kept_in(node)) == 1


def test_the_first_page_lists_the_collectives_of_this_browser_alone(
    anna: Person, profile: MakesProfile
) -> None:
    anna.founds("Bread")
    anna.founds("Anarchist soup")
    anna.profile.opens("/")
    section = anna.page.locator("section", has=anna.heading("Your collectives in this browser"))
    expect(section.get_by_role("link")).to_have_text(["Anarchist soup", "Bread", "Found another"])
    expect(anna.page.get_by_role("heading", level=1)).to_have_text(
        "Your collectives in this browser"
    )
    for newcomer in ("Found a collective", "works on this computer only"):
        expect(anna.page.get_by_text(newcomer)).to_have_count(0)
    other = profile()
    other.opens("/")
    expect(other.page.get_by_text("Your collectives in this browser")).to_be_hidden()
    expect(other.page.get_by_text("works on this computer only")).to_be_visible()
