"""What worries somebody about a version, until whoever raised it calls it settled.

A concern asks for an answer and stops nothing by itself: stopping is a position
(process.md 0.2 and 1.1 keep concern, standing aside and block apart).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from goround.collective.entry import Fact
from goround.collective.proposals import find_version, versions
from goround.collective.reasons import Reason
from goround.collective.references import EventRef

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.collective.record import View
    from goround.ids import EventId

# --- Facts -------------------------------------------------------------------


class Concern(Fact, frozen=True, tag="concern"):
    """Somebody raised a concern about a version."""

    about: ClassVar[str] = "version"
    version: EventRef


class Settled(Fact, frozen=True, tag="settled"):
    """Whoever raised a concern calls it settled."""

    about: ClassVar[str] = "concern"
    concern: EventRef


# --- State -------------------------------------------------------------------


def concerns(view: View, version: EventId) -> list[Entry]:
    """Return the concerns about a version, in order."""
    return sorted(view.said(Concern, version), key=lambda e: e.order)


def is_settled(view: View, concern: Entry) -> bool:
    """Tell whether a concern was settled."""
    return bool(view.said(Settled, concern.id))


def open_concerns(view: View, proposal: EventId) -> list[Entry]:
    """Return the concerns about any version of a proposal that nobody called settled, in order."""
    known = (concern for v in versions(view, proposal) for concern in concerns(view, v.id))
    return [concern for concern in known if not is_settled(view, concern)]


# --- Rules -------------------------------------------------------------------


def why_not_concern(view: View, concern: Concern) -> Reason | None:
    """Tell why a concern cannot be raised (C46)."""
    return None if find_version(view, concern.version) else Reason.NOT_A_VERSION


def why_not_settled(view: View, entry: Entry, settled: Settled) -> Reason | None:
    """Tell why a concern cannot be called settled (C46)."""
    concern = view.find(settled.concern)
    if concern is None or not isinstance(concern.fact, Concern):
        return Reason.NOT_A_CONCERN
    if view.person(concern) != view.record.persons[entry.id]:
        return Reason.NOT_OWN_CONCERN
    return None
