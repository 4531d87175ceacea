"""The chains of all devices and what they have seen of each other, as one graph.

An event enters after its parents, and only where its header says the truth about them. Nothing is
ever taken out: of two histories that one device signed both stay, as evidence. What an event can
have known is asked of `past`. Rules F16 to F21 of docs/format.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from goround.errors import MissingParents, NotGenuine
from goround.ids import EventId
from goround.log.event import FOUNDING, Place
from goround.log.header import MOST_SEEN
from goround.log.past import Columns, Past, latest, merge, spot_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from goround.ids import CollectiveId, DeviceId
    from goround.log.event import Event
    from goround.log.header import Header
    from goround.log.past import Column, Spot
    from goround.log.vector import Vector


class Fork(NamedTuple):
    """Events of one device with the same seq after the same event, sorted."""

    device: DeviceId
    seq: int
    events: tuple[EventId, ...]


class Graph:
    """The events of one collective that have arrived here, each after its parents."""

    def __init__(self, collective: CollectiveId) -> None:
        self.collective = collective
        self._spots: dict[EventId, Spot] = {}
        self.columns = Columns([], {})
        self._frontier: set[EventId] = set()

    @classmethod
    def restored(
        cls,
        collective: CollectiveId,
        spots: dict[EventId, Spot],
        columns: Columns,
        frontier: set[EventId],
    ) -> Self:
        """Return a graph as it was; nothing of it is looked at anew."""
        graph = cls(collective)
        graph._spots, graph.columns, graph._frontier = spots, columns, frontier
        return graph

    def __contains__(self, event_id: object) -> bool:
        return event_id in self._spots

    def __len__(self) -> int:
        return len(self._spots)

    def __iter__(self) -> Iterator[EventId]:
        """Go through the events in the order in which they arrived; parents come first."""
        return iter(self._spots)

    def __getitem__(self, event_id: EventId) -> Spot:
        return self._spots[event_id]

    # Adding.

    def add(self, event: Event) -> bool:
        """Take an event in after its parents; False if it was here already.

        Its signature is not looked at: check_every and check_history do that.
        """
        if event.id in self._spots:
            return False
        header = event.header
        if event.collective != self.collective:
            raise NotGenuine("foreign", "This event belongs to another collective.")  # F16
        spot = self._place(header)
        self.columns.every[spot.column].ids.append(event.id)
        self._spots[event.id] = spot
        self._frontier.difference_update((header.prev,), header.seen)
        self._frontier.add(event.id)
        return True

    def _place(self, header: Header) -> Spot:
        parents = (header.prev, *header.seen) if header.prev else header.seen
        try:
            spots = [self._spots[parent] for parent in parents]
        except KeyError:
            missing = (parent for parent in parents if parent not in self._spots)
            raise MissingParents(missing) from None  # F17
        prev = spots[0] if header.prev else None
        _check_chain(header, prev)
        _check_seen(header, spots[1:] if prev else spots)
        top = latest(spots)
        _check_lamport(header, top)
        column = self._column_after(header, prev)
        if prev and not header.seen and column.number == prev.column:
            seen = prev.seen  # the same tuple: see Spot
        else:
            seen = merge(spots, top)
        return spot_in(column, header.seq, header.lamport, seen)

    def _column_after(self, header: Header, prev: Spot | None) -> Column:
        """Go on in the column of the event before, or open one if that was continued already."""
        if prev is None:
            return self.columns.open(header.device, 0, None)
        column = self.columns.every[prev.column]
        if column.newest == prev.seq:
            return column
        return self.columns.open(header.device, header.seq, prev.column)

    # Asking.

    def in_order(self) -> list[EventId]:
        """Give all events in the line-up: by lamport, then by id (F21)."""
        return sorted(self._spots, key=lambda event_id: (self._spots[event_id].lamport, event_id))

    def prev(self, event_id: EventId) -> EventId:
        """Give the event before this one in its device's chain; `""` before the first."""
        return self.columns.before(self._spots[event_id])

    def past(self, event_id: EventId) -> Past:
        """Give the past of an event, itself included."""
        spot = self._spots[event_id]
        return Past(self._spots, self.columns, spot.seen, spot.column, spot.seq)

    def before(self, event_id: EventId) -> Past:
        """Give the past of an event without itself."""
        spot = self._spots[event_id]
        own = self.columns.every[spot.column]
        if spot.seq > own.start:
            return Past(self._spots, self.columns, spot.seen, spot.column, spot.seq - 1)
        return Past(self._spots, self.columns, spot.seen)

    def union(self, ids: Iterable[EventId]) -> Past:
        """Give everything in the past of any of these events, themselves included."""
        spots = [self._spots[event_id] for event_id in ids]
        return Past(self._spots, self.columns, merge(spots, latest(spots)))

    def everything(self) -> Past:
        """Give the past of all that is here now; what arrives later is not in it."""
        newest = tuple(column.newest for column in self.columns.every)
        return Past(self._spots, self.columns, newest)

    def heads(self) -> dict[DeviceId, tuple[EventId, ...]]:
        """Give the newest event of each branch of each device: longest branch first, then by id."""
        return {device: self.heads_of(device) for device in sorted(self.columns.of)}

    def heads_of(self, device: DeviceId) -> tuple[EventId, ...]:
        """Give the newest event of each branch of one device; nothing of one that is unknown."""
        columns = self.columns.of.get(device, ())
        tips = sorted((-column.newest, column.ids[-1]) for column in columns)
        return tuple(event_id for _, event_id in tips)

    def frontier(self) -> list[EventId]:
        """Give the events that no other event here follows, sorted."""
        return sorted(self._frontier)

    def forks(self) -> list[Fork]:
        """Give each place where a device signed two histories, by device and seq."""
        found: dict[tuple[DeviceId, int, EventId], list[EventId]] = {}
        for device, columns in self.columns.of.items():
            for column in columns:
                first = column.ids[0]
                prev = self.prev(first)
                siblings = found.setdefault((device, column.start, prev), [])
                siblings.append(first)
        for (_, seq, prev), siblings in found.items():
            if prev:
                siblings.append(self.columns.every[self._spots[prev].column].at(seq))
        return sorted(
            Fork(device, seq, tuple(sorted(siblings)))
            for (device, seq, _), siblings in found.items()
            if len(siblings) > 1
        )

    def vector(self) -> Vector:
        """Give each device's heads as seq, id, seq, id …: the longest branch first."""
        return {
            device: [part for head in heads for part in (self._spots[head].seq, head)]
            for device, heads in self.heads().items()
        }

    def next_place(self, device: DeviceId) -> Place:
        """Give the place of this device's next event: after its longest branch, all else seen.

        Nothing here at all gives the place of a founding event.
        """
        if not self._spots:
            return FOUNDING
        prev = next(iter(self.heads_of(device)), EventId(""))
        seen = self._news_for(device, prev)
        parents = [self._spots[parent] for parent in (*seen, *([prev] if prev else []))]
        lamport = 1 + max(spot.lamport for spot in parents)
        seq = self._spots[prev].seq + 1 if prev else 0
        return Place(seq, prev, tuple(sorted(seen)), lamport)

    def _news_for(self, device: DeviceId, prev: EventId) -> list[EventId]:
        known = self.past(prev) if prev else self.union(())
        tips = (column.ids[-1] for column in self.columns.every if column.device != device)
        news = [tip for tip in tips if tip not in known]
        return sorted(news, key=lambda tip: (-self._spots[tip].lamport, tip))[:MOST_SEEN]


