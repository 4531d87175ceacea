"""A store is one replica of one collective on the disk. What `append` has returned from survives a
crash; a batch is kept whole or not at all. Whoever signs does it inside `writing`: the database's
lock is the signing lock of a home, so two programs that use one device never fork its chain."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import RLock
from time import perf_counter
from typing import Any, Self
from weakref import finalize

from goround.errors import BadUse, Damaged, Unreachable, why
from goround.files import keep_names, unfinished
from goround.ids import EventId
from goround.log.event import Event
from goround.store import mark, schema, upgrading
from goround.store.opening import Opened, opened
from goround.store.rows import EVENTS, NAMES, UNPROVED, WORDS, event_of, words_of
from goround.store.wholeness import look_through

WAIT = 20.0
"""Seconds that we wait for another program's transaction."""

Committed = Callable[[int, float], None]
"""Is told how many events were new, and in how many seconds the disk took them."""

_AT_ONCE = 64
_PAGE = 500


class Store:
    """One collective's file, opened. Threads can share it; processes open one each."""

    def __init__(self, path: Path, file: Opened) -> None:
        self.path = path
        self.on_commit: Committed | None = None
        self._file = file
        self._connection = file.connection
        self._close = finalize(self, file.close)  # whoever forgets a store leaves no file open
        self._lock = RLock()

    @classmethod
    def create(
        cls,
        path: Path,
        events: Iterable[Event] = (),
        *,
        wait: float = WAIT,
        on_commit: Committed | None = None,
        note: tuple[str, str] | None = None,
    ) -> Self:
        """Make a file that holds these events, and a note; a crash leaves all of it or none."""
        with _plain_about_files(path), unfinished(path) as unborn:
            with schema.said_plainly(path):
                schema.make(unborn)
            unborn.chmod(0o600)
            with cls.open(unborn, wait=wait) as store:
                store.on_commit = on_commit
                store.append(events)
                if note:
                    store.set_note(*note)
            _give_name(unborn, path)
        mark.leave(path)
        return cls.open(path, wait=wait)

    @classmethod
    def open(cls, path: Path, *, wait: float = WAIT) -> Self:
        """Open a file, or raise NotACollective, FromNewerGoround or Damaged."""
        file = opened(path, wait=wait)
        try:
            store = cls(path, file)
            store.finish_erasing()
        except BaseException:
            file.drop()
            raise
        return store

    @property
    def was_mended(self) -> bool:
        """Tell whether a program had ended suddenly with this open, and all turned out whole."""
        return self._file.was_mended

    @property
    def was_changed(self) -> bool:
        """Tell whether this is not what somebody left who closed it in order: also where another
        file was written over it."""
        return self._file.was_changed

    def close(self) -> None:
        with self._lock:
            self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------------------------ events

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one lock of this collective: everything inside is kept together, or nothing.

        Raises Busy after `wait` seconds in which another program held it.
        """
        with self._lock, schema.said_plainly(self.path):
            if self._connection.in_transaction:  # inside another `writing` of this thread
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                before = self.newest_row() if self.on_commit else 0
                yield
                self._commit(before)
            except BaseException:
                self._take_back()
                raise
            self.finish_erasing()

    def _commit(self, before: int) -> None:
        fresh, began = self.newest_row() - before if self.on_commit else 0, perf_counter()
        self._connection.execute("COMMIT")
        self._file.check_in_place()
        if self.on_commit:
            self.on_commit(fresh, perf_counter() - began)

    def _take_back(self) -> None:
        if self._connection.in_transaction:  # a full disk may have ended it already
            self._connection.execute("ROLLBACK")

    def append(self, events: Iterable[Event]) -> None:
        """Keep events, parents before children; durable on return. Known ones are skipped.

        Words that were erased here are not kept again; words that were missing are filled in.
        """
        with self.writing():
            for some in _by(_AT_ONCE, events):
                self._keep(some)

    def _keep(self, events: list[Event]) -> None:
        """Write some rows with one statement: each that is run lets other threads go first."""
        self._run(
            "INSERT INTO event (id, header, signature) {rows} ON CONFLICT DO NOTHING",
            [(event.id, event.raw, event.signature) for event in events],
        )
        self._run(
            "WITH given (id, salt, words) AS ({rows})"
            " INSERT INTO content SELECT row, salt, words FROM given CROSS JOIN event USING (id)"
            " WHERE id NOT IN (SELECT id FROM erased) ON CONFLICT DO NOTHING",
            [(e.id, e.content.salt, e.content.words) for e in events if e.content is not None],
        )

    def _run(self, statement: str, rows: Sequence[tuple[str, bytes, bytes]]) -> None:
        if rows:
            places = "VALUES " + ", ".join(["(?, ?, ?)"] * len(rows))
            columns = [column for row in rows for column in row]
            self._connection.execute(statement.replace("{rows}", places), columns)

    def since(self, row: int = 0) -> Iterator[tuple[int, Event]]:
        """Yield what arrived after a row, in that order, each with its row; 0 is the beginning.

        Pages of it are read at a time, so that a slow reader holds up nobody.
        """
        for columns in self._paged(EVENTS, row):
            yield columns[0], event_of(columns, self.path)

    def begins_with(self, names: Sequence[EventId]) -> int | None:
        """Return the row of the last of these, where they are what arrived first, in this order."""
        row = 0
        for at in range(0, len(names), _PAGE):
            some = names[at : at + _PAGE]
            with self._lock, schema.said_plainly(self.path):
                last, found = self._connection.execute(NAMES, (row, len(some))).fetchone()
            if found != "".join(some):
                return None
            row = last
        return row

    def words(self) -> Iterator[tuple[EventId, bytes]]:
        """Give what was written, by event, wherever it is here; raises Damaged like `since`."""
        for columns in self._paged(WORDS):
            yield columns[1], words_of(columns, self.path)

    def unproved_words(self) -> Iterator[tuple[EventId, bytes]]:
        """Give the same as it stands there, to whoever can tell of all of it what it has to be."""
        return ((name, words) for _row, name, words in self._paged(UNPROVED))

    def _paged(self, query: str, row: int = 0) -> Iterator[Any]:
        while page := self._page(query, row):
            yield from page
            row = page[-1][0]

    def _page(self, query: str, row: int) -> list[Any]:
        with self._lock, schema.said_plainly(self.path):
            query = f"{query} WHERE row > ? ORDER BY row LIMIT ?"
            return self._connection.execute(query, (row, _PAGE)).fetchall()

    def fetch(self, names: Iterable[EventId]) -> Iterator[Event]:
        """Yield these events in this order; one that is not here is a KeyError."""
        for name in names:
            with self._lock, schema.said_plainly(self.path):
                found = self._connection.execute(f"{EVENTS} WHERE id = ?", (name,)).fetchone()
            if found is None:
                raise KeyError(name)
            yield event_of(found, self.path)

    def look_through(self) -> None:
        """Look whether everything is as it was written, or raise Damaged."""
        with self._lock:
            look_through(self._connection, self.path)

    def newest_row(self) -> int:
        """Give the row of what arrived last; 0 where nothing did."""
        return int(self._one("SELECT coalesce(max(row), 0) FROM event"))

    def __contains__(self, name: object) -> bool:
        return bool(self._one("SELECT count(*) FROM event WHERE id = ?", name))

    # ----------------------------------------------------------------------------------- erasing

    def erase(self, name: EventId) -> None:
        """Remove an event's words and salt for good, from the file and its journal.

        They count as erased from here on, and are never kept again. Where another program is just
        reading, they leave the disk a little later: `finish_erasing` tells.
        """
        with self.writing():
            self._connection.execute(
                "INSERT INTO erased VALUES (?, 0) ON CONFLICT DO NOTHING", (name,)
            )
            self._connection.execute(
                "DELETE FROM content WHERE row = (SELECT row FROM event WHERE id = ?)", (name,)
            )

    def finish_erasing(self) -> bool:
        """Clear the disk of what was erased; False where that has to wait.

        Another program reads it just now, or nothing can be written. Zeros over deleted cells are
        not enough: what SQLite moved between pages earlier stays where it was. So the file is
        written anew, and then its journal, which still has the old one, cut.
        """
        with self._lock, schema.said_plainly(self.path):
            if self._one("SELECT count(*) FROM erased WHERE NOT gone") == 0:
                return True
            try:
                return self._clear()
            except Unreachable as error:  # what was to be kept is kept: only this has to wait
                if isinstance(error, Damaged):
                    raise
                return False

    def _clear(self) -> bool:
        with schema.said_plainly(self.path):
            self._connection.execute("VACUUM")
            busy: int = self._one("PRAGMA wal_checkpoint(TRUNCATE)")
            for older in upgrading.older(self.path):
                older.unlink(missing_ok=True)
            if busy == 0:
                self._connection.execute("UPDATE erased SET gone = 1 WHERE NOT gone")
            return busy == 0

    def is_erased(self, name: EventId) -> bool:
        return bool(self._one("SELECT count(*) FROM erased WHERE id = ?", name))

    # ------------------------------------------------------------- what is known to this replica

    def number(self, proposal: EventId) -> int:
        """Give a proposal's number on this replica: 1, 2, … as they were first asked for."""
        known = self._one("SELECT max(number) FROM number WHERE proposal = ?", proposal)
        if known is None:
            with self.writing():
                self._connection.execute(
                    "INSERT INTO number (proposal) VALUES (?) ON CONFLICT DO NOTHING", (proposal,)
                )
            return self.number(proposal)
        return int(known)

    def numbered(self, number: int) -> EventId | None:
        """Give the proposal of that number, if there is one."""
        found = self._one("SELECT max(proposal) FROM number WHERE number = ?", number)
        return None if found is None else EventId(found)

    def numbers(self, after: int = 0) -> dict[EventId, int]:
        """Give the number of each proposal that has one, in their order, from a number on."""
        query = "SELECT proposal, number FROM number WHERE number > ? ORDER BY number"
        with self._lock, schema.said_plainly(self.path):
            rows = self._connection.execute(query, (after,))
            return {EventId(proposal): number for proposal, number in rows}

    def note(self, key: str) -> str | None:
        value: str | None = self._one("SELECT max(value) FROM note WHERE key = ?", key)
        return value

    def set_note(self, key: str, value: str | None) -> None:
        """Remember something on this replica only; None forgets it."""
        with self.writing():
            self._connection.execute("DELETE FROM note WHERE key = ?", (key,))
            if value is not None:
                self._connection.execute("INSERT INTO note VALUES (?, ?)", (key, value))

    def _one(self, query: str, *values: object) -> Any:  # noqa: ANN401 - a column is what its table says
        with self._lock, schema.said_plainly(self.path):
            return self._connection.execute(query, values).fetchone()[0]


def _by(most: int, events: Iterable[Event]) -> Iterator[list[Event]]:
    """Part events into lists of at most so many."""
    rest = iter(events)
    while some := list(islice(rest, most)):
        yield some


@contextmanager
def _plain_about_files(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unreachable(f"The file {path} could not be made: {why(error)}.") from error


def _give_name(unborn: Path, path: Path) -> None:
    """Let a finished file appear under its name at once, and only if nothing else has it."""
    if mark.has_journal(path) and not path.exists():
        raise BadUse(f"Beside {path} lies the journal of another file: move it to where that is.")
    try:
        os.link(unborn, path)
    except FileExistsError:
        raise BadUse(f"There is already something at {path}.") from None
    keep_names(path.parent)
