"""Many collectives in one node: a thousand kept, of which ten are used.

Each is a small collective of its own. What is told is the memory that the node holds more than
when it was idle, the files that it has open more, and how long the first page of a collective takes
that nobody has asked for yet, beside the page of one that is open.
"""

from __future__ import annotations

import shutil
import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.asking import Asking
from bench.figure import Figure, at_most, spread
from bench.histories import Recipe, history
from bench.machine import scratch
from bench.memory import PAGES
from bench.pages import Reader
from bench.served import node
from goround.ids import CollectiveId, encode
from goround.node.home import Home

if TYPE_CHECKING:
    from pathlib import Path

    from bench.histories import History
    from bench.served import Served

CORES = 2
KEPT, USED, EVENTS = 1_000, 10, 300
QUICK = {"kept": 30, "used": 2, "events": 100}
MEMORY = at_most(2)
FILES = at_most(4)
COLD = at_most(0.5, unit="s")


class Held(NamedTuple):
    """What a process holds: MiB, and open files."""

    memory: float
    files: int

    @classmethod
    def by(cls, served: Served) -> Held:
        return cls(served.resident, served.files)


def measure(kept: int = KEPT, used: int = USED, events: int = EVENTS) -> list[Figure]:
    made = [history(Recipe(events, seed=seed)) for seed in range(1, 2 * used + 1)]
    with scratch() as folder:
        _keep(folder, made, kept)
        with node(folder) as served:
            with Asking(served) as asking:
                asking.get("/healthz")
            idle = Held.by(served)
            readers = [Reader(served, one, one.keys[0], n) for n, one in enumerate(made[:used])]
            warm = _warm(readers)
            busy = Held.by(served)
            cold = [_cold(served, one, used + n) for n, one in enumerate(made[used:])]
    return [
        _memory(kept, used, idle, busy),
        _files(kept, used, idle, busy),
        _page(kept, events, cold, warm),
    ]


def _keep(folder: Path, made: list[History], kept: int) -> None:
    """Fill a home: those that are asked for, and others that only lie there."""
    home = Home(folder)
    home.file(made[0].collective).parent.mkdir(parents=True)
    for one in made:
        shutil.copyfile(one.file, home.file(one.collective))
    for number in range(kept - len(made)):
        name = CollectiveId(encode(number.to_bytes(32)))
        shutil.copyfile(made[number % len(made)].file, home.file(name))


def _warm(readers: list[Reader]) -> float:
    """Let each use their collective for a while; return what a page takes then."""
    for reader in readers:
        for path in PAGES:
            reader.page(path)
    return median(reader.anew("/") for reader in readers)


def _cold(served: Served, one: History, number: int) -> float:
    """Return the seconds until somebody with a key sees the first page of a collective."""
    began = time.perf_counter()
    Reader(served, one, one.keys[0], number).page("/")
    return time.perf_counter() - began


def _memory(kept: int, used: int, idle: Held, busy: Held) -> Figure:
    ratio = round(busy.memory / idle.memory, 2)
    return Figure(
        name="many.memory",
        value=round(busy.memory, 1),
        unit="MiB",
        floor=round(idle.memory, 1),
        ratio=ratio,
        target=f"{MEMORY} times the idle node",
        met=MEMORY.met_by(ratio),
        sentence=(
            f"A node that keeps {kept:,} collectives, of which {used} are in use, holds"
            f" {busy.memory:.0f} MiB: {(busy.memory - idle.memory) / used:.1f} for each of them"
            f" beside the {idle.memory:.0f} MiB of the idle node."
        ),
    )


def _files(kept: int, used: int, idle: Held, busy: Held) -> Figure:
    each = (busy.files - idle.files - used) / used  # each reader's connection is one too
    return Figure(
        name="many.files",
        value=round(each, 1),
        unit="files",
        floor=None,
        ratio=None,
        target=f"{FILES} for each collective in use",
        met=FILES.met_by(each),
        sentence=(
            f"Of {kept:,} collectives it has files open of the {used} that are in use only:"
            f" {each:.0f} of each, beside {idle.files} of its own."
        ),
    )


def _page(kept: int, events: int, cold: list[float], warm: float) -> Figure:
    value = median(cold)
    return Figure(
        name="many.page",
        value=round(value, 3),
        unit="s",
        floor=round(warm, 4),
        ratio=round(value / warm, 1),
        target=str(COLD),
        met=COLD.met_by(value),
        sentence=(
            f"One of {kept:,} collectives that nobody has asked for yet, with {events} events, has"
            f" its first page {value:.2f} s after somebody came with their key; once it is open a"
            f" page takes {warm * 1000:.0f} ms."
        ),
        spread=spread([round(seconds, 3) for seconds in cold]),
    )
