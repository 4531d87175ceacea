"""Who was not heard from for long, while others went on talking. It is no judgement of anybody: who
is away is away, and of who is silent pages say no more than that somebody might ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.members import away, leaving

if TYPE_CHECKING:
    from goround.collective.entry import PersonId
    from goround.pages.reading import Reading

DAY = 24 * 60 * 60 * 1000
WEEK = 7 * DAY
LONG = 30 * DAY
"""After so many milliseconds somebody might be asked how they are."""


def silent_for_long(reading: Reading, now: int) -> list[PersonId]:
    """Name the others who said nothing for a month, though the talk went on without them."""
    view = reading.view
    excused = away(view) | leaving(view) | {reading.me}
    last = {person: _last(reading, person, now) for person in view.epoch.members}
    newest = max(last.values(), default=0)
    return [
        person
        for person, when in last.items()
        if person not in excused and when < now - LONG and when < newest - WEEK
    ]


def _last(reading: Reading, person: PersonId, now: int) -> int:
    """Return when somebody's device spoke last, as it claims; no claim reaches past now."""
    said = reading.view.record.by_person.get(person, ())
    return min(now, max((entry.at for entry in said), default=0))
