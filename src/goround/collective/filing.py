"""Where a judged entry is put, so that questions find it by what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective import (
    closing,
    constitution,
    devices,
    members,
    positions,
    proposals,
    release,
    waiting,
)
from goround.collective.effects import Invite, Release, SetCharter
from goround.collective.reasons import Reason
from goround.collective.record import Given

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import Entry, PersonId
    from goround.collective.epoch import Epoch
    from goround.collective.record import Record
    from goround.ids import EventId

UPHEAVALS = (
    constitution.Seal,
    constitution.Follow,
    devices.DeviceAdd,
    devices.DeviceRetire,
    devices.TakeOver,
    members.Accept,
    members.Away,
    members.Back,
    members.Leave,
)
"""What can change who is asked, whose word counts, or in which epoch somebody lives."""


def put_away(record: Record, entry: Entry, epoch: Epoch, reason: Reason | None) -> None:
    """Put a judged entry where questions find it; one that is void is found by its id only."""
    record.epoch_of[entry.id] = epoch.id
    person = record.persons[entry.id]
    if reason or person is None:
        record.void[entry.id] = reason or Reason.STRANGER
        record.index_first(entry)
        return
    record.index(entry, person)
    if isinstance(entry.fact, UPHEAVALS):
        record.outlook.upheavals.append(entry.id)
    _keep(record, entry, person)
    for proposal in _touched(record, entry):
        waiting.touch(record, proposal, entry.id)


def _keep(record: Record, entry: Entry, person: PersonId) -> None:
    """Keep what has a place of its own beside those of kinds and subjects."""
    match entry.fact:
        case positions.Position() | members.Accept():
            _keep_words(record, entry, person)
        case proposals.Propose() | proposals.Version():
            _keep_version(record, entry, person)
        case constitution.Nominate(epoch=name):
            record.nominations[name].append(entry)
        case constitution.Seal(epoch=name):
            record.seals[name].append(entry)
        case closing.Close(version=version):
            record.outlook.anyway.add(version)
        case members.Back():
            waiting.come_back(record, entry, person)
        case _:
            pass


def _touched(record: Record, entry: Entry) -> Iterable[EventId]:
    """Return the proposals that an entry may decide, or keep from being decided."""
    match entry.fact:
        case proposals.Propose():
            return (entry.id,)
        case proposals.Version() | proposals.Carry() | proposals.Withdraw() | release.Hearing():
            return (entry.fact.proposal,)
        case positions.Position(version=version) | closing.Close(version=version):
            return (proposals.proposal_of(record.entries[version]),)
        case members.Accept(behind=behind):
            return {proposals.proposal_of(record.entries[version]) for version in behind}
        case _:
            return ()


def _keep_words(record: Record, entry: Entry, person: PersonId) -> None:
    match entry.fact:
        case positions.Position(version=version, stance=stance):
            _give(record, version, Given(entry, person, stance))
        case members.Accept(behind=behind):
            for version in behind if _is_first(record, entry, person) else ():
                _give(record, version, Given(entry, person, "agree"))
        case _:
            pass


def _give(record: Record, version: EventId, given: Given) -> None:
    record.given[version].append(given)
    waiting.hear(record, version, given.person)


def _is_first(record: Record, entry: Entry, person: PersonId) -> bool:
    """Tell whether somebody accepts for the first time: repeating agrees to nothing (C28)."""
    before = record.pasts.before(entry.id)
    accepted = (e for e in record.by_kind[members.Accept] if record.persons[e.id] == person)
    return not any(e.id in before for e in accepted)


def _keep_version(record: Record, entry: Entry, person: PersonId) -> None:
    record.versions[proposals.proposal_of(entry)].append(entry)
    record.all_versions.append(entry)
    waiting.open_up(record, entry)
    change = proposals.changes(entry)
    if isinstance(change, Invite):
        record.inviting.append(entry)
        _give(record, entry.id, Given(entry, person, "agree"))
    if isinstance(change, Release | SetCharter):
        record.changing.append(entry)
