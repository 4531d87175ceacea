"""How the next change is settled: sealing devices nominate and seal it, by themselves, in rounds.

They seal what two thirds nominated, and what somebody sealed is what the next round
nominates; so two successors of one epoch need more forked devices than a third (design
4.1, foundations.md 4.8). Every act here is judged by its own past alone (C20).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goround.collective.constitution import (
    PAIR,
    Nominate,
    Seal,
    parted,
    parting,
    quorum,
    successors,
    within,
    word,
)
from goround.collective.devices import sealing_device
from goround.collective.reasons import Reason
from goround.collective.ripeness import is_ripe, ripe_changes
from goround.ids import EventId

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View


@dataclass(frozen=True, slots=True)
class Rounds:
    """What is known in a view of the rounds of its epoch."""

    view: View
    nominations: list[Entry]
    seals: list[Entry]

    def nominated(self, number: int, change: str | None) -> bool:
        """Tell whether two thirds nominated a change (None: any) in a round."""
        return self.enough(self.nominations, number, change)

    def sealed(self, number: int) -> bool:
        """Tell whether two thirds sealed something or nothing in a round."""
        return self.enough(self.seals, number, None)

    def enough(self, acts: list[Entry], number: int, change: str | None) -> bool:
        """Tell whether two thirds signed for a change in a round, or the one left of two (C17)."""
        signed = [e for e in acts if word(e).round == number and change in (None, word(e).change)]
        signers = {self.view.record.signer(e) for e in signed}
        if signers and parting(self.view) - signers:
            return True
        return len(signers) >= quorum(len(self.view.epoch.members))

    def chosen(self, number: int) -> list[str]:
        """Return the changes that two thirds nominated in a round."""
        named = {word(e).change for e in self.nominations if word(e).round == number}
        return sorted(change for change in named if self.nominated(number, change))

    def locked(self, number: int) -> list[str]:
        """Return the changes that somebody sealed in a round, the first in order first."""
        named = {word(e).change for e in self.seals if word(e).round == number} - {""}
        entries = self.view.record.entries
        return sorted(named, key=lambda change: entries[EventId(change)].order)

    def of(self, person: PersonId, acts: list[Entry]) -> list[int]:
        """Return the rounds in which a member signed such an act."""
        signer = self.view.record.signer
        return [word(e).round for e in acts if signer(e) == person]


def rounds(view: View) -> Rounds:
    """Return what a view knows of the rounds of its epoch."""
    record, name = view.record, view.epoch.id
    return Rounds(
        view,
        within(record.nominations.get(name, ()), view.past),
        within(record.seals.get(name, ()), view.past),
    )


# --- Rules -------------------------------------------------------------------


def why_not_keep(view: View, entry: Entry, act: Nominate | Seal) -> Reason | None:
    """Tell why a device may not nominate or seal here at all (C16)."""
    person = view.record.persons[entry.id]
    if act.epoch != view.epoch.id:
        return Reason.WRONG_EPOCH
    if person is None or person not in view.epoch.members:
        return Reason.NOT_A_MEMBER
    if sealing_device(view, person) != entry.device:
        return Reason.NOT_SEALING
    if len(view.epoch.members) == PAIR and parted(view, person):
        return Reason.PAIR_PARTED
    return None


def why_not_nominate(view: View, entry: Entry, nominate: Nominate) -> Reason | None:
    """Tell why a nomination counts for nothing (C18)."""
    reason, known = why_not_keep(view, entry, nominate), rounds(view)
    person = view.record.signer(entry)
    if reason:
        return reason
    done = [*known.of(person, known.nominations), *known.of(person, known.seals)]
    if any(number >= nominate.round for number in done):
        return Reason.SIGNED_ALREADY
    if nominate.round and not _round_is_open(known, nominate.round):
        return Reason.ROUND_NOT_OPEN
    locked = known.locked(nominate.round - 1)
    if locked:
        return None if nominate.change in locked else Reason.NOT_LOCKED
    change = view.find(nominate.change)
    return None if change and is_ripe(view, change) else Reason.NOT_RIPE


def _round_is_open(known: Rounds, number: int) -> bool:
    view = known.view
    return known.sealed(number - 1) and not successors(view.record, view.past, view.epoch)


def why_not_seal(view: View, entry: Entry, seal: Seal) -> Reason | None:
    """Tell why a seal counts for nothing (C19)."""
    reason, known = why_not_keep(view, entry, seal), rounds(view)
    person = view.record.signer(entry)
    if reason:
        return reason
    sealed, nominated = known.of(person, known.seals), known.of(person, known.nominations)
    if any(n >= seal.round for n in sealed) or any(n > seal.round for n in nominated):
        return Reason.SIGNED_ALREADY
    chosen = known.chosen(seal.round)
    if seal.change:
        return None if seal.change in chosen else Reason.NOT_NOMINATED
    empty = known.nominated(seal.round, None) and not chosen
    return None if empty else Reason.NOT_NOMINATED


# --- What a sealing device does by itself ------------------------------------


def next_act(view: View, person: PersonId) -> Nominate | Seal | None:
    """Return what a member's sealing device signs next without asking, if anything (C24)."""
    epoch = view.epoch
    if person not in epoch.members or successors(view.record, view.past, epoch):
        return None
    if len(epoch.members) == PAIR and parted(view, person):
        return None
    known = rounds(view)
    signed = known.of(person, known.seals)
    number = max([*known.of(person, known.nominations), *(n + 1 for n in signed)], default=0)
    return _act_in(view, known, person, number)


def _act_in(view: View, known: Rounds, person: PersonId, number: int) -> Nominate | Seal | None:
    name = view.epoch.id
    if known.nominated(number, None):
        chosen = known.chosen(number)
        return Seal(name, number, chosen[0] if chosen else "")
    if number in known.of(person, known.nominations):
        return None
    if number and not known.sealed(number - 1):
        return None
    locked = known.locked(number - 1)
    if locked:
        return Nominate(name, number, EventId(locked[0]))
    ripe = ripe_changes(view)
    return Nominate(name, number, ripe[0].id) if ripe else None
