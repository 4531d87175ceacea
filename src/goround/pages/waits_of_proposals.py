"""What open proposals wait for from the reader: one line for each, with all that is asked there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.decisions import tally
from goround.collective.status import status
from goround.pages.addressing import apart
from goround.pages.asks import asks
from goround.pages.proposals import newer_version, proposals, show, shown_version
from goround.pages.waits import OTHERS_WAIT, OWN, Wait
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.pages.asks import Ask
    from goround.pages.reading import Reading

LIVE = ("open", "blocked")
ONES_OWN = {"repair", "settle", "question"}
"""What is asked of those who could as well leave it as it is."""


def of_proposals(reading: Reading, now: int) -> Iterator[Wait]:
    """Yield what open proposals ask of the reader, and versions that are open beside a decision."""
    for proposal in proposals(reading):
        newer = newer_version(reading.view, proposal)
        if newer or status(reading.view, proposal) in LIVE:
            version = newer or shown_version(reading.view, proposal)
            asked = asks(reading, version, show(reading, proposal, newer), now)
            if asked:
                yield _wait(reading, proposal, version, asked)


def _wait(reading: Reading, proposal: EventId, version: Entry, asked: list[Ask]) -> Wait:
    kinds = [ask.what for ask in asked]
    why = " ".join(ask.sentence for ask in asked)
    missing = len(tally(reading.view, version).unheard)
    urgency = OWN if set(kinds) <= ONES_OWN else OTHERS_WAIT
    place = (missing, *version.order[:1])  # what only the reader holds up comes first
    path, what = f"/proposals/{proposal}", titled(reading, version)
    return Wait(kinds[0], path, what, why, urgency, place)


def titled(reading: Reading, version: Entry) -> str:
    """Return the title of a version, kept apart, to stand among our words."""
    return apart(reading.word(version.id, "title") or _("Without a title"))