def check_fit(graph: Graph, events: Iterable[Event]) -> None:
    """Raise as `Graph.add` would for the first of these events that does not fit, and add none.

    So that of a batch from somebody else either all is taken in, or nothing.
    """
    fresh: dict[EventId, Header] = {}
    for event in events:
        if event.collective != graph.collective:
            raise NotGenuine("foreign", "This event belongs to another collective.")  # F16
        header = event.header
        names = (header.prev, *header.seen) if header.prev else header.seen
        missing = [name for name in names if name not in fresh and name not in graph]
        if missing:
            raise MissingParents(missing)  # F17
        parents = [fresh[name] if name in fresh else graph[name] for name in names]
        _check_chain(header, parents[0] if header.prev else None)
        _check_seen(header, parents[1:] if header.prev else parents)
        _check_lamport(header, max(parents, key=lambda parent: parent.lamport, default=None))
        fresh[event.id] = header


def _check_chain(header: Header, prev: Spot | Header | None) -> None:
    if prev and (prev.device != header.device or prev.seq + 1 != header.seq):
        raise NotGenuine("chain", "An event does not follow its device's one before.")  # F18


def _check_seen(header: Header, seen: Sequence[Spot | Header]) -> None:
    if header.device in [spot.device for spot in seen]:
        raise NotGenuine("seen-own", "A device names an event of its own as seen.")  # F19


def _check_lamport(header: Header, newest: Spot | Header | None) -> None:
    if header.lamport != 1 + (newest.lamport if newest else 0):
        raise NotGenuine("lamport", "The lamport is not one more than the largest before.")  # F20
