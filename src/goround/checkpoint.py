"""What a replay came to know, written down so that the next start need not judge it all again.

Judging looks at each event once; a checkpoint keeps the verdicts, and what questions are answered
from, in columns: one list per field, events by their number in the order of arrival. It holds no
words and no signatures. Nothing in it is ever believed about events that are not in the file it was
made from, and whoever loses it judges everything anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from goround.collective.charter import Charter, Value
from goround.collective.constitution import Nominate, Seal
from goround.collective.effects import Invite, Release, SetCharter
from goround.collective.entry import Entry, Malformed, PersonId, Unknown
from goround.collective.epoch import Epoch
from goround.collective.kinds import KnownFact
from goround.collective.outlook import Behind, Horizon, Outlook
from goround.collective.proposals import Propose, Version, changes, proposal_of
from goround.collective.reasons import Reason
from goround.collective.record import Completion, Given, Record
from goround.ids import CollectiveId, DeviceId, EpochId, EventId, MemberId
from goround.log.graph import Graph
from goround.log.past import Columns, Spot
from goround.replay import Replay, name_epoch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Number = int
"""Which event, in the order of arrival."""


class Branch(msgspec.Struct, array_like=True, gc=False):
    """A column of the graph: one branch of a device's chain."""

    device: DeviceId
    start: int
    parent: int | None


class Era(msgspec.Struct, array_like=True):
    """An epoch, without what its predecessor says."""

    id: EpochId
    predecessor: EpochId | None
    change: EventId
    members: list[tuple[PersonId, MemberId]]
    charter: dict[str, Value]
    charter_id: EventId
    used_keys: list[str]


class Sight(msgspec.Struct, array_like=True):
    """How far a device could see: see `Horizon`."""

    device: DeviceId
    head: Number
    person: PersonId | None
    epoch: EpochId
    looked: int
    missing: list[Number]
    free: bool
    reached: int
    behind: list[tuple[Number, list[Number]]]
    known: int
    present: list[PersonId] | None


class Checkpoint(msgspec.Struct, array_like=True):
    """Everything, in columns; the first ones have a value for each event."""

    collective: CollectiveId
    ids: list[EventId]
    column: list[int]
    seq: list[int]
    lamport: list[int]
    seen: list[tuple[int, ...]]
    at: list[int]
    flags: list[int]
    facts: list[KnownFact | Unknown | Malformed]
    person: list[int]
    epoch: list[int]
    branches: list[Branch]
    frontier: list[EventId]
    people: list[PersonId | None]
    names: list[EpochId]
    void: dict[Number, str]
    eras: list[Era]
    given: list[tuple[Number, Number, PersonId, str]]
    completed: list[tuple[Number, Number, EpochId, list[PersonId], list[PersonId]]]
    forked: list[DeviceId]
    way: EpochId | None
    upheavals: list[Number]
    touches: list[Number]
    touched: list[Number]
    stirred: list[Number]
    undecided: list[Number]
    anyway: list[Number]
    examined: list[EpochId]
    several_ways: bool
    least: list[PersonId] | None
    sights: list[Sight]


_WORDS, _PROVED = 1, 2
_REASONS = {reason.value: reason for reason in Reason}
_DECODER = msgspec.msgpack.Decoder(Checkpoint)


# --------------------------------------------------------------------------------------- writing


def freeze(replay: Replay) -> bytes:
    """Write down what a replay knows."""
    graph, record, outlook = replay.graph, replay.record, replay.record.outlook
    entries = list(record.entries.values())
    number = {entry.id: place for place, entry in enumerate(entries)}
    spots = [graph[entry.id] for entry in entries]
    people = {person: n for n, person in enumerate(dict.fromkeys(record.persons.values()))}
    names = {name: n for n, name in enumerate(dict.fromkeys(record.epoch_of.values()))}
    touched = sorted((t, p) for p, found in outlook.touching.items() for t in found)
    undecided = [name for bucket in outlook.undecided.values() for name in bucket]
    return msgspec.msgpack.encode(
        Checkpoint(
            collective=replay.collective,
            ids=[entry.id for entry in entries],
            column=[spot.column for spot in spots],
            seq=[spot.seq for spot in spots],
            lamport=[spot.lamport for spot in spots],
            seen=[spot.seen for spot in spots],
            at=[entry.at for entry in entries],
            flags=[_WORDS * entry.words + _PROVED * entry.proved for entry in entries],
            facts=[entry.fact for entry in entries],  # type: ignore[misc]
            person=[people[record.persons[entry.id]] for entry in entries],
            epoch=[names[record.epoch_of[entry.id]] for entry in entries],
            branches=[Branch(c.device, c.start, c.parent) for c in graph.columns.every],
            frontier=graph.frontier(),
            people=list(people),
            names=list(names),
            void={number[name]: reason.value for name, reason in record.void.items()},
            eras=[_era(epoch) for epoch in record.epochs.values()],
            given=[
                (number[version], number[word.entry.id], word.person, word.stance)
                for version, words in record.given.items()
                for word in words
            ],
            completed=[
                (number[c.version], number[c.event], c.epoch, sorted(c.missed), sorted(c.passed))
                for c in record.completed
            ],
            forked=record.forked,
            way=replay.way,
            upheavals=[number[name] for name in outlook.upheavals],
            touches=[number[name] for name in outlook.touches],
            touched=[number[proposal] for _, proposal in touched],
            stirred=[number[version.id] for version in outlook.stirred],
            undecided=[number[name] for name in undecided],
            anyway=[number[name] for name in outlook.anyway],
            examined=list(outlook.examined),
            several_ways=outlook.several_ways,
            least=None if outlook.least is None else sorted(outlook.least),
            sights=[_sight(device, h, number) for device, h in outlook.horizons.items()],
        )
    )


