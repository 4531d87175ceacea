"""The pages about how we decide, what we agreed and what is to be done."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path

import pytest

from goround.collective.charter import RULES
from tests.web.reader import Readers, readers, words

THREE = '-- anna, ben and cleo are together in "Bread"\n'
DOORS = THREE + (
    'anna proposes doors (agreement), adopting it: "The last one <b>locks</b> up"\n'
    "anna, ben and cleo agree to doors\n"
)
STOVE = THREE + (
    'anna proposes stove, with the task "buy wood" by day 9, with the task "carry it": "Buy one"\n'
    "anna, ben and cleo agree to stove\n"
)

Tells = Callable[[str], Readers]


@pytest.fixture
def tells(tmp_path: Path) -> Iterator[Tells]:
    """Give what tells a story, and lets its people read."""
    with ExitStack() as stack:
        yield lambda story: stack.enter_context(readers(tmp_path, story))


def steps(page: str) -> list[str]:
    """Name the steps that can be taken with tasks on a page."""
    found = re.findall(r"data-act=\"task\" data-fixed='([^']*)'", page)
    return [json.loads(unescape(one))["step"] for one in found]


# How we decide.


def test_the_charter_is_in_plain_words_and_names_no_rule(tells: Tells) -> None:
    page = tells(THREE).page("anna", "/charter")
    said = words(page)
    assert "Everyone who is not away must be heard; one block stops it" in said
    assert "Nobody has proposed to change it." in said
    assert "It has not changed since we were founded." in said
    assert not any(rule in page for rule in RULES)


def test_each_rule_is_a_control_that_knows_what_it_was(tells: Tells) -> None:
    page = tells(THREE).page("anna", "/charter/change")
    named = re.findall(r'name="effects\.0\.set\.(\w+)"[^>]*data-was="(\w+)"', page)
    named += re.findall(r'name="effects\.0\.set\.(\w+)"[^>]*\n?[^>]*data-was="(\w+)"', page)
    assert dict(named) == {rule: str(known.default) for rule, known in RULES.items()}
    assert '<input type="hidden" name="effects.0.do" value="charter">' in page
    assert page.count('data-does="charter"') == 1


def test_the_reason_for_a_change_is_a_reason_and_each_rule_has_a_title(tells: Tells) -> None:
    page = tells(THREE).page("anna", "/charter/change")
    assert 'name="words.why"' in page
    assert 'name="words.text"' not in page
    assert page.count("data-title=") == len(RULES)
    assert "Change for everyday matters: Days before anything can be closed" in page


def test_an_open_change_is_told_as_what_goes_and_what_comes(tells: Tells) -> None:
    told = tells(THREE + "anna proposes slower (charter), with the rule everyday_notice = 9\n")
    page = told.page("ben", "/charter")
    assert "people have 3 days before anything can be closed.</del>" in page
    assert "people have 9 days before anything can be closed.</ins>" in page
    assert "A change is open already" in words(told.page("ben", "/charter/change"))


def test_who_is_joining_reads_the_charter_and_proposes_no_change(tells: Tells) -> None:
    told = tells(THREE + "anna invites dana\nben and cleo agree to dana's invitation\ndana joins")
    assert "How we decide" in told.page("dana", "/charter")
    assert "data-act" not in told.page("dana", "/charter/change")


# What we agreed.


def test_an_agreement_stands_there_with_its_words_and_its_date(tells: Tells) -> None:
    page = tells(DOORS).page("ben", "/agreements")
    assert "The last one &lt;b&gt;locks&lt;/b&gt; up" in page
    assert "to be looked at again on" in words(page)
    assert "Propose to end it" in words(page)


def test_what_held_before_can_still_be_read(tells: Tells) -> None:
    story = DOORS + ('ben changes doors (agreement), adopting it: "Nobody locks up"\n')
    told = tells(
        DOORS
        + "anna reopens doors\n"
        + story.removeprefix(DOORS).replace("ben", "anna")
        + "anna, ben and cleo agree to doors\n"
    )
    said = words(told.page("cleo", "/agreements"))
    assert "What held before" in said
    assert "a newer text took its place" in said
    assert said.index("Nobody locks up") < said.index("The last one")


def test_without_an_agreement_the_page_says_how_one_begins(tells: Tells) -> None:
    assert "We have agreed on nothing in writing yet." in words(
        tells(THREE).page("anna", "/agreements")
    )


# What is to be done.


def test_ones_own_tasks_come_first_and_the_free_ones_can_be_taken(tells: Tells) -> None:
    told = tells(STOVE + 'ben takes "buy wood"\n')
    page = told.page("ben", "/tasks")
    said = words(page)
    assert said.index("buy wood") < said.index("carry it")
    assert steps(page) == ["done", "put-down", "not-done", "take"]
    assert "by 24 January 2027" in said


def test_what_others_took_says_with_whom_it_is_and_one_can_help(tells: Tells) -> None:
    told = tells(STOVE + 'ben takes "buy wood"\n')
    page = told.page("cleo", "/tasks")
    assert "With ben" in words(page)
    assert "I help with it" in words(page)
    assert steps(page) == ["take", "take"]


def test_what_was_done_is_thanked_for_by_being_there(tells: Tells) -> None:
    told = tells(STOVE + 'ben takes "buy wood"\nben has done "buy wood"\n')
    said = words(told.page("anna", "/tasks"))
    assert "What is over" in said
    assert "Done by ben, 15 January 2027." in said


def test_what_is_over_says_who_did_it_and_who_says_so(tells: Tells) -> None:
    told = tells(
        STOVE + 'ben takes "buy wood"\ncleo takes "buy wood"\ncleo has done "buy wood"\n'
        'anna takes "carry it"\nanna has not done "carry it": "It rained"\n'
    )
    said = words(told.page("anna", "/tasks"))
    assert "Done by ben and cleo: cleo said so, " in said
    assert re.search("Not done: anna said so, [^.]+\\. It rained", said)


def test_who_is_joining_takes_no_task(tells: Tells) -> None:
    story = STOVE + "anna invites dana\nben and cleo agree to dana's invitation\ndana joins"
    assert steps(tells(story).page("dana", "/tasks")) == []


def test_without_tasks_the_page_says_where_they_come_from(tells: Tells) -> None:
    assert "Nothing lies around." in words(tells(THREE).page("anna", "/tasks"))
