"""Whom to call next: when a node asks which place whether it is equal, as plain reckoning with a
time and a chance that are handed in. A place is called soon after something was written here, now
and then besides, each at a moment of its own, and ever more rarely where nobody answers."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

BEGINS = 2.0
"""Seconds after its start in which a node has called every place for the first time."""
SOON = 0.5
"""Seconds, about, from a write to the call: what is written together goes together."""
EVERY = 60.0
"""Seconds, about, between two calls where nothing is written here."""
EACH = 1.0
"""Seconds that each place makes all wait longer, where there are very many."""
FIRST = 3.0
"""Seconds, about, after which a place that did not answer is called again; then ever longer."""
LONGEST = 15 * 60.0
"""Seconds after which it is called again at the latest."""
AT_ONCE = 4
"""Conversations of a node that go on at the same time, one at most with each place."""


class Line(NamedTuple):
    """How it stands with one place: when it is called, and up to which row of the file it has all.

    `misses` counts the calls in a row that came to nothing.
    """

    at: float
    row: int = -1
    misses: int = 0
    is_busy: bool = False


def begun(now: float, chance: float) -> Line:
    """Give a place that was just named its first call."""
    return Line(now + chance * BEGINS)


def found(now: float, chance: float) -> Line:
    """Call a place soon that was just found: the people there may sit at one table."""
    return Line(now + chance * SOON / 2)


def written(line: Line, row: int, now: float, chance: float) -> Line:
    """Call sooner where something was written that a place lacks; not where nobody answers."""
    if row <= line.row or line.misses:
        return line
    return line._replace(at=min(line.at, now + _about(SOON, chance)))


def called(line: Line) -> Line:
    """Note that a conversation goes on."""
    return line._replace(is_busy=True)


def reached(row: int, now: float, chance: float, places: int) -> Line:
    """Note that a place has everything up to a row; call it again after a while."""
    return Line(now + _about(max(EVERY, EACH * places), chance), row)


def missed(line: Line, now: float, chance: float) -> Line:
    """Note that it came to nothing; wait twice as long each time."""
    wait = min(LONGEST, FIRST * 2.0 ** min(line.misses, 30))
    return Line(now + _about(wait, chance), line.row, line.misses + 1)


Name = TypeVar("Name")


def due(lines: Mapping[Name, Line], now: float) -> list[Name]:
    """Choose whom to call now: who waits longest first, and no more than may go on at once."""
    free = AT_ONCE - sum(line.is_busy for line in lines.values())
    ready = [name for name, line in lines.items() if line.at <= now and not line.is_busy]
    return sorted(ready, key=lambda name: lines[name].at)[: max(0, free)]


def _about(seconds: float, chance: float) -> float:
    """Return a time around this one, so that not all call at the same moment."""
    return seconds * (0.75 + chance / 2)
