"""How long it takes from starting the process to the first page, beside a bare page.

The page is the one that anybody gets at the node's address before they have a collective; the bare
one has as many bytes. Both processes are started with the same interpreter, with what was compiled
before, and asked as soon as they have said where they answer.
"""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

from bench.asking import Asking
from bench.bare_page import SESSION
from bench.figure import Figure, at_most, spread
from bench.machine import scratch
from bench.served import node, serving

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bench.served import Served

CORES = 1
REPETITIONS = 9
QUICK = {"repetitions": 1}
TARGET = at_most(3)
OK = 200


def measure(repetitions: int = REPETITIONS) -> list[Figure]:
    with scratch() as folder:
        size = _first_page(node(folder))[1]
        ours, bare = [], []
        for _ in range(repetitions):
            bare.append(_first_page(serving("bench.bare_page", str(size)))[0])
            ours.append(_first_page(node(folder))[0])
    value, floor = median(ours), median(bare)
    ratio = round(value / floor, 2)
    return [
        Figure(
            name="start.page",
            value=round(value, 3),
            unit="s",
            floor=round(floor, 3),
            ratio=ratio,
            target=f"{TARGET} times a bare page",
            met=TARGET.met_by(ratio),
            sentence=(
                f"From starting a node to its first page it takes {value:.2f} s, {ratio:.1f} times"
                f" the {floor:.2f} s of a bare page."
            ),
            spread=spread([round(v, 3) for v in ours]),
        )
    ]


def _first_page(begun: AbstractContextManager[Served]) -> tuple[float, int]:
    """Return the seconds until the first page, and its bytes."""
    began = time.perf_counter()
    with begun as served, Asking(served) as asking:
        answer = asking.get("/", {"Cookie": f"session={SESSION}"})
        took = time.perf_counter() - began
    assert answer.status == OK, answer
    return took, len(answer.body)
