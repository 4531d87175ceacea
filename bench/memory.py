"""How much memory a node holds: idle, with a collective of years open, and while it is used.

What is told is the resident memory of the process, as the system has it. The floor is what bare
Starlette and Jinja hold, after one page.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.asking import Asking
from bench.bare_page import SESSION
from bench.figure import Figure, at_most, spread
from bench.histories import Recipe, history
from bench.machine import scratch
from bench.pages import Reader
from bench.served import node, serving

if TYPE_CHECKING:
    from pathlib import Path

    from bench.figure import Target
    from bench.histories import History

CORES = 2
EVENTS = 100_000
REPETITIONS = 3
QUICK = {"events": 300, "repetitions": 1}
IDLE, OPEN = at_most(60, unit="MiB"), at_most(250, unit="MiB")
BARE_BYTES = 20_000
PAGES = ("/", "/proposals", "/agreements", "/tasks", "/members", "/history")


class Held(NamedTuple):
    """MiB of one repetition."""

    bare: float
    idle: float
    opened: float
    used: float


def measure(events: int = EVENTS, repetitions: int = REPETITIONS) -> list[Figure]:
    made = history(Recipe(events))
    with scratch() as folder:
        home = made.copy(folder / "home")
        found = [_once(home.path, made) for _ in range(repetitions)]
    bare = median(held.bare for held in found)
    return [
        _figure("memory.idle", [held.idle for held in found], bare, IDLE, "A node that is idle"),
        _figure(
            "memory.open",
            [held.opened for held in found],
            bare,
            OPEN,
            f"A node with a collective of {events:,} events open",
        ),
        _figure(
            "memory.used",
            [held.used for held in found],
            bare,
            OPEN,
            "The same, after each of its members has looked at each of its pages",
        ),
    ]


def _once(home: Path, made: History) -> Held:
    with serving("bench.bare_page", str(BARE_BYTES)) as served, Asking(served) as asking:
        asking.get("/", {"Cookie": f"session={SESSION}"})
        bare = served.resident
    with node(home) as served:
        with Asking(served) as asking:
            asking.get("/healthz")
        idle = served.resident
        readers = [Reader(served, made, made.keys[0], 0)]
        readers[0].page("/")
        opened = served.resident
        readers += [Reader(served, made, key, n) for n, key in enumerate(made.keys[1:4], 1)]
        for reader in readers:
            for path in PAGES:
                reader.page(path)
        return Held(bare, idle, opened, served.resident)


def _figure(name: str, values: list[float], bare: float, target: Target, what: str) -> Figure:
    value = median(values)
    return Figure(
        name=name,
        value=round(value, 1),
        unit="MiB",
        floor=round(bare, 1),
        ratio=round(value / bare, 2),
        target=str(target),
        met=target.met_by(value),
        sentence=f"{what} holds {value:.0f} MiB; bare Starlette and Jinja hold {bare:.0f} MiB.",
        spread=spread([round(v, 1) for v in values]),
    )
