"""A figure: one thing that `make bench` measured, and what it was held against.

Every module of bench/ that measures has a function `measure() -> list[Figure]`; `python -m bench`
finds it, runs it in a process of its own, and writes the report from what it returns. A figure is
held against a floor (what no program can do without) or a peer, taken in the same run on the same
machine, so its ratio means the same everywhere; seconds alone do not.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Figure(msgspec.Struct, frozen=True):
    """One row of bench/report; `sentence` says it in words, with its numbers put in by the run."""

    name: str
    """Words with dots from coarse to fine, such as `load.ratio` or `page.home.p50`."""

    value: float
    """The median over the repetitions, in `unit`."""

    unit: str
    floor: float | None
    """The same for the floor or peer, in the same unit; None where there is none."""

    ratio: float | None
    """What `target` speaks of where there is a floor."""

    target: str
    """In words, as `Target` prints it."""

    met: bool
    sentence: str
    spread: tuple[float, float] | None = None
    """The smallest and the largest `value` of the repetitions."""

    curve: list[tuple[float, float]] | None = None
    """Points (x, y), drawn in the report."""

    axes: tuple[str, str] = ("", "")
    """What x and y of the curve are."""


class Target(msgspec.Struct, frozen=True):
    """A bound, and perhaps what is aimed at beyond it."""

    bound: float
    most: bool
    aim: float | None = None
    unit: str = ""

    def __str__(self) -> str:
        words = (
            f"at {'most' if self.most else 'least'} {self.bound:g}{self.unit and ' '}{self.unit}"
        )
        return words if self.aim is None else f"{words}, aiming at {self.aim:g}"

    def met_by(self, value: float) -> bool:
        return value <= self.bound if self.most else value >= self.bound


def at_most(bound: float, aim: float | None = None, unit: str = "") -> Target:
    return Target(bound, most=True, aim=aim, unit=unit)


def at_least(bound: float, aim: float | None = None, unit: str = "") -> Target:
    return Target(bound, most=False, aim=aim, unit=unit)


def number(value: float) -> str:
    """Write a number for people, with about three digits that mean something."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}" if size >= 1 else f"{value:.2g}"


def seconds(job: Callable[[], object]) -> float:
    """Return how long the job took."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Return the smallest and the largest."""
    return min(values), max(values)


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that so many of a hundred do not exceed."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]
