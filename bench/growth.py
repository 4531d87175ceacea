"""How costs grow: of deciding, with the members; of the whole, with the events.

A cost that grows with the power 1 of something is in proportion to it. The powers are fitted to
the points, so the sentences about the curves say what was found and not what was hoped for.
"""

from __future__ import annotations

import math
from statistics import linear_regression, median
from typing import TYPE_CHECKING

import msgspec

from bench.figure import Figure, at_most, number, seconds
from bench.fresh import fresh
from bench.histories import Recipe, check_judged, history
from bench.load import start
from bench.machine import scratch
from goround.replay import Replay
from goround.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.histories import History

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000)
MEMBERS = tuple(range(3, 13))
LONG = 100_000
EVENTS_PER_SIZE = 4_000
REPETITIONS = 3
QUICK = {"sizes": (150, 300), "members": (3, 4), "events": 150, "repetitions": 1}

Curve = list[tuple[float, float]]


class Deciding(msgspec.Struct, frozen=True):
    """What deciding took among so many members."""

    members: int
    seconds: float
    events: int
    decisions: int

    @property
    def per_decision(self) -> float:
        return 1000 * self.seconds / self.decisions

    @property
    def events_per_decision(self) -> float:
        return self.events / self.decisions


def measure(
    sizes: Sequence[int] = SIZES,
    members: Sequence[int] = MEMBERS,
    events: int = EVENTS_PER_SIZE,
    repetitions: int = REPETITIONS,
) -> list[Figure]:
    return [_by_members(members, events, repetitions), _by_events(sizes, repetitions)]


def power(curve: Curve) -> float:
    """Fit y = c * x ** power to a curve."""
    across, up = [math.log(x) for x, _ in curve], [math.log(y) for _, y in curve]
    return linear_regression(across, up).slope


# Members.


def _by_members(members: Sequence[int], events: int, repetitions: int) -> Figure:
    found = [_median(count, events, repetitions) for count in members]
    curve = [(float(one.members), one.per_decision) for one in found]
    least, most = found[0], found[-1]
    of_events = power([(one.members, one.events_per_decision) for one in found])
    of_each = power([(one.members, one.seconds / one.events) for one in found])
    ratio = most.per_decision / least.per_decision
    target = at_most((most.members / least.members) ** 2, unit="times, the square of the growth")
    return Figure(
        name="growth.members",
        value=most.per_decision,
        unit="ms",
        floor=least.per_decision,
        ratio=ratio,
        target=str(target),
        met=target.met_by(ratio),
        sentence=(
            f"A decision among {most.members} members costs {number(most.per_decision)} ms to "
            f"judge, among {least.members} {number(least.per_decision)} ms: it takes as many "
            f"events as the members to the power of {of_events:.1f} "
            f"({least.events_per_decision:.0f} and {most.events_per_decision:.0f}), and "
            f"judging each grows with the power of {of_each:.1f}."
        ),
        curve=curve,
        axes=("members", "ms to judge a decision with all that was said about it"),
    )


def _median(members: int, events: int, repetitions: int) -> Deciding:
    recipe = Recipe(events, members=members, second_devices=0, come_and_go=False)
    made = history(recipe)
    found = [fresh(judging, made, members) for _ in range(repetitions)]
    took = median(one.seconds for one in found)
    return Deciding(members, took, found[0].events, found[0].decisions)


def judging(made: History, members: int) -> Deciding:
    """Judge a history from where all had come together, and count what was decided there."""
    with Store.open(made.file) as store:
        events = [event for _, event in store.since()]
    kinds = [event.header.act["type"] for event in events]
    begin = kinds.index("propose", len(kinds) - kinds[::-1].index("accept"))
    replay = Replay.of(made.collective)
    replay.add_all(events[:begin])
    before = len(replay.record.completions)
    took = seconds(lambda: replay.add_all(events[begin:]))
    check_judged(replay)
    return Deciding(members, took, len(events) - begin, len(replay.record.completions) - before)


# Events.


def _by_events(sizes: Sequence[int], repetitions: int) -> Figure:
    made = history(Recipe(sizes[-1]))
    with scratch() as folder:
        curve = [(float(size), _load(made, size, repetitions, folder)) for size in sizes]
    (few, quick), (many, slow) = curve[0], curve[-1]
    each, last = 1e6 * quick / few, 1e6 * slow / many
    target = at_most(2, unit="times the cost of an event among few")
    return Figure(
        name="growth.events",
        value=last,
        unit="µs",
        floor=each,
        ratio=last / each,
        target=str(target),
        met=target.met_by(last / each),
        sentence=(
            f"Loading {many:,.0f} events takes {number(slow)} s, {number(last)} µs for each, and "
            f"{few:,.0f} events {number(each)} µs for each: the whole grows with the events to the "
            f"power of {power(curve):.2f}, {_in_words(power(curve))}."
        ),
        curve=curve,
        axes=("events", "s until they can be drawn from"),
    )


def _load(made: History, size: int, repetitions: int, folder: Path) -> float:
    """Load the beginning of a history; a long one once, since it is long."""
    homes = [
        made.beginning(size, folder / f"{size}-{number}")
        for number in range(repetitions if size < LONG else 1)
    ]
    return median(fresh(start, home.path, made.collective) for home in homes)


def _in_words(exponent: float) -> str:
    """Say what a power means for whoever waits."""
    if exponent < 1:
        return "less than in proportion, since starting has a price of its own"
    if exponent < 1.1:
        return "in proportion: what lies behind an event hardly matters to it"
    if exponent < 1.4:
        return "somewhat more than in proportion: an event costs more where more lies behind it"
    return "far more than in proportion: each event looks at what lies behind it"
