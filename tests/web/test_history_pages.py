"""The pages about what happened, as it was signed, and where it went two ways."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path

import pytest

from goround.log.proofs import read_fork
from goround.pages.twice import read_twice
from tests.pages.test_ways import COPIED, DOUBLED, TWO_WAYS
from tests.web.reader import Readers, readers, words

THREE = '-- anna, ben and cleo are together in "Bread"\n'
STOVE = THREE + 'anna proposes stove: "Buy a wood stove"\nben agrees to stove\n'
HOSTILE = "</code><script>alert(1)</script>"

Tells = Callable[[str], Readers]


@pytest.fixture
def tells(tmp_path: Path) -> Iterator[Tells]:
    """Give what tells a story, and lets its people read."""
    with ExitStack() as stack:
        yield lambda story: stack.enter_context(readers(tmp_path, story))


# What happened.


def test_everything_is_a_sentence_with_when_they_say_it_was(tells: Tells) -> None:
    page = tells(STOVE).page("ben", "/history")
    assert "<bdi>anna</bdi> put forward “<bdi>stove</bdi>”." in page
    assert "<time datetime=" in page
    assert page.count("genuine, checked just now") == page.count("<li>\n<p><bdi>")


def test_it_goes_over_several_pages_the_newest_first(tells: Tells) -> None:
    more = "".join(f'anna says something on stove: "{n}"\n' for n in range(45))
    told = tells(STOVE + more)
    first, second = told.page("anna", "/history"), told.page("anna", "/history?page=2")
    assert "Page 1 of 2" in words(first)
    assert "founded the collective" not in words(first)
    assert "founded the collective" in words(second)
    for odd in ("0", "-1", "99999999999", "x", "2.5"):
        assert told.get("anna", f"/history?page={odd}")[0] == 200


def test_one_kind_or_one_person_can_be_shown_alone(tells: Tells) -> None:
    told = tells(STOVE)
    page = told.page("ben", "/history")
    (ben,) = re.findall(r'who=([\w-]+)"><bdi>ben</bdi>', page)
    said = words(told.page("ben", f"/history?kind=answers&who={ben}"))
    assert "ben answered “stove”: I agree." in said
    assert "anna put forward" not in said
    assert "Nothing of that kind has happened." in words(told.page("ben", "/history?kind=void"))
    assert "ben’s device" in words(told.page("ben", "/history?kind=themselves"))
    assert told.get("ben", "/history?kind=%3Cscript%3E&who=%22%3E")[0] == 200


def test_an_answer_is_covered_here_too(tells: Tells) -> None:
    assert "ben answered “stove”." in words(tells(STOVE).page("cleo", "/history"))


# As it was signed.


def test_an_event_is_shown_as_it_was_signed(tells: Tells) -> None:
    told = tells(STOVE)
    page = told.page("ben", f"/history/{told.id('stove')}")
    said = words(page)
    assert "Yes: its signature was checked just now" in said
    assert "Buy a wood stove" in said
    assert f"<code>{told.id('stove')}</code>" in page
    assert "goround/1" in said
    assert "erase" not in re.findall(r'data-act="(\w+)"', page)


def test_ones_own_words_can_be_erased_from_there(tells: Tells) -> None:
    told = tells(STOVE)
    page = told.page("anna", f"/history/{told.id('stove')}")
    assert re.findall(r'data-act="(\w+)"', page) == ["erase"]


def test_what_counts_for_nothing_says_why(tells: Tells) -> None:
    left = (
        'cleo leaves\ncleo nevertheless says something on stove: "I miss you" => void: has-left\n'
    )
    told = tells(STOVE + left)
    page = told.page("anna", "/history?kind=void")
    assert "Counts for nothing: Whoever signed this has signed their leaving." in words(page)
    (event,) = set(re.findall(r"/history/([\w-]{43})\"", page))
    assert "<code>has-left</code>" in told.page("anna", f"/history/{event}")


def test_words_in_an_event_run_nothing(tells: Tells) -> None:
    told = tells(THREE + f'anna proposes odd: "{HOSTILE}"\n')
    page = told.page("ben", f"/history/{told.id('odd')}")
    assert "<script>alert(1)" not in page
    assert "alert(1)" in page


@pytest.mark.parametrize("event", ["A" * 43, "x", "-_", "%3Cscript%3E"])
def test_an_event_that_is_not_there_is_nowhere(tells: Tells, event: str) -> None:
    assert tells(THREE).get("anna", f"/history/{event}")[0] == 404


# Two ways.


def test_in_a_quiet_collective_there_is_one_way(tells: Tells) -> None:
    said = words(tells(THREE).page("anna", "/ways"))
    assert "We all go on together." in said
    assert "Nobody’s device has." in said


def test_a_fork_is_told_calmly_with_a_proof_to_copy(tells: Tells) -> None:
    page = tells(COPIED).page("anna", "/ways")
    assert "Ask ben before you think ill of it." in words(page)
    (proof,) = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert len(read_fork(unescape(proof).encode())) == 2


def test_two_devices_that_spoke_for_one_member_are_told_with_a_proof(tells: Tells) -> None:
    page = tells(DOUBLED).page("anna", "/ways")
    assert "Two devices of <bdi>ben</bdi>" in page
    (proof,) = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert len(read_twice(unescape(proof).encode()).devices) == 2
    assert 'data-copies="twice-1"' in page


def test_whose_device_it_is_is_told_what_to_do(tells: Tells) -> None:
    said = words(tells(COPIED).page("ben", "/ways"))
    assert "It is yours." in said


def test_two_ways_say_first_to_talk_and_then_how_to_choose(tells: Tells) -> None:
    page = tells(TWO_WAYS).page("cleo", "/ways")
    said = words(page)
    assert said.index("Talk first.") < said.index("Choose one way together.")
    assert "The way you are on" in said
    assert "There: On everyday matters, people have" in said
    assert re.findall(r'data-act="(\w+)"', page) == ["follow"]
    assert "I have talked about it with the others" in said
    assert "Please change nothing yet: when can we all talk?" in said
    assert "Nothing: whatever else was decided holds on both." in said


def test_the_list_and_the_page_of_a_member_tell_of_a_device_that_forked(tells: Tells) -> None:
    told = tells(COPIED)
    page = told.page("anna", "/members")
    assert words(page).count("A device of theirs signed two histories.") == 1
    (ben,) = re.findall(r'(/members/[\w-]+)"><bdi class="person">ben</bdi>', page)
    assert "signed two different histories" in words(told.page("anna", ben))
