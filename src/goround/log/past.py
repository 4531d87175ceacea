"""What one event can have known.

A column is a branch of one device's chain, and a past is the newest position in each column: a
vector clock over branches. So whether x lies in the past of y is one comparison of two numbers,
however long the history. A past is three references, made without copying anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from goround.ids import DeviceId, EventId

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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

    def before(self, spot: Spot) -> EventId:
        """Give the event before one in its chain, also where its branch begins after it."""
        column = self.every[spot.column]
        if spot.seq > column.start:
            return column.at(spot.seq - 1)
        return EventId("") if column.parent is None else self.every[column.parent].at(spot.seq - 1)

    def open(self, device: DeviceId, start: int, parent: int | None) -> Column:
        column = Column(len(self.every), device, start, parent, [])
        self.every.append(column)
        self.of.setdefault(device, []).append(column)
        return column


class Spot(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Where an event stands: its column and seq, and what it has seen in all other columns.

    In its own column an event has seen everything up to itself, so events that see nothing new
    share the tuple of the one before them. The tuple always reaches to the event's own column.
    """

    device: DeviceId
    column: int
    seq: int
    lamport: int
    seen: tuple[int, ...]


def spot_in(column: Column, seq: int, lamport: int, seen: tuple[int, ...]) -> Spot:
    return Spot(column.device, column.number, seq, lamport, _wide(seen, column.number + 1))


_LAMPORT = attrgetter("lamport")


def latest(spots: Iterable[Spot]) -> Spot | None:
    """Give a spot with the largest lamport; None of none."""
    return max(spots, key=_LAMPORT, default=None)


def merge(spots: Sequence[Spot], top: Spot | None) -> tuple[int, ...]:
    """Take the newest of each column: this is where loading a history spends its time.

    Of events that saw each other the latest, `top`, has seen what the others have, so it goes
    first, and whatever it covers costs one comparison.
    """
    merged = _whole(top) if top else []
    for spot in spots:
        if spot.column >= len(merged) or merged[spot.column] < spot.seq:
            pairs = zip_longest(merged, _whole(spot), fillvalue=NOTHING)
            merged = [max(b, a) for a, b in pairs]
    return tuple(merged)


def _whole(spot: Spot) -> list[int]:
    seen = list(spot.seen)
    seen[spot.column] = spot.seq
    return seen


def _wide(seen: tuple[int, ...], width: int) -> tuple[int, ...]:
    return seen if len(seen) >= width else seen + (NOTHING,) * (width - len(seen))


class Past(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The events in the causal past of one event, of several, or of none."""

    spots: Mapping[EventId, Spot]
    columns: Columns
    seen: tuple[int, ...]
    column: int = NOTHING
    seq: int = NOTHING

    def __contains__(self, event_id: object) -> bool:
        spot: Spot | None = self.spots.get(event_id)  # type: ignore[call-overload]
        if spot is None:
            return False
        column = spot.column
        if column == self.column:  # as `reaches` says; here because everything asks this
            return spot.seq <= self.seq
        seen = self.seen
        return column < len(seen) and spot.seq <= seen[column]

    def reaches(self, column: int) -> int:
        """Give the newest seq of this column in the past, or -1."""
        if column == self.column:
            return self.seq
        seen = self.seen
        return seen[column] if column < len(seen) else NOTHING

    def newest(self, device: DeviceId) -> tuple[EventId, ...]:
        """Give the newest event of each branch of this device in the past, sorted."""
        visible = self._visible(device)
        followed = {(c.parent, c.start - 1) for c, _ in visible}
        return tuple(sorted(c.at(seq) for c, seq in visible if (c.number, seq) not in followed))

    def forked(self, device: DeviceId) -> int | None:
        """Give the smallest seq of which two events of this device are in the past (F24)."""
        if len(self.columns.of.get(device, ())) < 2:  # noqa: PLR2004 - a fork needs two
            return None
        return _first_overlap((c.start, seq) for c, seq in self._visible(device))

    def _visible(self, device: DeviceId) -> list[tuple[Column, int]]:
        reached = ((c, self.reaches(c.number)) for c in self.columns.of.get(device, ()))
        return [(column, seq) for column, seq in reached if seq >= column.start]


def _first_overlap(ranges: Iterable[tuple[int, int]]) -> int | None:
    covered = NOTHING
    for start, end in sorted(ranges):
        if start <= covered:
            return start
        covered = max(covered, end)
    return None
