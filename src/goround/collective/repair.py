"""What a block opens: work on it together, with a clock, not a veto that ends the matter.

A block counts from its signing. Two others who do not carry the proposal confirm that they
can state the concern: that checks understanding, not agreement (process.md 1.4, 1.5).
Nothing here turns a block into anything; only its author does, by another position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from goround.collective.entry import Fact
from goround.collective.members import staying
from goround.collective.positions import Position, answers
from goround.collective.proposals import carriers, find_version, proposal_of
from goround.collective.reasons import Reason
from goround.collective.references import EventRef

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import Given, View

CONFIRMATIONS = 2
DAY = 24 * 60 * 60 * 1000


# --- Facts -------------------------------------------------------------------


class Confirm(Fact, frozen=True, tag="confirm"):
    """Somebody can state the concern behind a block in their own words."""

    about: ClassVar[str] = "position"
    position: EventRef


# --- State -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Repair:
    """The work on one block: who confirmed it, how many should, until when (ms) (C52)."""

    block: Given
    confirmed: tuple[PersonId, ...]
    needed: int
    until: int


def repairs(view: View, version: Entry) -> list[Repair]:
    """Return the repair of each block on a version, in the order of the blocks."""
    blocks = [given for given in answers(view, version.id).values() if given.stance == "block"]
    return [_repair(view, version, block) for block in sorted(blocks, key=lambda b: b.entry.order)]


def _repair(view: View, version: Entry, block: Given) -> Repair:
    others = staying(view) - {block.person}
    able = others - carriers(view, proposal_of(version))
    confirmed = [e for e in view.said(Confirm, block.entry.id) if view.person(e) in able]
    clock = view.epoch.charter.number("repair_days") * DAY
    return Repair(
        block,
        tuple(view.person(e) for e in sorted(confirmed, key=lambda e: e.order)),
        min(CONFIRMATIONS, len(able)),
        block.entry.at + clock,
    )


# --- Rules -------------------------------------------------------------------


def why_not_confirm(view: View, entry: Entry, confirm: Confirm) -> Reason | None:
    """Tell why a block cannot be confirmed (C52)."""
    block = view.find(confirm.position)
    if block is None or not isinstance(block.fact, Position) or block.fact.stance != "block":
        return Reason.NOT_A_BLOCK
    person = view.record.persons[entry.id]
    if view.person(block) == person:
        return Reason.OWN_BLOCK
    version = find_version(view, block.fact.version)
    carries = version and person in carriers(view, proposal_of(version))
    return Reason.CARRIER_CONFIRMS if carries else None
