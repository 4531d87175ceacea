"""Events that arrived before what they rest on wait here, a bounded number of them. Who sends a
thousand orphans gets none of them kept, and displaces only others, which a sync brings anyhow."""

from collections.abc import Container
from itertools import chain

from goround.ids import EventId
from goround.log.event import Event

MOST = 1000
LARGEST = 8 * 1024 * 1024
"""Bytes of headers and contents together."""


class Waiting:
    """A buffer of genuine events with unknown parents; of too many, the oldest are forgotten."""

    def __init__(self, most: int = MOST, largest: int = LARGEST) -> None:
        self._events: dict[EventId, Event] = {}
        self._size = 0
        self._most = most
        self._largest = largest

    def __len__(self) -> int:
        return len(self._events)

    def hold(self, event: Event) -> None:
        """Let an event wait for its parents; one that waits already keeps its place."""
        if event.id in self._events:
            return
        self._events[event.id] = event
        self._size += _size(event)
        while len(self._events) > self._most or self._size > self._largest:
            self._forget(next(iter(self._events)))

    def ready(self, known: Container[EventId]) -> list[Event]:
        """Let go, parents first, of what rests only on what is known, or goes with it."""
        released: dict[EventId, Event] = {}
        while found := [event for event in self._events.values() if _rests(event, known, released)]:
            for event in found:
                self._forget(event.id)
                released[event.id] = event
        return list(released.values())

    def _forget(self, name: EventId) -> None:
        self._size -= _size(self._events.pop(name))


def _rests(event: Event, *known: Container[EventId]) -> bool:
    parents = chain(event.header.seen, (event.header.prev,) if event.header.prev else ())
    return all(any(parent in some for some in known) for parent in parents)


def _size(event: Event) -> int:
    return len(event.raw) + (0 if event.content is None else len(event.content.words))
