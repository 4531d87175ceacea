"""What an event costs that arrives late: 1,000 and 50,000 events back, when all else is here.

It is what a phone says that was off since then: it follows the phone's last event and has seen what
there was at that time. Everything else is judged already; the time is from the arrival until the
state is right again, durably stored and ready to be drawn, beside that of an event that is prompt.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import msgspec

from bench.figure import Figure, at_most, number, seconds, spread
from bench.fresh import fresh
from bench.histories import Recipe, history
from bench.machine import scratch
from goround.collective.positions import Position
from goround.collective.proposals import Propose
from goround.log.event import Place, sign_event
from goround.wire import act_of

if TYPE_CHECKING:
    from pathlib import Path

    from bench.histories import History
    from goround.ids import EventId
    from goround.log.event import Event
    from goround.log.keys import DeviceKey
    from goround.node.replica import Replica

EVENTS = 100_000
REPETITIONS = 3
QUICK = {"events": 400, "repetitions": 1}
AT_ONCE = 100
"""Milliseconds below which people see no delay."""

NEWEST = 200
"""Among so many of the newest proposals that a phone knows one is open for it."""


class Times(msgspec.Struct, frozen=True):
    """Milliseconds until the state is right again, by how late an event was; 0 is prompt."""

    back: list[int]
    took: list[float]


def measure(events: int = EVENTS, repetitions: int = REPETITIONS) -> list[Figure]:
    made = history(Recipe(events))
    with scratch() as folder:
        times = [
            fresh(arrivals, made, events, folder / str(number)) for number in range(repetitions)
        ]
    return [_figure(times, place) for place in (2, 1)]


def arrivals(made: History, events: int, folder: Path) -> Times:
    """Let a prompt event arrive, one that is a little late, and one that is very late."""
    replica = made.copy(folder).replica(made.collective)
    order = list(replica.graph)
    warm, prompt = (_answer(replica, key, order) for key in made.keys[1:3])
    back = [events // 100, events // 2]
    late = [
        _answer(replica, key, order[: events - rows])
        for key, rows in zip(made.silent[::-1], back, strict=True)
    ]
    _time(replica, warm)  # the first of all pays for what the others find ready
    took = [_time(replica, event) for event in (prompt, *late)]
    replica.close()
    return Times([0, *back], took)


def _answer(replica: Replica, key: DeviceKey, known: list[EventId]) -> Event:
    """Sign an answer of a device that knows only the beginning of what is here."""
    graph, collective = replica.graph, replica.collective
    newest = {graph[name].device: name for name in known}
    last = graph.heads_of(key.public)[0]
    before = graph.past(last)
    tips = sorted(name for device, name in newest.items() if device != key.public)
    seen = tuple(name for name in tips if name not in before)
    lamport = 1 + max(graph[name].lamport for name in (last, *seen))
    place = Place(graph[last].seq + 1, last, seen, lamport)
    past = graph.union([last, *seen])
    versions = [one.id for one in replica.replay.record.by_kind[Propose] if one.id in past]
    for version in versions[: -NEWEST - 1 : -1]:
        act = act_of(Position(version, "agree"))
        event = sign_event(key, collective=collective, place=place, at=1, act=act)
        if replica.replay.why_refused(event) is None:
            return event
    raise AssertionError("Nothing was open for a device that comes late.")


def _time(replica: Replica, event: Event) -> float:
    took = seconds(lambda: (replica.receive([event]), replica.view()))
    assert replica.replay.void(event.id) is None
    return 1000 * took


def _figure(times: list[Times], place: int) -> Figure:
    took = [one.took[place] for one in times]
    late, prompt = median(took), median(one.took[0] for one in times)
    back, target = times[0].back[place], at_most(AT_ONCE, unit="ms")
    return Figure(
        name=f"late.{back}",
        value=late,
        unit="ms",
        floor=prompt,
        ratio=late / prompt,
        target=str(target),
        met=target.met_by(late),
        sentence=(
            f"After an event placed {back:,} events back the state is right again in "
            f"{number(late)} ms, after a prompt one in {number(prompt)} ms."
        ),
        spread=spread(took),
    )
