"""The one place where what is said becomes what is: each entry is judged once, by its past.

An entry is identified (whose device, in which epoch), judged by the rule of its kind, put
where questions find it, and asked whether it completes a decision. All of that follows
from its causal past alone, so entries may come in any causal order: the state is the same,
and nothing that arrives later changes a judgement (promises P2, P4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from goround.collective import (
    closing,
    concerns,
    constitution,
    decisions,
    devices,
    erasure,
    members,
    positions,
    proposals,
    release,
    reopening,
    repair,
    sealing,
    tasks,
)
from goround.collective.charter import Charter, Found, why_not_found
from goround.collective.entry import Malformed, PersonId, Unknown
from goround.collective.epoch import Epoch
from goround.collective.filing import put_away
from goround.collective.needless import why_needless
from goround.collective.reasons import Reason
from goround.collective.record import View
from goround.collective.waiting import complete
from goround.ids import EpochId, EventId, MemberId

if TYPE_CHECKING:
    from goround.collective.entry import Entry, Past
    from goround.collective.kinds import AnyFact
    from goround.collective.outlook import Horizon
    from goround.collective.record import Record
    from goround.ids import DeviceId

SILENCING = frozenset(
    {Reason.STRANGER, Reason.DEVICE_FORKED, Reason.DEVICE_RETIRED, Reason.NOT_A_MEMBER}
)
"""Reasons for which a device's events complete nothing, whatever their kind."""

AFTER_LEAVING = (
    constitution.Nominate,
    constitution.Seal,
    constitution.Heard,
    constitution.Follow,
    devices.DeviceAdd,
    devices.DeviceRetire,
    devices.TakeOver,
)


WHILE_JOINING = (
    constitution.Heard,
    concerns.Concern,
    concerns.Settled,
    devices.DeviceAdd,
    devices.DeviceRetire,
    devices.TakeOver,
    erasure.EraseOwn,
    members.Leave,
    members.Name,
    positions.Position,
    proposals.Propose,
    proposals.Say,
    proposals.Suggest,
    Unknown,
)
"""What somebody who is joining may do: speak, and nothing that moves what others said (C31)."""


def add(record: Record, entry: Entry) -> None:
    """Judge an entry whose causes were all added before, and add it to the record (C1)."""
    if entry.id in record.entries:
        return
    record.entries[entry.id] = entry
    record.note_fork(entry)
    if record.founding is None:
        _found(record, entry)
        return
    before = record.pasts.before(entry.id)
    horizon = record.outlook.steady(entry, before)
    view = _view_from(record, entry, before, horizon) or _view_of(record, entry, before)
    silenced = None if horizon and horizon.free else why_silent(view, entry)
    reason = silenced or why_not(view, entry)
    epoch = view.epoch
    if reason and isinstance(entry.fact, members.Accept | constitution.Follow):
        epoch = _epoch_before(record, entry, before)
    put_away(record, entry, epoch, reason)
    _settle(record, entry, epoch, silenced, horizon)


def why_refused(record: Record, entry: Entry, past: Past) -> Reason | None:
    """Tell why an entry would count for nothing if it were signed with this past (C1, C70)."""
    view = _view_of(record, entry, past)
    try:
        return why_silent(view, entry) or why_not(view, entry) or why_needless(view, entry)
    finally:
        del record.persons[entry.id]


def _view_from(record: Record, entry: Entry, past: Past, horizon: Horizon | None) -> View | None:
    """Return what a signer saw that saw no further than the event before it."""
    if horizon is None or isinstance(entry.fact, members.Accept | constitution.Follow):
        return None
    record.persons[entry.id] = horizon.person
    return View(record, past, horizon.epoch, horizon.shared)


def _view_of(record: Record, entry: Entry, past: Past) -> View:
    """Find out whose an entry is, and return what its signer saw."""
    record.persons[entry.id] = _signer(record, entry, past)
    epoch = _epoch_named(record, entry, past) or _epoch_before(record, entry, past)
    return View(record, past, epoch)


