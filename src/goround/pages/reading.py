"""A replica as one of its people reads it: what is known, on whose way, with whose eyes."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - a dataclass names it at run time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from goround.collective.entry import PersonId  # noqa: TC001 - the same
from goround.collective.record import View  # noqa: TC001 - the same
from goround.ids import EventId
from goround.pages.wording import LONGEST_LINE, LONGEST_NAME, one_line
from goround.replay import Replay  # noqa: TC001 - the same
from goround.wire import text_of

SHORT = 8
ONE_LINE = {"name": LONGEST_LINE, "person": LONGEST_NAME, "title": None}
"""What is written on one line, and what is shown of it: of what is decided, everything."""


@dataclass(frozen=True)
class Reading:
    """What everybody here said (`replay`, `view`), who reads, and this replica's numbers."""

    replay: Replay
    view: View
    me: PersonId | None
    numbers: Mapping[EventId, str]

    @cached_property
    def answers(self) -> dict[object, Any]:
        """What was worked out already (see `recalled`)."""
        return {}

    @cached_property
    def is_whole(self) -> bool:
        """Tell whether everything is seen that was here when this was asked first."""
        return self.replay.holds_all(self.view.past)

    def ref(self, proposal: EventId) -> str:
        """Return how a proposal is called here: its number, or the start of its id."""
        return self.numbers.get(proposal, proposal[:SHORT])

    def word(self, event: str, field: str) -> str:
        """Return one field of what was written with an event; empty where it was erased."""
        text = text_of(self.replay.words(EventId(event)), field)
        return one_line(text, ONE_LINE[field]) if field in ONE_LINE else text

    def is_erased(self, event: str) -> bool:
        """Tell whether something was written with an event and is here no more."""
        named = EventId(event)
        return self.replay.record.entries[named].words and named not in self.replay.contents


def iso(milliseconds: int) -> str | None:
    """Return a claimed time as ISO 8601 in UTC; None for no date or one past the year 9999."""
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if milliseconds else None


def months_later(milliseconds: int, months: int) -> int:
    """Return a time some months later, on the same day or the last one of a shorter month."""
    try:
        start = datetime.fromtimestamp(milliseconds / 1000, UTC)
        year, month = divmod(start.month - 1 + months, 12)
        for day in range(start.day, start.day - 4, -1):
            try:
                later = start.replace(year=start.year + year, month=month + 1, day=day)
            except ValueError:
                continue
            return int(later.timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return 0
    return 0
