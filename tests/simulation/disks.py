"""A disk in memory for one replica, which can lose its power at any write.

It keeps what a `Store` keeps, with the same promise: a transaction is there whole or not at all,
and whatever `writing` returned from is there after the power came back. That SQLite and the real
file keep that promise is shown elsewhere (tests/contract, tests/crash); what is asked here is
whether those who use a store rely on no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from goround.ids import EventId
from goround.log.event import Event, erased


class PowerCut(BaseException):
    """The power went: whatever ran here runs no more, and what was in memory is gone."""


@dataclass
class Kept:
    """What is on the disk."""

    events: list[Event] = field(default_factory=list)
    rows: dict[EventId, int] = field(default_factory=dict)
    erased: set[EventId] = field(default_factory=set)
    numbers: dict[EventId, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Kept:
        """Take an image of the disk."""
        parts = (self.events, self.rows, self.erased, self.numbers, self.notes)
        return Kept(*(part.copy() for part in parts))  # type: ignore[arg-type]


class Disk:
    """One replica's disk, used as a store is."""

    path = Path("memory")

    def __init__(self, told: Callable[[list[Event]], None]) -> None:
        self.kept = Kept()
        self.fuse: int | None = None
        """After so many more writes the power goes."""
        self._told = told
        self._unwritten: Kept | None = None

    @property
    def _now(self) -> Kept:
        return self._unwritten or self.kept

    def _write(self) -> None:
        """Come to a place where the power may go."""
        if self.fuse is None:
            return
        self.fuse -= 1
        if self.fuse < 0:
            self.fuse = None
            raise PowerCut

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep everything inside together, or nothing of it."""
        if self._unwritten:
            yield
            return
        self._unwritten = self.kept.copy()
        try:
            self._write()
            yield
            self._write()
            self.kept, before = self._unwritten, len(self.kept.events)
        finally:
            self._unwritten = None
        self._told(self.kept.events[before:])
        self._write()

    def close(self) -> None:
        """Close nothing: the disk stays where it is."""

    def append(self, events: Iterable[Event]) -> None:
        with self.writing():
            for event in events:
                self._keep(event)
                self._write()

    def _keep(self, event: Event) -> None:
        now = self._now
        row = now.rows.get(event.id)
        mine = erased(event) if event.id in now.erased else event
        if row is None:
            now.rows[event.id] = len(now.events)
            now.events.append(mine)
        elif now.events[row].content is None:
            now.events[row] = mine

    def since(self, row: int = 0) -> Iterator[tuple[int, Event]]:
        return iter(list(enumerate(self._now.events[row:], row + 1)))

    def fetch(self, names: Iterable[EventId]) -> Iterator[Event]:
        for name in names:
            yield self._now.events[self._now.rows[name]]

    def newest_row(self) -> int:
        return len(self._now.events)

    def erase(self, name: EventId) -> None:
        with self.writing():
            self._now.erased.add(name)
            self._now.events = [
                erased(event) if event.id == name else event for event in self._now.events
            ]

    def is_erased(self, name: EventId) -> bool:
        return name in self._now.erased

    def number(self, proposal: EventId) -> int:
        if proposal not in self._now.numbers:
            with self.writing():
                self._now.numbers[proposal] = len(self._now.numbers) + 1
        return self._now.numbers[proposal]

    def numbers(self, after: int = 0) -> dict[EventId, int]:
        return {name: number for name, number in self._now.numbers.items() if number > after}

    def note(self, key: str) -> str | None:
        return self._now.notes.get(key)

    def set_note(self, key: str, value: str | None) -> None:
        with self.writing():
            if value is None:
                self._now.notes.pop(key, None)
            else:
                self._now.notes[key] = value
