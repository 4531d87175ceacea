"""Which proposal an event is about: it is one, or was said on it, on one of its versions, or on
anything that was said there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.closing import Close
from goround.collective.concerns import Concern, Settled
from goround.collective.constitution import Heard
from goround.collective.erasure import EraseOwn
from goround.collective.members import Accept, TakeBack
from goround.collective.positions import Position
from goround.collective.proposals import (
    Carry,
    Propose,
    Say,
    Suggest,
    Version,
    Withdraw,
    proposal_of,
)
from goround.collective.release import Hearing
from goround.collective.reopening import Reopen, Review
from goround.collective.repair import Confirm
from goround.collective.tasks import TaskStep
from goround.ids import EventId

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.collective.record import Record

ON_IT = (Carry, Withdraw, Hearing, Position, Close, Reopen, Review, Concern, Suggest, TakeBack)
"""What is said on a proposal or on one of its versions."""
ABOUT = (*ON_IT, Say, Settled, Confirm)
ACTS = (*ON_IT, Version, Accept, Heard, EraseOwn)
"""What people can say something on, as on what it is about."""


def about(record: Record, entry: Entry) -> set[EventId]:
    """Return the proposals that an event says something about: one as a rule, or none."""
    match entry.fact:
        case Propose() | Version():
            return {proposal_of(entry)}
        case Accept(version=version, behind=behind):
            return {found for name in (version, *behind) if (found := _of(record, name))}
        case TaskStep(task=task):
            return {found} if (found := _of(record, task.rpartition(".")[0])) else set()
        case fact if isinstance(fact, ABOUT):
            return {found} if (found := _of(record, str(getattr(fact, fact.about)))) else set()
        case _:
            return set()


def _of(record: Record, name: str) -> EventId | None:
    """Return the proposal that an event belongs to, through whatever lies between."""
    entry = record.entries.get(EventId(name))
    while entry is not None and not isinstance(entry.fact, Propose | Version):
        fact = entry.fact
        entry = record.entries.get(EventId(str(getattr(fact, fact.about)))) if fact.about else None
    return None if entry is None else proposal_of(entry)