# --- Founding ----------------------------------------------------------------


def _found(record: Record, entry: Entry) -> None:
    found, person = entry.fact, PersonId(entry.device)
    reason: Reason | None = Reason.STRANGER
    if isinstance(found, Found):
        is_first = len(record.entries) == 1
        reason = why_not_found(entry, found) or (None if is_first else Reason.NOT_THE_FOUNDING)
    if reason or not isinstance(found, Found):
        record.persons[entry.id] = None
        record.void[entry.id] = reason or Reason.MALFORMED
        record.epoch_of[entry.id] = EpochId("")
        return
    record.founding = entry
    name = EpochId(entry.id)
    record.epochs[name] = Epoch(
        id=name,
        predecessor=None,
        change=entry.id,
        chain=frozenset({name}),
        changes=frozenset(),
        members={person: MemberId(entry.id)},
        former=frozenset({person}),
        charter=Charter(found.charter),
        charter_id=entry.id,
    )
    record.persons[entry.id] = person
    record.epoch_of[entry.id] = name
    record.index(entry, person)


# --- Whose, and when ---------------------------------------------------------


def _signer(record: Record, entry: Entry, before: Past) -> PersonId | None:
    if entry.seq:  # whose the first event of a device is, its whole chain is (C3)
        return record.persons[entry.prev]
    add_ = devices.introduced_by(record, entry.device, before)
    if add_:
        return record.persons[add_.id]
    return PersonId(entry.device) if isinstance(entry.fact, members.Accept) else None


def _epoch_named(record: Record, entry: Entry, before: Past) -> Epoch | None:
    """Return the epoch that an acceptance or a following names, gone on from, if in force (C9)."""
    if not isinstance(entry.fact, members.Accept | constitution.Follow):
        return None
    named = constitution.in_force(record, before, entry.fact.epoch)
    return constitution.advance(record, before, named) if named else None


def _epoch_before(record: Record, entry: Entry, before: Past) -> Epoch:
    """Return the epoch that an event has from its device's previous one, gone on from (C9)."""
    introduced = devices.introduced_by(record, entry.device, before)
    founding = record.founding.id if record.founding else ""
    start = entry.prev if entry.seq else introduced.id if introduced else ""
    name = record.epoch_of[EventId(start)] if start else EpochId(founding)
    return constitution.advance(record, before, record.epochs[name])


# --- Judging -----------------------------------------------------------------


def why_silent(view: View, entry: Entry) -> Reason | None:
    """Tell why whatever this device says counts for nothing (design 3, forks) (C5)."""
    person = view.record.persons[entry.id]
    if person is None:
        return Reason.STRANGER
    departing = isinstance(entry.fact, members.Leave | devices.DeviceRetire)
    if view.past.forked(entry.device) is not None and not departing:
        return Reason.DEVICE_FORKED
    if devices.retired(view, entry.device):
        return Reason.DEVICE_RETIRED
    if person in members.leaving(view) and not isinstance(entry.fact, AFTER_LEAVING):
        return Reason.HAS_LEFT
    return None if person in view.epoch.members else _why_not_joining(view, entry, person)


def _is_free(view: View, device: DeviceId, person: PersonId | None) -> bool:
    """Tell whether whatever a device says next, nothing silences it."""
    return (
        person in view.epoch.members
        and person not in members.leaving(view)
        and view.past.forked(device) is None
        and not devices.retired(view, device)
    )


def _why_not_joining(view: View, entry: Entry, person: PersonId) -> Reason | None:
    if isinstance(entry.fact, members.Accept):
        return None
    if person in view.epoch.former:
        return Reason.NOT_A_MEMBER
    if person not in members.joining(view):
        return Reason.STRANGER
    return None if isinstance(entry.fact, WHILE_JOINING) else Reason.NOT_A_MEMBER


