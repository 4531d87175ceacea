"""Reading a checkpoint: a replay as it was, without anybody's words.

What can be found again from the entries is not in the checkpoint and is put in its place here.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, TypeVar

import msgspec

from goround.checkpoint import PROVED, WORDS, Checkpoint
from goround.collective.charter import Charter
from goround.collective.constitution import Nominate, Seal
from goround.collective.effects import Invite, Release, SetCharter
from goround.collective.entry import Entry, Malformed, Unknown
from goround.collective.epoch import Epoch
from goround.collective.kinds import KnownFact
from goround.collective.outlook import Behind, Horizon, Outlook
from goround.collective.proposals import Propose, Version, changes, proposal_of
from goround.collective.reasons import Reason
from goround.collective.record import Completion, Given, Record
from goround.ids import EventId
from goround.log.graph import Graph
from goround.log.past import Columns, Spot
from goround.replay import Replay, name_epoch
from goround.sharing import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goround.checkpoint import Number, Sight

Name = TypeVar("Name", bound=str)
_REASONS = {reason.value: reason for reason in Reason}
_DECODER = msgspec.msgpack.Decoder(Checkpoint)
_FACTS = msgspec.msgpack.Decoder(list[KnownFact | Unknown | Malformed])


def thaw(written: bytes) -> Replay:
    """Read what a replay knew, without anybody's words; raises ValueError for anything else."""
    try:
        kept = _DECODER.decode(written)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from None
    spots, columns = _spots(kept)
    graph = Graph.restored(kept.collective, spots, columns, set(kept.frontier))
    record = Record(graph, name_epoch)
    replay = Replay(graph, record, way=kept.way)
    replay.arrived.extend(kept.ids)
    _epochs(kept, record)
    entries = _entries(kept, spots, columns, record)
    _words(kept, record, entries)
    _decisions(kept, record, entries)
    record.forked = kept.forked
    record.outlook = _outlook(kept, record, entries)
    return replay


def _spots(kept: Checkpoint) -> tuple[dict[EventId, Spot], Columns]:
    columns = Columns([], {})
    for branch in kept.branches:
        columns.open(branch.device, branch.start, branch.parent)
    every = columns.every
    spots: dict[EventId, Spot] = {}
    for name, column, seq, lamport, seen in zip(
        kept.ids, kept.column, kept.seq, kept.lamport, kept.seen, strict=True
    ):
        own = every[column]
        known = spots[own.ids[-1]].seen if seen is None else seen
        own.ids.append(name)
        spots[name] = Spot(own.device, column, seq, lamport, known)
    return spots, columns


def _epochs(kept: Checkpoint, record: Record) -> None:
    for era in kept.eras:
        before = record.epochs[era.predecessor] if era.predecessor else None
        members = dict(era.members)
        record.epochs[era.id] = Epoch(
            id=era.id,
            predecessor=before,
            change=era.change,
            chain=(before.chain if before else frozenset()) | {era.id},
            changes=(before.changes | {era.change}) if before else frozenset(),
            members=members,
            former=(before.former if before else frozenset()) | members.keys(),
            charter=Charter(era.charter),
            charter_id=era.charter_id,
            used_keys=frozenset(era.used_keys),
        )


def _entries(
    kept: Checkpoint, spots: dict[EventId, Spot], columns: Columns, record: Record
) -> list[Entry]:
    """Make the entries, and put each where questions find it."""
    people, names, void = kept.people, kept.names, kept.void
    entries: list[Entry] = []
    last: dict[int, EventId] = {}
    """The event before, in the same column: most often the one that this one follows."""
    facts = (fact for some in kept.facts for fact in _FACTS.decode(some))
    rows = zip(spots.items(), kept.at, kept.flags, facts, kept.person, kept.epoch, strict=True)
    for number, ((name, spot), at, flags, fact, who, where) in enumerate(rows):
        person = people[who]
        prev = last.get(spot.column) or columns.before(spot)
        last[spot.column] = name
        words, proved = bool(flags & WORDS), bool(flags & PROVED)
        share(record, fact)
        entry = Entry(name, spot.device, spot.seq, prev, spot.lamport, at, fact, words, proved)
        entries.append(entry)
        record.entries[name] = entry
        record.persons[name] = person
        record.epoch_of[name] = names[where]
        record.followed.setdefault(prev, name)
        if number in void or person is None:
            record.void[name] = _REASONS[void[number]]
            record.index_first(entry)
        else:
            record.index(entry, person)
    record.followed.pop(EventId(""), None)
    record.founding = record.entries.get(EventId(kept.eras[0].id)) if kept.eras else None
    return entries


