"""The texts in force: what we agreed, until a decision ends it or a newer one takes its place.

An agreement's id is that of the version that adopted it. Two decisions that touch the same
agreement follow the order of their versions: the later text prevails (design 4.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from goround.collective.decisions import decided
from goround.collective.effects import Adopt, End
from goround.collective.proposals import proposal_of, terms
from goround.collective.record import remembered

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.collective.record import View
    from goround.ids import EventId


@dataclass(frozen=True, slots=True)
class Agreement:
    """An adopted text; `ended_by` is the version whose decision ended or replaced it."""

    version: Entry
    state: Literal["in force", "ended", "superseded"]
    ended_by: EventId | None = None


@remembered
def agreements(view: View) -> tuple[Agreement, ...]:
    """Return every agreement that was adopted, in the order of the texts (C66, C67)."""
    known = [v for versions in view.record.versions.values() for v in versions]
    acting = sorted((v for v in known if _acts(view, v)), key=lambda v: v.order)
    over = _over(acting)
    return tuple(_agreement(version, over) for version in acting if _adopts(version))


@remembered
def _by_version(view: View) -> dict[EventId, Agreement]:
    return {agreement.version.id: agreement for agreement in agreements(view)}


def agreement_of(view: View, version: EventId) -> Agreement | None:
    """Return what became of the text that a version adopted, if it is decided."""
    return _by_version(view).get(version)


def _acts(view: View, version: Entry) -> bool:
    effects = terms(version).effects
    touches = any(isinstance(effect, Adopt | End) for effect in effects)
    return touches and view.counts(version) and decided(view, version.id)


def _adopts(version: Entry) -> bool:
    return any(isinstance(effect, Adopt) for effect in terms(version).effects)


def _over(acting: list[Entry]) -> dict[EventId, Entry]:
    """Return by which decision each text is over: the first in order that ends or follows it."""
    over: dict[EventId, Entry] = {}
    texts: dict[EventId, list[EventId]] = {}
    for later in acting:
        for effect in terms(later).effects:
            if isinstance(effect, End):
                over.setdefault(effect.agreement, later)
        if _adopts(later):
            before = texts.setdefault(proposal_of(later), [])
            for version in before:
                over.setdefault(version, later)
            before.append(later.id)
    return over


def _agreement(version: Entry, over: dict[EventId, Entry]) -> Agreement:
    later = over.get(version.id)
    if later is None:
        return Agreement(version, "in force")
    return Agreement(version, "superseded" if _adopts(later) else "ended", later.id)
