"""A hundred replicas of one collective, each of which syncs with three others: what a write costs.

Each is a home with a file of its own, and they hold the real conversation; who is called when is
reckoned as in a node (sync/calling.py), with a clock that this module moves. Counted are exchanges
that a replica began or answered, and the bytes of the messages in them, until all are equal and
nobody calls anybody because of the write any more.
"""

from __future__ import annotations

from random import Random
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from bench.figure import Figure, at_most, spread
from bench.histories import Recipe, history
from bench.machine import scratch
from goround.collective.proposals import Propose
from goround.log.vector import digest
from goround.node.exchange import Pulling
from goround.node.home import Home
from goround.sync import calling
from goround.sync.session import answer, converse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.histories import History
    from goround.node.replica import Replica
    from goround.sync.calling import Line

NEIGHBOURS = 3
EVENTS = 300
NUMBERS = (10, 20, 50, 100)
QUICK = {"numbers": (4, 10), "events": 100}
EXCHANGES = at_most(6)
GROWTH = at_most(1.2)
TICK, QUIET = 0.25, calling.EVERY / 2
"""Seconds: how often a node looks; and how long nothing happens before all is told."""


class Spread(NamedTuple):
    """What a write cost among so many: exchanges of each replica, and bytes of each."""

    number: int
    exchanges: list[int]
    sizes: list[int]


class Among:
    """So many replicas, and who syncs with whom."""

    def __init__(self, replicas: Sequence[Replica], chance: Random) -> None:
        self.replicas, self.chance, self.now = replicas, chance, 0.0
        whom = ring_of_three(len(replicas), chance)
        self.lines = [self._all_told(at, near) for at, near in enumerate(whom)]
        self.exchanges = [0] * len(replicas)
        self.sizes = [0] * len(replicas)

    def _all_told(self, me: int, near: Sequence[int]) -> dict[int, Line]:
        """Begin as after a calm while: each has everything that the others have."""
        row = self.replicas[me].newest
        return {
            one: calling.reached(row, self.now, self.chance.random(), NEIGHBOURS) for one in near
        }

    def settle(self) -> None:
        """Move the clock until nobody called anybody for a while."""
        last = self.now
        while self.now < last + QUIET:
            self.now += TICK
            for me in self._in_any_order():
                if self._look(me):
                    last = self.now

    def _in_any_order(self) -> list[int]:
        return self.chance.sample(range(len(self.replicas)), len(self.replicas))

    def _look(self, me: int) -> bool:
        """Call whom a node would call now."""
        lines, row = self.lines[me], self.replicas[me].newest
        for other, line in lines.items():
            lines[other] = calling.written(line, row, self.now, self.chance.random())
        due = calling.due(lines, self.now)
        for other in due:
            self._exchange(me, other)
            row = self.replicas[me].newest
            lines[other] = calling.reached(row, self.now, self.chance.random(), NEIGHBOURS)
        return bool(due)

    def _exchange(self, me: int, other: int) -> None:
        conversation = converse(Pulling(self.replicas[me]))
        request, size = next(conversation), 0
        while True:
            answered = answer(self.replicas[other], request)
            size += len(request) + len(answered)
            try:
                request = conversation.send(answered)
            except StopIteration:
                break
        for one in (me, other):
            self.exchanges[one] += 1
            self.sizes[one] += size


def ring_of_three(number: int, chance: Random) -> list[list[int]]:
    """Let each have three others, who have it too: a round, and somebody across at random."""
    order = chance.sample(range(number), number)
    near: list[list[int]] = [[] for _ in order]
    pairs = [(order[at], order[at - 1]) for at in range(number)]
    across = chance.sample(range(number), number)
    pairs += list(zip(across[::2], across[1::2], strict=False))
    for one, two in pairs:
        if two not in near[one] and one != two:
            near[one].append(two)
            near[two].append(one)
    return near


def measure(numbers: Sequence[int] = NUMBERS, events: int = EVENTS) -> list[Figure]:
    made = history(Recipe(events))
    found = []
    for number in numbers:
        with scratch() as folder:
            found.append(_write_among(made, folder, number))
    return [_exchanges(found[-1]), _bytes(found)]


def _write_among(made: History, folder: Path, number: int) -> Spread:
    writer = made.copy(folder / "0").replica(made.collective)
    writer.tend()
    events, homes = list(writer.everything()), [Home(folder / str(at)) for at in range(1, number)]
    replicas = [writer, *(home.new_replica(made.collective, events) for home in homes)]
    among = Among(replicas, Random(number))
    writer.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More rye."})
    among.settle()
    assert len({digest(replica.graph.vector()) for replica in replicas}) == 1, "all are equal"
    for replica in replicas:
        replica.close()
    return Spread(number, among.exchanges, among.sizes)


def _exchanges(found: Spread) -> Figure:
    most = max(found.exchanges)
    return Figure(
        name="replicas.exchanges",
        value=most,
        unit="exchanges",
        floor=None,
        ratio=None,
        target=f"{EXCHANGES} for each replica",
        met=EXCHANGES.met_by(most),
        sentence=(
            f"After a write on one of {found.number} replicas, each of which syncs with three"
            f" others, all are equal; each began or answered {most} exchanges at most, and"
            f" {mean(found.exchanges):.1f} on the average."
        ),
        spread=spread([float(one) for one in found.exchanges]),
    )


def _bytes(found: Sequence[Spread]) -> Figure:
    few, many = found[0], found[-1]
    ratio = mean(many.sizes) / mean(few.sizes)
    return Figure(
        name="replicas.bytes",
        value=round(mean(many.sizes)),
        unit="bytes",
        floor=round(mean(few.sizes)),
        ratio=ratio,
        target=f"{GROWTH} times those among {few.number}",
        met=GROWTH.met_by(ratio),
        sentence=(
            f"The messages of a replica have {mean(many.sizes):,.0f} bytes on the average among"
            f" {many.number}, and {mean(few.sizes):,.0f} among {few.number}, whoever sent them."
        ),
        curve=[(float(one.number), mean(one.sizes)) for one in found],
        axes=("replicas", "bytes of each after a write"),
    )
