"""How members and charter change: one next link at a time, sealed by two thirds.

A change is ripe where everyone who must stand behind it does. Sealing devices then settle,
by themselves and in rounds, which ripe change comes next: they nominate, and seal what two
thirds nominated; what somebody sealed is what the next round nominates. So two successors
of one epoch need more forked devices than a third (design 4.1, foundations.md 4.8). Every
act here is judged by its own past alone (C20).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from goround.collective.decisions import (
    changes_possible,
    decided,
    is_spent,
    rule_met,
    standing,
    tally,
)
from goround.collective.devices import after_retirement, sealing_device
from goround.collective.effects import Invite, Release, SetCharter
from goround.collective.entry import Fact
from goround.collective.epoch import Epoch
from goround.collective.members import (
    Accept,
    Leave,
    TakeBack,
    Welcome,
    invitation,
    leaving,
    taken_back,
)
from goround.collective.positions import SUPPORT, answer_of
from goround.collective.proposals import (
    changes,
    current,
    find_version,
    invitation_in,
    proposal_of,
    withdrawn,
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
    for entry in _in_past(record.seals.get(epoch.id, ()), past):
        seal = _act(entry)
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


# --- State: rounds -----------------------------------------------------------


def _act(entry: Entry) -> Nominate | Seal:
    if isinstance(entry.fact, Nominate | Seal):
        return entry.fact
    message = f"{entry.id} neither nominates nor seals"
    raise LookupError(message)


def _in_past(entries: Iterable[Entry], past: Past) -> list[Entry]:
    return [entry for entry in entries if entry.id in past]


def _knew_alone(record: Record, epoch: Epoch, act: Entry) -> bool:
    """Tell whether one of a pair signed this knowing that the other leaves."""
    view = View(record, record.pasts.before(act.id), epoch)
    return bool(_parting(view) - {record.signer(act)})


def _parting(view: View) -> frozenset[PersonId]:
    """Return who of a pair has signed their leaving with their sealing device."""
    if len(view.epoch.members) != PAIR:
        return frozenset()
    return frozenset(person for person in view.epoch.members if parted(view, person))


def parted(view: View, person: PersonId) -> bool:
    """Tell whether somebody's sealing device has signed their leaving (C15)."""
    device = sealing_device(view, person)
    leaves = view.said(Leave, person)
    return any(e.device == device and not after_retirement(view, e) for e in leaves)


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
        signed = [e for e in acts if _act(e).round == number and change in (None, _act(e).change)]
        signers = {self.view.record.signer(e) for e in signed}
        if signers and _parting(self.view) - signers:
            return True
        return len(signers) >= quorum(len(self.view.epoch.members))

    def chosen(self, number: int) -> list[str]:
        """Return the changes that two thirds nominated in a round."""
        named = {_act(e).change for e in self.nominations if _act(e).round == number}
        return sorted(change for change in named if self.nominated(number, change))

    def locked(self, number: int) -> list[str]:
        """Return the changes that somebody sealed in a round, the first in order first."""
        named = {_act(e).change for e in self.seals if _act(e).round == number} - {""}
        entries = self.view.record.entries
        return sorted(named, key=lambda change: entries[EventId(change)].order)

    def of(self, person: PersonId, acts: list[Entry]) -> list[int]:
        """Return the rounds in which a member signed such an act."""
        signer = self.view.record.signer
        return [_act(e).round for e in acts if signer(e) == person]


def rounds(view: View) -> Rounds:
    """Return what a view knows of the rounds of its epoch."""
    record, name = view.record, view.epoch.id
    return Rounds(
        view,
        _in_past(record.nominations.get(name, ()), view.past),
        _in_past(record.seals.get(name, ()), view.past),
    )


# --- State: ripe changes -----------------------------------------------------


def ripe_changes(view: View) -> list[Entry]:
    """Return what could come into force next, in order (C12)."""
    known = [
        *view.all_said(Leave),
        *view.all_said(TakeBack),
        *view.all_said(Accept),
        *(version for version in view.record.changing if view.counts(version)),
    ]
    return sorted((e for e in known if is_ripe(view, e)), key=lambda e: e.order)