def why_not(  # noqa: C901, PLR0911, PLR0912 - one line per kind
    view: View, entry: Entry
) -> Reason | None:
    """Ask the rule of an entry's kind (C1). The type checker proves that none is missing."""
    fact: AnyFact = entry.fact  # type: ignore[assignment]
    match fact:  # what is said most comes first
        case positions.Position():
            return _too_late(view, fact.version) or positions.why_not_position(view, entry, fact)
        case proposals.Say():
            return proposals.why_not_say(view, fact)
        case constitution.Heard():
            return constitution.why_not_heard(view, fact)
        case Unknown():
            return Reason.UNKNOWN_KIND
        case Malformed():
            return Reason.MALFORMED
        case Found():
            return Reason.NOT_THE_FOUNDING
        case members.Accept():
            named = constitution.in_force(view.record, view.past, fact.epoch)
            return members.why_not_accept(view, entry, fact, named)
        case members.Welcome():
            return members.why_not_welcome(view, fact)
        case members.TakeBack():
            return members.why_not_take_back(view, entry, fact)
        case members.Leave() | members.Name() | members.Away() | members.Back():
            return None
        case devices.DeviceAdd():
            return devices.why_not_add(view, entry, fact)
        case devices.DeviceRetire():
            return devices.why_not_retire(view, entry, fact)
        case devices.TakeOver():
            return None
        case proposals.Propose():
            return proposals.why_not_propose(view, entry, fact)
        case proposals.Version():
            return reopening.why_not_next_version(view, entry, fact)
        case proposals.Carry():
            return proposals.why_not_carry(view, entry, fact)
        case proposals.Withdraw():
            return proposals.why_not_withdraw(view, entry, fact)
        case proposals.Suggest():
            return proposals.why_not_suggest(view, fact)
        case concerns.Concern():
            return concerns.why_not_concern(view, fact)
        case concerns.Settled():
            return concerns.why_not_settled(view, entry, fact)
        case repair.Confirm():
            return repair.why_not_confirm(view, entry, fact)
        case closing.Close():
            return _too_late(view, fact.version) or closing.why_not_close(view, fact)
        case release.Hearing():
            return release.why_not_hearing(view, fact)
        case reopening.Reopen():
            return reopening.why_not_reopen(view, fact)
        case reopening.Review():
            return reopening.why_not_review(view, fact)
        case constitution.Nominate():
            return sealing.why_not_nominate(view, entry, fact)
        case constitution.Seal():
            return sealing.why_not_seal(view, entry, fact)
        case constitution.Follow():
            return constitution.why_not_follow(view, entry, fact)
        case erasure.EraseOwn():
            return erasure.why_not_erase(view, entry, fact)
        case tasks.TaskStep():
            return tasks.why_not_step(view, entry, fact)
        case _:
            assert_never(fact)


def _too_late(view: View, version: EventId) -> Reason | None:
    entry = proposals.find_version(view, version)
    return decisions.why_too_late(view, entry) if entry else None


# --- Following ---------------------------------------------------------------


def _settle(
    record: Record,
    entry: Entry,
    epoch: Epoch,
    silenced: Reason | None,
    horizon: Horizon | None,
) -> None:
    """Go on to the epoch that the entry itself brought, and ask what it completes (C59)."""
    past, outlook, person = record.pasts.past(entry.id), record.outlook, record.persons[entry.id]
    speaks = silenced not in SILENCING and person is not None
    if speaks and isinstance(entry.fact, constitution.Seal):
        epoch = constitution.advance(record, past, epoch)
        record.epoch_of[entry.id] = epoch.id
    upset = outlook.is_upheaval(entry)
    is_steady = horizon is not None and not upset
    if horizon is None or upset:
        horizon = outlook.further(entry, past, person, epoch)
        horizon.free = _is_free(View(record, past, epoch, horizon.shared), entry.device, person)
        outlook.horizons[entry.device] = horizon
    horizon.head = entry.id
    if speaks and person in epoch.members:
        complete(View(record, past, epoch, horizon.shared), entry, horizon, steady=is_steady)
