"""What people do with the pages once they are together: being called something, away and back,
changing how they decide, taking tasks, erasing, parting, and going."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from goround.pages.four_words import four_words
from tests.browser.callers import Founder, signs
from tests.browser.people import Person
from tests.browser.profiles import Profile
from tests.browser.test_live import in_time
from tests.terminals import Terminal

NAME = re.compile(r"^Name$")
WIDE, SLACK = 360, 2
LONG_NAME = "Chloë-Maximiliane von Hohenstein"


@pytest.fixture
def ben(founder: Founder, bens_browser: Profile) -> Person:
    """Give Ben in front of a browser that is his device, on the list of members."""
    person = Person("Ben", bens_browser)
    at(person, founder, "/members")
    return person


def at(person: Person, founder: Founder, path: str) -> None:
    person.profile.opens(f"/c/{founder.collective}{path}")
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()


def row(founder: Founder, name: str) -> dict[str, Any]:
    """Give what the node says of a member."""
    rows: list[dict[str, Any]] = founder.home.does("members")
    return next(found for found in rows if found["name"] == name)


def test_somebody_is_called_otherwise_goes_away_and_comes_back(
    founder: Founder, ben: Person
) -> None:
    ben.hands.follows("My name, being away, leaving")
    ben.hands.writes(NAME, "Benjamin")
    ben.hands.presses("Call me that")
    ben.sees("Kept.")
    assert row(founder, "Benjamin")["me"] is False
    ben.hands.writes("Until when, or why", "until the spring fair")
    ben.hands.presses("I am away")
    ben.sees("Away: until the spring fair")
    assert row(founder, "Benjamin")["until"] == "until the spring fair"
    ben.hands.presses("I am back")
    ben.sees("While you are away")
    assert row(founder, "Benjamin")["away"] is False


def test_a_name_that_looks_like_anothers_is_refused_and_stays_typed(
    founder: Founder, ben: Person
) -> None:
    ben.hands.follows("My name, being away, leaving")
    ben.hands.writes(NAME, "Аnna")
    ben.hands.presses("Call me that")
    ben.sees("choose a name that nobody mistakes")
    expect(ben.page.get_by_role("textbox", name=NAME)).to_have_value("Аnna")


def test_a_rule_is_changed_by_its_sentence_and_only_what_differs_is_proposed(
    founder: Founder, ben: Person
) -> None:
    at(ben, founder, "/charter")
    ben.hands.follows("Propose a change")
    ben.hands.writes("Why", "We meet every day.")
    ben.hands.presses("Put it forward")
    ben.sees("Nothing is different yet")
    ben.hands.unfolds("Everyday matters")
    ben.hands.writes("Days before anything can be closed", "1")
    ben.hands.unfolds("For everything")
    ben.hands.chooses("Everybody sees all positions from the start.")
    ben.hands.presses("Put it forward")
    ben.page.wait_for_url(re.compile(r"/proposals/[\w-]{43}$"))
    (shown,) = (one for one in founder.home.does("proposals") if one["matter"] == "charter")
    assert shown["effects"][0]["set"] == {"everyday_notice": 1, "hide_positions": "no"}


def test_a_change_of_one_rule_is_called_after_it_until_somebody_writes_a_title(
    founder: Founder, ben: Person
) -> None:
    at(ben, founder, "/charter/change")
    title = ben.page.get_by_label("Title")
    ben.hands.unfolds("Everyday matters")
    ben.hands.writes("Days before anything can be closed", "1")
    expect(title).to_have_value(re.compile("^Change for everyday matters: Days before"))
    ben.hands.unfolds("For everything")
    ben.hands.chooses("Everybody sees all positions from the start.")
    expect(title).to_have_value("Change how we decide")
    ben.hands.writes("Title", "Sooner")
    ben.hands.writes("Days before anything can be closed", "3")
    expect(title).to_have_value("Sooner")


def test_a_rule_that_cannot_be_so_is_shown_to_be_mended(founder: Founder, ben: Person) -> None:
    at(ben, founder, "/charter/change")
    ben.hands.unfolds("Everyday matters")
    ben.hands.writes("Days before anything can be closed", "9999")
    ben.hands.unfolds("Everyday matters")
    ben.hands.writes("Why", "No reason.")
    ben.hands.presses("Put it forward")
    expect(ben.page.get_by_label("Days before anything can be closed").first).to_be_visible()
    assert [one["matter"] for one in founder.home.does("proposals")] == ["membership"]


def test_a_long_name_in_the_round_covers_nothing_that_waits(founder: Founder, ben: Person) -> None:
    ben.page.set_viewport_size({"width": WIDE, "height": 800})
    assert signs(ben.page, founder.collective, {"type": "name"}, {"person": LONG_NAME})["sent"]
    ben.hands.follows("My name, being away, leaving")
    ben.hands.presses("I am away")
    ben.sees("Away")
    ben.goes_home()
    name, waits = ben.page.locator(".seat-words", has_text="you"), ben.page.locator(".wait").first
    expect(waits).to_contain_text("You are away")
    in_time(lambda: is_above(name, waits), ben.page)
    face = ben.page.locator(".seat.n-1 .face").bounding_box()
    assert face
    assert abs(face["x"] + face["width"] / 2 - WIDE / 2) < SLACK, "they still sit in the middle"
    assert ben.page.evaluate("document.documentElement.scrollWidth") == WIDE


def is_above(one: Locator, other: Locator) -> bool:
    """Tell whether nothing of one thing stands beside or below another; pages change meanwhile."""
    above, below = one.bounding_box(), other.bounding_box()
    assert above
    assert below
    return above["y"] + above["height"] <= below["y"]


def test_a_task_is_taken_put_down_taken_again_and_done(founder: Founder, ben: Person) -> None:
    task = '{"do":"task","what":"buy flour"}'
    founder.home.does("propose", "Flour", "--text", "We need some", "--effect", task)
    founder.home.does("position", "2", "agree")
    (flour,) = (one for one in founder.home.does("proposals") if one["title"] == "Flour")
    yes = {"type": "position", "version": flour["version"], "stance": "agree"}
    assert signs(ben.page, founder.collective, yes, {})["sent"]
    at(ben, founder, "/tasks")
    ben.hands.presses(re.compile("^I take it"))
    expect(
        ben.page.get_by_role("region", name="What you took").get_by_text("It is yours now.")
    ).to_be_visible()
    ben.hands.unfolds("Put it down")
    ben.hands.writes("Why, as you like", "I have a cold")
    ben.hands.presses(re.compile("^Put it down"))
    ben.sees("Nobody has it yet")
    ben.hands.presses(re.compile("^I take it"))
    ben.hands.presses(re.compile("^It is done"))
    expect(
        ben.page.get_by_role("region", name="What is over").get_by_text("You said that it is done.")
    ).to_be_visible()
    assert [found["state"] for found in founder.home.does("tasks")] == ["done"]


def test_ones_own_words_are_erased_from_the_history(founder: Founder, ben: Person) -> None:
    ben.hands.follows("My name, being away, leaving")
    ben.hands.writes("Until when, or why", "a secret")
    ben.hands.presses("I am away")
    ben.sees("Away: a secret")
    at(ben, founder, "/history")
    ben.hands.follows(re.compile(r"as it was signed\s*: Ben is away"))
    ben.sees('{"until":"a secret"}')
    ben.hands.unfolds("Erase these words")
    ben.hands.chooses("Yes, erase them for good")
    ben.hands.presses("Erase")
    ben.sees("Erased. What was done stays")


def test_leaving_takes_nobodys_leave(founder: Founder, ben: Person) -> None:
    ben.hands.follows("My name, being away, leaving")
    ben.hands.unfolds("What leaving means, and how")
    ben.hands.writes("What you would like to say", "I move to the coast.")
    ben.hands.presses("Leave")  # not without the box
    assert row(founder, "Ben")["leaving"] is False
    ben.hands.chooses("Yes, I leave this collective")
    ben.hands.presses("Leave")
    ben.is_done()
    founder.home.does("proposals")
    names = [found["name"] for found in founder.home.does("members") if not found["leaving"]]
    assert names == ["Anna"]


def test_everything_can_be_taken_along_as_one_file(
    founder: Founder, ben: Person, tmp_path: Path
) -> None:
    ben.hands.follows("My name, being away, leaving")
    with ben.page.expect_download() as saving:
        ben.hands.presses("Save it as a file")
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    assert file.name == "Bread.bundle"
    told = Terminal(tmp_path, "elsewhere").reads("bundle", "read", str(file))
    assert told["collective"] == founder.collective


def test_whoever_joins_is_compared_by_four_words_and_becomes_a_member_in_sight(
    founder: Founder, ben: Person, tmp_path: Path
) -> None:
    founder.home.does("invite", "Dana")
    (asked,) = (one for one in founder.home.does("proposals") if one["title"] == "Invite Dana")
    yes = {"type": "position", "version": asked["version"], "stance": "agree"}
    signs(ben.page, founder.collective, yes, {})
    link = founder.home.prints("invitation", "Dana", "--at", founder.address).decode().strip()
    Terminal(tmp_path, "dana").does("join", link, "--as", "Dana", "--yes")
    ben.hands.follows("Do you know Dana?")
    words = ben.page.get_by_role("list", name="Four words").get_by_role("listitem")
    device = row(founder, "Dana")["sealing_device"]
    expect(words).to_have_text(four_words(device))
    ben.hands.presses("I know that this is Dana")
    ben.sees("You said that you know who this is, and Dana is a member.")
    assert row(founder, "Dana")["joining"] is False
