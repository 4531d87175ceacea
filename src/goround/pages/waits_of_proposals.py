"""What open proposals wait for from the reader: one line for each, with all that is asked there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.charter import PROTECTED
from goround.collective.closing import date_of
from goround.collective.decisions import tally
from goround.collective.proposals import terms
from goround.pages.addressing import apart
from goround.pages.asks import asks
from goround.pages.course import DAY
from goround.pages.proposals import brief
from goround.pages.register import SECOND
from goround.pages.waits import OTHERS_WAIT, OWN, Wait
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.collective.entry import Entry
    from goround.pages.asks import Ask
    from goround.pages.once import Once
    from goround.pages.reading import Reading
    from goround.pages.rows import Row

ONES_OWN = {"repair", "settle", "question"}
"""What is asked of those who could as well leave it as it is."""


def of_proposals(look: Once) -> Iterator[Wait]:
    """Yield what open proposals ask of the reader, and versions that are open beside a decision."""
    for row in look.register.alive():
        wait = of_proposal(look, row)
        if wait:
            yield wait


def of_proposal(look: Once, row: Row) -> Wait | None:
    """Return what one proposal asks of the reader, if it asks anything."""
    return look.ask(row, _asked, _days) if row.asked else None


def _asked(reading: Reading, row: Row, now: int) -> Wait | None:
    version = reading.view.record.entries[row.asked or row.version]
    asked = asks(reading, version, brief(reading, row.proposal, version), now)
    return _wait(reading, row, version, asked) if asked else None


def _days(reading: Reading, row: Row) -> list[int]:
    """Return the days on which something else is asked: its own, and those of its rule."""
    view = reading.view
    version = view.record.entries[row.asked or row.version]
    fact = terms(version)
    review = fact.review - fact.review % SECOND  # what is due is told by the second
    if fact.matter in PROTECTED:
        return [review]
    date = date_of(view, version)
    window = view.epoch.charter.number(f"{fact.matter}_window") * DAY
    return [review, date, date + window]


def _wait(reading: Reading, row: Row, version: Entry, asked: list[Ask]) -> Wait:
    kinds = [ask.what for ask in asked]
    why = " ".join(ask.sentence for ask in asked)
    missing = len(tally(reading.view, version).unheard)
    urgency = OWN if set(kinds) <= ONES_OWN else OTHERS_WAIT
    place = (missing, *version.order[:1])  # what only the reader holds up comes first
    path, what = f"/proposals/{row.proposal}", titled(reading, version)
    return Wait(kinds[0], path, what, why, urgency, place)


def titled(reading: Reading, version: Entry) -> str:
    """Return the title of a version, kept apart, to stand among our words."""
    return apart(reading.word(version.id, "title") or _("Without a title"))
