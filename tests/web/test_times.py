"""When something was: a moment that a script shows in the reader's own zone, a day that was set."""

import re
from collections.abc import Callable

import pytest
from markupsafe import Markup

from goround.pages.addressing import plain, that_day
from goround.web import times
from goround.web.telling import told
from tests.web.reader import Tells

LATE = "2027-01-28T23:30:00Z"


def test_a_moment_is_told_in_utc_and_carries_what_a_script_needs() -> None:
    shown = '<time datetime="2027-01-28T23:30:00Z">28 January 2027, 23:30 UTC</time>'
    assert times.when(LATE) == shown


def test_the_day_of_a_moment_is_told_from_a_day_that_was_set() -> None:
    that = '<time datetime="2027-01-28T23:30:00Z" data-day>28 January 2027</time>'
    assert times.that_day(LATE) == that
    assert times.day(LATE) == '<time datetime="2027-01-28">28 January 2027</time>'


def test_a_sentence_carries_the_moment_of_its_day_and_reads_as_ever() -> None:
    sentence = f"Decided on {that_day(LATE)}, <all>."
    assert told(sentence) == f"Decided on {times.that_day(LATE)}, &lt;all&gt;."
    assert plain(sentence) == "Decided on 28 January 2027, <all>."


@pytest.mark.parametrize("show", [times.when, times.that_day, times.day])
def test_no_time_is_nothing(show: Callable[[str | None], Markup]) -> None:
    assert show(None) == ""


def test_a_decision_is_dated_alike_wherever_its_page_dates_it(tells: Tells) -> None:
    two = '-- anna and ben are together in "Bread"\nanna proposes stove: "Buy one"\n'
    page = tells(two + "anna and ben agree to stove\n").proposal("anna", "stove")
    found = re.findall(r"Decided[^.]{0,200}(<time[^.]*</time>)", page)
    assert len(found) == 2
    assert len(set(found)) == 1
    assert "data-day>15 January 2027<" in found[0]
