"""What a replay came to know, written down so that the next start need not judge it all again.

Judging looks at each event once; a checkpoint keeps the verdicts, and what questions are answered
from, in columns: one list per field, events by their number in the order of arrival. It holds no
words and no signatures. Nothing in it is ever believed about events that are not in the file it was
made from, and whoever loses it judges everything anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goround.collective.charter import Value
from goround.collective.entry import PersonId
from goround.ids import CollectiveId, DeviceId, EpochId, EventId, MemberId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goround.collective.entry import Entry
    from goround.collective.epoch import Epoch
    from goround.collective.outlook import Horizon
    from goround.log.past import Spot
    from goround.replay import Replay

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
    seen: list[tuple[int, ...] | None]
    """None where an event has seen what the one before in its column has."""
    at: list[int]
    flags: list[int]
    facts: list[msgspec.Raw]
    """Some at a time are read by themselves, so that what they name is let go before the next."""
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


WORDS, PROVED = 1, 2
AT_ONCE = 500


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
            seen=list(_seen(spots)),
            at=[entry.at for entry in entries],
            flags=[WORDS * entry.words + PROVED * entry.proved for entry in entries],
            facts=[_facts(entries[at : at + AT_ONCE]) for at in range(0, len(entries), AT_ONCE)],
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


def _facts(entries: Iterable[Entry]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode([entry.fact for entry in entries]))


def _seen(spots: Iterable[Spot]) -> Iterator[tuple[int, ...] | None]:
    last: dict[int, tuple[int, ...]] = {}
    for spot in spots:
        yield None if last.get(spot.column) == spot.seen else spot.seen
        last[spot.column] = spot.seen


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
