"""One look of one reader at one proposal: at the version that people are asked about, else at the
one that was decided; with what is covered, what happens next, and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goround.collective.keeping import is_open_invitation
from goround.collective.status import status
from goround.pages.addressing import that_day
from goround.pages.aftermath import what_came
from goround.pages.course import course, what_is_missing
from goround.pages.proposals import newer_version, outline, shown_version
from goround.pages.seats import hides_positions
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]
LIVE = ("open", "blocked")


class Look(NamedTuple):
    """What one look shows; `held` is the version that holds while a newer one is open."""

    reading: Reading
    version: Entry
    held: Entry | None
    shown: Json
    covered: bool
    statuses: list[str]
    lines: list[str]

    @classmethod
    def at(cls, reading: Reading, proposal: EventId, now: int) -> Look:
        """Look at a proposal."""
        view, newer = reading.view, newer_version(reading.view, proposal)
        held = shown_version(view, proposal) if newer else None
        version = newer or shown_version(view, proposal)
        shown = outline(reading, proposal, newer)
        covered = hides_positions(reading, shown)
        statuses = [status(view, proposal), shown["status"]] if newer else [shown["status"]]
        lines = _lines(reading, version, shown, now, covered=covered)
        if held:
            lines.append(_held(reading, proposal))
        return cls(reading, version, held, shown, covered, statuses, lines)

    @property
    def next(self) -> str:
        """What a list says of it: of what is decided, what comes of it."""
        is_told = self.shown["status"] == "decided" and len(self.lines) > 1
        return self.lines[1] if is_told else self.lines[0]

    @property
    def is_pending(self) -> bool:
        """Tell whether it was agreed and is not in force, so that every word still counts."""
        if self.shown["status"] == "agreed":
            return True
        is_decided = self.shown["status"] == "decided"
        return is_decided and is_open_invitation(self.reading.view, self.version)

    @property
    def is_live(self) -> bool:
        """Tell whether people are asked about this version."""
        return self.shown["status"] in LIVE


def _lines(reading: Reading, version: Entry, shown: Json, now: int, *, covered: bool) -> list[str]:
    if shown["status"] in LIVE:
        return what_is_missing(course(reading, version, now, covered=covered))
    return what_came(reading, version, shown, now)


def _held(reading: Reading, proposal: EventId) -> str:
    decided = outline(reading, proposal)["decided"]
    if not decided:
        return _("What was decided before holds until then.")
    return _("What was decided on {date} holds until then.").format(date=that_day(decided["at"]))
