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


def agreements(view: View) -> list[Agreement]:
    """Return every agreement that was adopted, in the order of the texts (C66, C67)."""
    known = [v for versions in view.record.versions.values() for v in versions]
    acting = sorted((v for v in known if _acts(view, v)), key=lambda v: v.order)
    adopted = [v for v in acting if any(isinstance(e, Adopt) for e in terms(v).effects)]
    return [_agreement(version, acting) for version in adopted]


def _acts(view: View, version: Entry) -> bool:
    effects = terms(version).effects
    touches = any(isinstance(effect, Adopt | End) for effect in effects)
    return touches and view.counts(version) and decided(view, version.id)


def _agreement(version: Entry, acting: list[Entry]) -> Agreement:
    for later in acting:
        adopts = any(isinstance(effect, Adopt) for effect in terms(later).effects)
        if _ends(later, version):
            return Agreement(version, "superseded" if adopts else "ended", later.id)
        if adopts and later.order > version.order and proposal_of(later) == proposal_of(version):
            return Agreement(version, "superseded", later.id)
    return Agreement(version, "in force")


def _ends(later: Entry, version: Entry) -> bool:
    ends = (effect.agreement for effect in terms(later).effects if isinstance(effect, End))
    return version.id in ends
