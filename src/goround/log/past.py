"""What one event can have known.

A column is a branch of one device's chain, and a past is the newest position in each column: a
vector clock over branches. So whether x lies in the past of y is one comparison of two numbers,
however long the history. A past is three references, made without copying anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goround.ids import DeviceId, EventId

NOTHING = -1


@dataclass(slots=True)
class Column:
    """One branch: from the seq where it parts from its parent to its newest event."""

    number: int
    device: DeviceId
    start: int
    parent: int | None
    ids: list[EventId]

    @property
    def newest(self) -> int:
        return self.start + len(self.ids) - 1

    def at(self, seq: int) -> EventId:
        return self.ids[seq - self.start]


@dataclass(slots=True)
class Columns:
    """All columns of a graph, by number and by device."""

    every: list[Column]
    of: dict[DeviceId, list[Column]]

    def open(self, device: DeviceId, start: int, parent: int | None) -> Column:
        column = Column(len(self.every), device, start, parent, [])
        self.every.append(column)
        self.of.setdefault(device, []).append(column)
        return column


class Spot:
    """Where an event stands: its column and seq, and what it has seen in all other columns.

    In its own column an event has seen everything up to itself, so events that see nothing new
    share the tuple of the one before them.
    """

    __slots__ = ("column", "lamport", "seen", "seq")

    def __init__(self, column: int, seq: int, lamport: int, seen: tuple[int, ...]) -> None:
        self.column = column
        self.seq = seq
        self.lamport = lamport
        self.seen = seen


class Past:
    """The events in the causal past of one event, of several, or of none."""

    __slots__ = ("_column", "_columns", "_seen", "_seq", "_spots")

    def __init__(
        self,
        spots: Mapping[EventId, Spot],
        columns: Columns,
        seen: tuple[int, ...],
        own: tuple[int, int] = (NOTHING, NOTHING),
    ) -> None:
        self._spots = spots
        self._columns = columns
        self._seen = seen
        self._column, self._seq = own

    def __contains__(self, event_id: object) -> bool:
        spot = self._spots.get(event_id)  # type: ignore[call-overload]
        return spot is not None and spot.seq <= self.reaches(spot.column)

    def reaches(self, column: int) -> int:
        """Give the newest seq of this column in the past, or -1."""
        if column == self._column:
            return self._seq
        seen = self._seen
        return seen[column] if column < len(seen) else NOTHING

    def newest(self, device: DeviceId) -> tuple[EventId, ...]:
        """Give the newest event of each branch of this device in the past, sorted."""
        visible = self._visible(device)
        followed = {(c.parent, c.start - 1) for c, _ in visible}
        return tuple(sorted(c.at(seq) for c, seq in visible if (c.number, seq) not in followed))

    def forked(self, device: DeviceId) -> int | None:
        """Give the smallest seq of which two events of this device are in the past."""
        if len(self._columns.of.get(device, ())) < 2:  # noqa: PLR2004 - a fork needs two
            return None
        return _first_overlap((c.start, seq) for c, seq in self._visible(device))

    def _visible(self, device: DeviceId) -> list[tuple[Column, int]]:
        reached = ((c, self.reaches(c.number)) for c in self._columns.of.get(device, ()))
        return [(column, seq) for column, seq in reached if seq >= column.start]


def _first_overlap(ranges: Iterable[tuple[int, int]]) -> int | None:
    covered = NOTHING
    for start, end in sorted(ranges):
        if start <= covered:
            return start
        covered = max(covered, end)
    return None