def _era(epoch: Epoch) -> Era:
    return Era(
        epoch.id,
        epoch.predecessor.id if epoch.predecessor else None,
        epoch.change,
        list(epoch.members.items()),
        dict(epoch.charter.rules),
        epoch.charter_id,
        sorted(epoch.used_keys),
    )


def _sight(device: DeviceId, horizon: Horizon, number: dict[EventId, Number]) -> Sight:
    behind = [
        (number[name], [number[event] for event in found.unknown])
        for name, found in horizon.behind.items()
    ]
    return Sight(
        device,
        number[horizon.head],
        horizon.person,
        horizon.epoch.id,
        horizon.looked,
        [number[name] for name in horizon.missing],
        horizon.free,
        horizon.reached,
        behind,
        horizon.known,
        None if horizon.present is None else sorted(horizon.present),
    )


# --------------------------------------------------------------------------------------- reading


def thaw(written: bytes) -> Replay:
    """Read what a replay knew, without anybody's words; raises ValueError for anything else."""
    try:
        kept = _DECODER.decode(written)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from None
    graph = _graph(kept)
    record = Record(graph, name_epoch)
    replay = Replay(graph, record, way=kept.way)
    replay.arrived.extend(kept.ids)
    _epochs(kept, record)
    entries = _entries(kept, graph, record)
    _words(kept, record, entries)
    _decisions(kept, record, entries)
    record.forked = kept.forked
    record.outlook = _outlook(kept, record, entries)
    return replay


def _graph(kept: Checkpoint) -> Graph:
    columns = Columns([], {})
    for branch in kept.branches:
        columns.open(branch.device, branch.start, branch.parent)
    every, spots = columns.every, {}
    for name, column, seq, lamport, seen in zip(
        kept.ids, kept.column, kept.seq, kept.lamport, kept.seen, strict=True
    ):
        own = every[column]
        own.ids.append(name)
        spots[name] = Spot(own.device, column, seq, lamport, seen)
    return Graph.restored(kept.collective, spots, columns, set(kept.frontier))


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


def _entries(kept: Checkpoint, graph: Graph, record: Record) -> list[Entry]:
    """Make the entries, and put each where questions find it."""
    people, names, void = kept.people, kept.names, kept.void
    entries: list[Entry] = []
    rows = zip(kept.ids, kept.at, kept.flags, kept.facts, kept.person, kept.epoch, strict=True)
    for number, (name, at, flags, fact, who, where) in enumerate(rows):
        spot, person = graph[name], people[who]
        prev = graph.columns.before(spot) if spot.seq else EventId("")
        words, proved = bool(flags & _WORDS), bool(flags & _PROVED)
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
    for version, word, person, stance in kept.given:
        record.given[entries[version].id].append(Given(entries[word], person, stance))
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
    for version, event, epoch, missed, passed in kept.completed:
        name = entries[version].id
        completion = Completion(
            name, entries[event].id, epoch, frozenset(missed), frozenset(passed)
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


def _names(entries: Sequence[Entry], numbers: Iterable[Number]) -> list[EventId]:
    return [entries[number].id for number in numbers]


def _horizon(sight: Sight, record: Record, entries: Sequence[Entry]) -> Horizon:
    behind = {
        entries[number].id: Behind(entries[number], tuple(_names(entries, unknown)))
        for number, unknown in sight.behind
    }
    shared: dict[object, Any] = {}
    return Horizon(
        head=entries[sight.head].id,
        person=sight.person,
        epoch=record.epochs[sight.epoch],
        looked=sight.looked,
        missing=tuple(_names(entries, sight.missing)),
        free=sight.free,
        shared=shared,
        reached=sight.reached,
        behind=behind,
        known=sight.known,
        present=None if sight.present is None else frozenset(sight.present),
    )
