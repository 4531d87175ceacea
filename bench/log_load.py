"""How long it takes to load a history, beside checking it signature by signature.

Both are measured in the same run over the same events, so the ratio means the same on every
machine. Prints one line; exits 1 below the floor.
"""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING

from goround.ids import CollectiveId
from goround.log.event import FOUNDING, open_event, sign_event
from goround.log.graph import Graph
from goround.log.history import check_every, check_history
from goround.log.keys import DeviceKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from goround.log.event import Event

DEVICES = 8
FLOOR = 2.0


def history(count: int, seed: int = 1) -> list[Event]:
    """Make a history in which each event is by a device drawn at random that has seen the rest."""
    chance = random.Random(seed)
    keys = [DeviceKey.from_seed(bytes([number]) * 32) for number in range(DEVICES)]
    act: dict[str, object] = {"type": "found", "rules": 1}
    events = [sign_event(keys[0], collective=CollectiveId(""), place=FOUNDING, at=0, act=act)]
    graph = Graph(events[0].collective)
    graph.add(events[0])
    for at in range(1, count):
        key = chance.choice(keys)
        act = {"type": "position", "version": events[0].id, "stance": "agree"}
        place = graph.next_place(key.public)
        event = sign_event(key, collective=graph.collective, place=place, at=at, act=act)
        graph.add(event)
        events.append(event)
    return events


def load(stored: list[tuple[bytes, bytes]]) -> tuple[list[Event], Graph]:
    """Read, hash, check and link everything, as a node does when it starts."""
    events = [open_event(raw, signature) for raw, signature in stored]
    check_history(events)
    graph = Graph(events[0].collective)
    for event in events:
        graph.add(event)
    return events, graph


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main(count: int = 100_000) -> int:
    stored = [(event.raw, event.signature) for event in history(count)]
    loading = seconds(lambda: load(stored))
    events, graph = load(stored)
    asking = seconds(lambda: [(graph.past(e.id), graph.before(e.id)) for e in events])
    some = events[:: max(1, len(events) // 5000)]
    every = seconds(lambda: check_every(some)) * len(events) / len(some)
    ratio = every / loading
    print(
        f"log_load: {count} events of {DEVICES} devices in {loading:.2f} s, "
        f"both pasts of each in {asking:.2f} s, every signature {every:.2f} s, "
        f"ratio {ratio:.1f} (floor {FLOOR})"
    )
    return 0 if ratio >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
