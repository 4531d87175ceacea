"""Words that are gone: erased by whoever wrote them, or by a decision.

What was done stays (the act decides nothing by its words), so members and decisions are
the same for everybody, also for whoever joins afterwards (design 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from goround.collective.decisions import standing
from goround.collective.effects import Erase
from goround.collective.entry import Fact
from goround.collective.members import away, staying
from goround.collective.proposals import terms
from goround.collective.reasons import Reason
from goround.collective.references import EventRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View
    from goround.ids import EventId

# --- Facts -------------------------------------------------------------------


class EraseOwn(Fact, frozen=True, tag="erase"):
    """Somebody erased words of their own."""

    about: ClassVar[str] = "event"
    event: EventRef


# --- State -------------------------------------------------------------------


def erases(version: Entry) -> bool:
    """Tell whether a version would erase somebody's words."""
    return any(isinstance(effect, Erase) for effect in terms(version).effects)


def erased(view: View, versions: Iterable[Entry] | None = None) -> set[EventId]:
    """Return the events whose words are erased, by their author or by a decision (C69).

    `versions` are those that would erase something, where they are known.
    """
    own = {e.fact.event for e in view.all_said(EraseOwn) if isinstance(e.fact, EraseOwn)}
    by_decision = {
        effect.event
        for version in (view.record.all_versions if versions is None else versions)
        for effect in terms(version).effects
        if isinstance(effect, Erase) and _is_carried_out(view, version.id)
    }
    return own | by_decision


def _is_carried_out(view: View, version: EventId) -> bool:
    """Tell whether an erasing is decided, and everybody who is here has heard of that (C68).

    Words cannot be brought back, so nobody's are erased by a decision that might open again.
    """
    done = [completion.event for completion in standing(view, version)]
    return bool(done) and all(_has_heard(view, who, done) for who in staying(view) - away(view))


def _has_heard(view: View, person: PersonId, done: list[EventId]) -> bool:
    past = view.record.pasts.past
    entries = reversed(view.record.by_person.get(person, ()))
    return any(e.id in view.past and any(event in past(e.id) for event in done) for e in entries)


# --- Rules -------------------------------------------------------------------


def why_not_erase(view: View, entry: Entry, erase: EraseOwn) -> Reason | None:
    """Tell why somebody cannot erase an event's words (C69)."""
    written = view.find(erase.event)
    if written is None:
        return Reason.NOT_KNOWN
    if view.person(written) != view.record.persons[entry.id]:
        return Reason.NOT_THE_AUTHOR
    return None if written.words else Reason.NOTHING_TO_ERASE