def is_ripe(view: View, change: Entry) -> bool:
    """Tell whether everyone who must stand behind a change does, and it changes something (C12)."""
    if not view.counts(change) or change.id in view.epoch.changes:
        return False
    match change.fact:
        case Leave():
            gone = after_retirement(view, change)
            return view.person(change) in view.epoch.members and not gone
        case TakeBack(version=version):
            return _can_be_taken_back(view, change, version)
        case Accept() as accept:
            return _acceptance_is_ripe(view, change, accept)
        case _:
            return _version_is_ripe(view, change)


def _can_be_taken_back(view: View, change: Entry, version: EventId) -> bool:
    entry = find_version(view, version)
    invite = changes(entry) if entry else None
    open_ = isinstance(invite, Invite) and invite.key not in view.epoch.used_keys
    return open_ and view.person(change) in view.epoch.members


def _version_is_ripe(view: View, version: Entry) -> bool:
    match changes(version):
        case Release(member=member) if view.epoch.person(member) is None:
            return False
        case SetCharter(from_=before) if before != view.epoch.charter_id:
            return False
        case Release() | SetCharter():
            return rule_met(view, version)
        case _:
            return False


def _acceptance_is_ripe(view: View, change: Entry, accept: Accept) -> bool:
    version, invite = find_version(view, accept.version), invitation(view, accept)
    newcomer = view.person(change)
    if version is None or invite is None or newcomer in view.epoch.former | leaving(view):
        return False
    if invite.key in view.epoch.used_keys or taken_back(view, version.id):
        return False
    if not _has_room(view, invite):
        return False
    return (
        rule_met(view, version)
        and is_welcomed(view, change, version, invite)
        and not is_stale(view, change)
    )


def _has_room(view: View, invite: Invite) -> bool:
    """Tell whether there is a place: that of a lost membership, or one that the charter leaves."""
    if invite.replaces:
        return view.epoch.person(invite.replaces) is not None
    return len(view.epoch.members) < view.epoch.charter.number("most_members")


def is_welcomed(view: View, change: Entry, version: Entry, invite: Invite) -> bool:
    """Tell whether somebody besides the inviter knows the newcomer, if there is any (C13)."""
    inviter = view.person(version)
    others = view.epoch.members.keys() - leaving(view) - {inviter}
    if invite.replaces:
        others -= {view.epoch.person(invite.replaces)}
    welcomed = {view.person(e) for e in view.said(Welcome, change.device)}
    return not others or bool(welcomed & others)


def is_stale(view: View, change: Entry) -> bool:
    """Tell whether the newcomer has yet to find something that came about meanwhile (C14)."""
    known = view.record.pasts.past(change.id)
    own = view.record.epoch_of[change.id]
    if not all(was_agreed(view, change, epoch) for epoch in view.epoch.steps_after(own)):
        return True
    return any(
        not any(completion.event in known for completion in standing(view, version))
        for version in view.record.completions
        if not is_spent(view, view.record.entries[version]) and decided(view, version)
    )


def was_agreed(view: View, change: Entry, epoch: Epoch) -> bool:
    came = view.record.entries[epoch.change].fact
    if isinstance(came, Leave | TakeBack):
        return True
    return isinstance(came, Accept) and came.version in agreed_by(view, change)


def agreed_by(view: View, change: Entry) -> set[EventId]:
    """Return the invitations that a newcomer agreed to, as their acceptance knows."""
    record, newcomer = view.record, view.person(change)
    own = View(record, record.pasts.past(change.id), record.epochs[record.epoch_of[change.id]])
    answers = {version: answer_of(own, version, newcomer) for version in record.given}
    return {version for version, given in answers.items() if given and given.stance in SUPPORT}


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


def stands_behind(view: View, version: Entry) -> frozenset[PersonId]:
    """Return who must still stand behind a change before it can be ripe."""
    counted = tally(view, version)
    return counted.unheard if changes_possible(view, version) else counted.asked


def is_open_invitation(view: View, version: Entry) -> bool:
    """Tell whether an invitation was decided and neither used nor taken back."""
    invite = changes(version)
    proposal = proposal_of(version)
    return (
        isinstance(invite, Invite)
        and invite.key not in view.epoch.used_keys
        and not taken_back(view, version.id)
        and not withdrawn(view, proposal)
        and current(view, proposal) == version
    )
