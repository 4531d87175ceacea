"""Who we are and how we decide, from one change to the next: epochs, and when one is in force.

Members and charter at one time are an epoch; the next one is its predecessor plus one
change, in force where two thirds sealed that change in the same round (design 4.1). How
they come to do so stands in `sealing`, and what a change needs first in `ripeness`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from goround.collective.devices import after_retirement, sealing_device
from goround.collective.effects import Invite, Release, SetCharter
from goround.collective.entry import Fact
from goround.collective.epoch import Epoch
from goround.collective.members import (
    Accept,
    Leave,
    TakeBack,
)
from goround.collective.proposals import (
    changes,
    invitation_in,
)
from goround.collective.reasons import Reason
from goround.collective.record import View
from goround.collective.references import ChangeRef, EpochRef, EventRef
from goround.ids import EpochId, EventId, MemberId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import Entry, Past, PersonId
    from goround.collective.record import Record

PAIR = 2

# --- Facts -------------------------------------------------------------------


class Nominate(Fact, frozen=True, tag="nominate"):
    """A member's device nominated the next change, in a round."""

    about: ClassVar[str] = "epoch"
    epoch: EpochRef
    round: int
    change: EventRef


class Seal(Fact, frozen=True, tag="seal"):
    """A member's device sealed what two thirds nominated, or nothing (`change` is empty)."""

    about: ClassVar[str] = "epoch"
    epoch: EpochRef
    round: int
    change: ChangeRef


class Heard(Fact, frozen=True, tag="heard"):
    """A member's device has a decision or an epoch in its past."""

    about: ClassVar[str] = "of"
    of: EventRef


class Follow(Fact, frozen=True, tag="follow"):
    """Where there are two ways, somebody goes on with this one."""

    about: ClassVar[str] = "epoch"
    epoch: EpochRef


# --- State: epochs -----------------------------------------------------------