def _words(kept: Checkpoint, record: Record, entries: Sequence[Entry]) -> None:
    people = _one_of_each(kept.people)
    for version, word, person, stance in kept.given:
        record.given[entries[version].id].append(
            Given(entries[word], people[person], intern(stance))
        )
    for entry in entries:
        if isinstance(entry.fact, Propose | Version) and entry.id not in record.void:
            _version(record, entry)
    for kind, found in ((Nominate, record.nominations), (Seal, record.seals)):
        for entry in record.by_kind.get(kind, ()):
            found[getattr(entry.fact, kind.about)].append(entry)


def _version(record: Record, entry: Entry) -> None:
    record.versions[proposal_of(entry)].append(entry)
    record.all_versions.append(entry)
    change = changes(entry)
    if isinstance(change, Invite):
        record.inviting.append(entry)
    if isinstance(change, Release | SetCharter):
        record.changing.append(entry)


def _decisions(kept: Checkpoint, record: Record, entries: Sequence[Entry]) -> None:
    people, names = _one_of_each(kept.people), _one_of_each(kept.names)
    for version, event, epoch, missed, passed in kept.completed:
        name = entries[version].id
        completion = Completion(
            version=name,
            event=entries[event].id,
            epoch=names[epoch],
            missed=frozenset(people[person] for person in missed),
            passed=frozenset(people[person] for person in passed),
        )
        record.completions[name].append(completion)
        record.completed.append(completion)


def _outlook(kept: Checkpoint, record: Record, entries: Sequence[Entry]) -> Outlook:
    outlook = Outlook(
        upheavals=_names(entries, kept.upheavals),
        touches=_names(entries, kept.touches),
        stirred=[entries[number] for number in kept.stirred],
        anyway=set(_names(entries, kept.anyway)),
        examined={name: record.epochs[name] for name in kept.examined},
        several_ways=kept.several_ways,
        least=None if kept.least is None else frozenset(kept.least),
    )
    for touch, proposal in enumerate(kept.touched):
        outlook.touching[entries[proposal].id].append(touch)
    for version in record.all_versions:
        said = record.given.get(version.id, ())
        outlook.spoken[version.id] = frozenset(word.person for word in said)
    for number in kept.undecided:
        version = entries[number]
        outlook.undecided.setdefault(outlook.spoken[version.id], {})[version.id] = version
    for completion in record.completed:
        for person in completion.missed:
            outlook.missed_by[person].append(completion)
    for sight in kept.sights:
        outlook.horizons[sight.device] = _horizon(sight, record, entries)
    return outlook


def _one_of_each(names: Iterable[Name | None]) -> dict[Name, Name]:
    return {name: name for name in names if name}


def _names(entries: Sequence[Entry], numbers: Iterable[Number]) -> list[EventId]:
    return [entries[number].id for number in numbers]


def _horizon(sight: Sight, record: Record, entries: Sequence[Entry]) -> Horizon:
    behind = {
        entries[number].id: Behind(entries[number], tuple(_names(entries, unknown)))
        for number, unknown in sight.behind
    }
    return Horizon(
        head=entries[sight.head].id,
        person=sight.person,
        epoch=record.epochs[sight.epoch],
        looked=sight.looked,
        missing=tuple(_names(entries, sight.missing)),
        free=sight.free,
        reached=sight.reached,
        behind=behind,
        known=sight.known,
        present=None if sight.present is None else frozenset(sight.present),
    )
