"""The one place where what is said becomes what is: each entry is judged once, by its past.

An entry is identified (whose device, in which epoch), judged by the rule of its kind, put
where questions find it, and asked whether it completes a decision. All of that follows
from its causal past alone, so entries may come in any causal order: the state is the same,
and nothing that arrives later changes a judgement (promises P2, P4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective import constitution, devices, judging, members
from goround.collective.charter import Charter, Found, why_not_found
from goround.collective.entry import PersonId
from goround.collective.epoch import Epoch
from goround.collective.filing import put_away
from goround.collective.needless import why_needless
from goround.collective.reasons import Reason
from goround.collective.record import View
from goround.collective.waiting import complete
from goround.ids import EpochId, EventId, MemberId

if TYPE_CHECKING:
    from goround.collective.entry import Entry, Past
    from goround.collective.outlook import Horizon
    from goround.collective.record import Record


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
    silenced = None if horizon and horizon.free else judging.why_silent(view, entry)
    reason = silenced or judging.why_not(view, entry)
    epoch = view.epoch
    if reason and isinstance(entry.fact, members.Accept | constitution.Follow):
        epoch = _epoch_before(record, entry, before)
    put_away(record, entry, epoch, reason)
    _settle(record, entry, epoch, silenced, horizon)


def why_refused(record: Record, entry: Entry, past: Past) -> Reason | None:
    """Tell why an entry would count for nothing if it were signed with this past (C1, C70)."""
    view = _view_of(record, entry, past)
    try:
        return (
            judging.why_silent(view, entry)
            or judging.why_not(view, entry)
            or why_needless(view, entry)
        )
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
    speaks = silenced not in judging.SILENCING and person is not None
    if speaks and isinstance(entry.fact, constitution.Seal):
        epoch = constitution.advance(record, past, epoch)
        record.epoch_of[entry.id] = epoch.id
    upset = outlook.is_upheaval(entry)
    is_steady = horizon is not None and not upset
    if horizon is None or upset:
        horizon = outlook.further(entry, past, person, epoch)
        horizon.free = judging.is_free(
            View(record, past, epoch, horizon.shared), entry.device, person
        )
        outlook.horizons[entry.device] = horizon
    horizon.head = entry.id
    if speaks and person in epoch.members:
        complete(View(record, past, epoch, horizon.shared), entry, horizon, steady=is_steady)