def quorum(members: int) -> int:
    """Return two thirds of that many members, rounded up (C15)."""
    return -(-2 * members // 3)


def successor(record: Record, epoch: Epoch, change: Entry) -> Epoch:
    """Return the epoch that a change makes of its predecessor (C8)."""
    name = record.name_epoch(epoch.id, change.id)
    if name not in record.epochs:
        record.epochs[name] = _changed(record, epoch, change, name)
    return record.epochs[name]


def _changed(record: Record, epoch: Epoch, change: Entry, name: EpochId) -> Epoch:
    members, keys, charter = dict(epoch.members), epoch.used_keys, epoch.charter
    charter_id = epoch.charter_id
    if isinstance(change.fact, Leave):
        members.pop(record.signer(change), None)
    elif isinstance(change.fact, Accept):
        invite = invitation_in(record.entries[change.fact.version], change.fact.effect)
        if invite and invite.replaces:
            _drop(members, invite.replaces)
        members[record.signer(change)] = MemberId(change.id)
        keys |= {invite.key} if invite else set()
    elif isinstance(change.fact, TakeBack):
        taken = changes(record.entries[change.fact.version])
        keys |= {taken.key} if isinstance(taken, Invite) else set()
    else:
        effect = changes(change)
        if isinstance(effect, Release):
            _drop(members, effect.member)
        elif isinstance(effect, SetCharter):
            charter, charter_id = charter.changed(effect.set), change.id
    return Epoch(
        id=name,
        predecessor=epoch,
        change=change.id,
        chain=epoch.chain | {name},
        changes=epoch.changes | {change.id},
        members=members,
        former=epoch.former | members.keys(),
        charter=charter,
        charter_id=charter_id,
        used_keys=keys,
    )


def _drop(members: dict[PersonId, MemberId], member: str) -> None:
    for person in [who for who, held in members.items() if held == member]:
        del members[person]


def successors(record: Record, past: Past, epoch: Epoch) -> list[Epoch]:
    """Return the epochs that are in force after one, in a past; two of them are two ways (C22)."""
    if not epoch.members:
        return []
    by_change: dict[str, dict[int, list[Entry]]] = {}
    for entry in within(record.seals.get(epoch.id, ()), past):
        seal = word(entry)
        if seal.change:
            by_change.setdefault(seal.change, {}).setdefault(seal.round, []).append(entry)
    return [
        successor(record, epoch, record.entries[EventId(change)])
        for change, by_round in sorted(by_change.items())
        if any(_is_force(record, epoch, seals) for seals in by_round.values())
    ]


def _is_force(record: Record, epoch: Epoch, seals: list[Entry]) -> bool:
    """Tell whether seals of one change in one round put it in force."""
    signers = {record.signer(entry) for entry in seals}
    if len(signers) >= quorum(len(epoch.members)):
        return True
    return len(epoch.members) == PAIR and any(_knew_alone(record, epoch, e) for e in seals)


def ends_knowing(view: View, step: Epoch, event: EventId) -> bool:
    """Tell whether an epoch could not end so without a seal by who knew an event (C62).

    Of two, one seal can be enough, so there each has to know for themself.
    """
    record, before = view.record, step.predecessor
    if before is None:
        return False
    knew: dict[PersonId, bool] = {}
    for seal in within(record.seals.get(before.id, ()), view.past):
        if word(seal).change == step.change:
            signer = record.signer(seal)
            knew[signer] = knew.get(signer, True) and event in record.pasts.past(seal.id)
    size = len(before.members)
    return size > PAIR and size - sum(knew.values()) < quorum(size)


def advance(record: Record, past: Past, epoch: Epoch) -> Epoch:
    """Go on from an epoch as long as exactly one successor is in force (C9)."""
    while True:
        following = successors(record, past, epoch)
        if len(following) != 1:
            return epoch
        epoch = following[0]


def in_force(record: Record, past: Past, name: EpochId) -> Epoch | None:
    """Return the epoch of that name if it is in force in a past, on whichever way (C22)."""
    founding = record.founding
    ahead = [record.epochs[EpochId(founding.id)]] if founding else []
    while ahead:
        epoch = ahead.pop()
        if epoch.id == name:
            return epoch
        ahead.extend(successors(record, past, epoch))
    return None


# --- State: nominations and seals -----------------------------------------------


def word(entry: Entry) -> Nominate | Seal:
    """Return what an entry nominates or seals."""
    if isinstance(entry.fact, Nominate | Seal):
        return entry.fact
    message = f"{entry.id} neither nominates nor seals"
    raise LookupError(message)


def within(entries: Iterable[Entry], past: Past) -> list[Entry]:
    """Return those of some entries that lie in a past."""
    return [entry for entry in entries if entry.id in past]


def _knew_alone(record: Record, epoch: Epoch, act: Entry) -> bool:
    """Tell whether one of a pair signed this knowing that the other leaves."""
    view = View(record, record.pasts.before(act.id), epoch)
    return bool(parting(view) - {record.signer(act)})


def parting(view: View) -> frozenset[PersonId]:
    """Return who of a pair has signed their leaving with their sealing device."""
    if len(view.epoch.members) != PAIR:
        return frozenset()
    return frozenset(person for person in view.epoch.members if parted(view, person))


def parted(view: View, person: PersonId) -> bool:
    """Tell whether somebody's sealing device has signed their leaving (C15)."""
    device = sealing_device(view, person)
    leaves = view.said(Leave, person)
    return any(e.device == device and not after_retirement(view, e) for e in leaves)


# --- Rules -------------------------------------------------------------------


def why_not_follow(view: View, entry: Entry, follow: Follow) -> Reason | None:
    """Tell why a way cannot be followed (C23)."""
    if in_force(view.record, view.past, follow.epoch) is None:
        return Reason.EPOCH_NOT_IN_FORCE
    member = view.record.persons[entry.id] in view.epoch.members
    return None if member else Reason.NOT_A_MEMBER


def why_not_heard(view: View, heard: Heard) -> Reason | None:
    """Tell why something cannot have been heard (C21)."""
    known = view.find(heard.of) or in_force(view.record, view.past, EpochId(heard.of))
    return None if known else Reason.NOT_KNOWN
