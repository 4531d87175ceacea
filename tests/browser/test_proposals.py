"""Proposals in a browser: from the first word to a decision, and everything that is said around."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import MakesProfile
from tests.browser.people import Person

PROPOSAL = re.compile(r"/proposals/[\w-]{43}$")


@pytest.fixture
def anna(profile: MakesProfile) -> Person:
    """Anna, who has founded a collective and is alone in it."""
    return Person("Anna", profile()).founds("Bread")


def puts_forward(who: Person, title: str, text: str, kind: str = "Something we do") -> None:
    who.goes("Proposals")
    who.hands.follows("Put something forward")
    who.hands.follows(re.compile(kind), who.main)
    who.hands.writes("Title", title)
    who.hands.writes("The exact words", text)
    who.hands.presses("Put it forward")
    who.page.wait_for_url(PROPOSAL)


def answers(who: Person, stance: str, because: str = "") -> None:
    who.hands.chooses(re.compile(f"^{stance}"))
    if because:
        who.hands.writes("Because", because)
    who.hands.presses("This is where I stand")
    who.is_done()


def part(who: Person, name: str) -> Locator:
    return who.main.get_by_role("region", name=name, exact=True)


def test_three_fields_and_an_answer_make_a_decision(anna: Person) -> None:
    puts_forward(anna, "Buy a wood stove", "We buy one for at most **300**.")
    anna.sees("Still to be heard: you.")
    answers(anna, "I agree")
    anna.sees("Everybody here has heard of it.")
    expect(part(anna, "The round").get_by_role("listitem")).to_have_text(re.compile("Anna.*agrees"))


def test_a_reason_is_asked_for_where_it_is_needed_and_nothing_is_lost(anna: Person) -> None:
    puts_forward(anna, "Buy a stove", "We buy one.")
    answers(anna, "I block it")
    anna.sees("Blocking and standing aside need a reason in words.")
    anna.hands.writes("Because", "Too dear this year.")
    anna.hands.presses("This is where I stand")
    anna.sees("Blocked by you.")
    anna.hands.unfolds("Answer otherwise")
    answers(anna, "I agree", "Half of it was given to us.")
    anna.sees("Everybody here has heard of it.")


def test_people_talk_about_it_and_answer_each_other(anna: Person) -> None:
    puts_forward(anna, "Buy a stove", "We buy one.")
    anna.hands.writes("Ask or say something", "Who carries the wood?")
    anna.hands.presses("Say it")
    talk = part(anna, "Questions and answers")
    expect(talk.get_by_text("Who carries the wood?")).to_be_visible()
    anna.hands.follows("Answer", talk)
    anna.hands.writes("Your answer", "I do.")
    anna.hands.presses("Say it")
    expect(talk.get_by_text("I do.")).to_be_visible()
    anna.hands.unfolds("Raise a concern")
    anna.hands.writes("What worries you", "It smokes.")
    anna.hands.presses("Raise it")
    concerns = part(anna, "Concerns")
    expect(concerns.get_by_text("It smokes.")).to_be_visible()
    anna.hands.unfolds("It is settled")
    anna.hands.writes(re.compile("^What met it"), "A new chimney.")
    anna.hands.presses("My concern is settled")
    expect(concerns.get_by_text("A new chimney.")).to_be_visible()
    anna.hands.unfolds("Erase these words", concerns)
    anna.hands.presses("Erase them for everybody", concerns)
    expect(concerns.get_by_text("It smokes.")).to_have_count(0)


def test_other_words_keep_what_was_there(anna: Person) -> None:
    anna.goes("Proposals")
    anna.hands.follows("Put something forward")
    anna.hands.follows(re.compile("A text we agree on"), anna.main)
    anna.hands.writes("Title", "Who locks up")
    anna.hands.writes("The exact words", "The last one locks up.")
    anna.hands.unfolds("Tasks")
    for number, what in enumerate(("buy a lock", "make keys", "hang them up")):
        anna.hands.writes("To do", what, anna.main.locator(".task-row").nth(number))
    anna.hands.presses("Put it forward")
    anna.page.wait_for_url(PROPOSAL)
    for line in ("This text is an agreement", "To do: buy a lock.", "To do: hang them up."):
        anna.sees(line)
    anna.hands.follows("Other words")
    expect(anna.page.get_by_label("The exact words")).to_have_value("The last one locks up.")
    anna.hands.writes("The exact words", "Whoever leaves last locks up.")
    anna.hands.writes("To do", "", anna.main.locator(".task-row").nth(1))
    anna.hands.presses("Put this version forward")
    anna.page.wait_for_url(PROPOSAL)
    anna.sees("What changed from version 1 to 2")
    expect(part(anna, "Versions").locator("ins").first).to_contain_text("Whoever leaves")
    anna.sees("This text is an agreement")
    expect(part(anna, "The words").get_by_text("make keys")).to_have_count(0)
    answers(anna, "I agree")
    anna.goes("Agreements")
    anna.sees("Whoever leaves last locks up.")


def test_a_decision_is_looked_at_again(anna: Person) -> None:
    puts_forward(anna, "Buy a stove", "We buy one.")
    answers(anna, "I agree")
    anna.sees("Decided")
    anna.hands.unfolds("Look at it again: would you keep it?")
    anna.hands.presses("Not as it is")
    anna.sees("would not keep it as it is")
    anna.hands.unfolds("Ask to decide it anew")
    anna.hands.writes("What is new, or was missed", "Wood is dear.")
    anna.hands.presses("Reopen it")
    anna.sees("It was reopened")
    anna.hands.follows("Other words")
    anna.hands.writes("The exact words", "We rent one.")
    anna.hands.presses("Put this version forward")
    anna.page.wait_for_url(PROPOSAL)
    anna.sees("holds until then")
    answers(anna, "I agree")
    anna.sees("Everybody here has heard of it.")
    expect(part(anna, "The words").get_by_text("We rent one.")).to_be_visible()


def test_the_register_finds_it_again(anna: Person) -> None:
    puts_forward(anna, "Buy a stove", "We buy one.")
    puts_forward(anna, "Mend the roof", "Before winter.")
    anna.goes("Proposals")
    anna.hands.writes("With the words", "winter")
    anna.hands.presses("Look")
    expect(anna.main.get_by_role("heading", level=3)).to_have_text(["Mend the roof"])
