"""How a collective's file is opened: for writing where that is possible, looked through where it
was not closed in order, and brought up to date where it is of an older version."""

import ctypes
import sqlite3
from contextlib import suppress
from pathlib import Path

from goround.errors import Gone
from goround.store import schema
from goround.store.mark import Mark, has_journal, was_closed
from goround.store.upgrading import upgrade
from goround.store.wholeness import look_through


class Opened:
    """A connection to a file, and our share in it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.mark = Mark(path)
        self.was_mended = self.was_changed = False
        self._path = path
        self._journal = path.with_name(f"{path.name}-wal")
        self._which = _number_of(path), 0

    def close(self) -> None:
        """Close the file in order; once more changes nothing."""
        if self._is_another():
            _never_close(self.connection)
            self.mark.drop()
        else:
            self.connection.close()
            self.mark.give_back()

    def drop(self) -> None:
        """Close a file that is not as it should be, without saying that it is."""
        self.connection.close()
        self.mark.drop()

    def check_in_place(self) -> None:
        """Raise Gone where nobody who opens the file by its name finds what we just wrote."""
        now = _number_of(self._path), _number_of(self._journal)
        if self._which[1] == 0:  # there is a journal only once something was written
            self._which = self._which[0], now[1]
        if now != self._which:
            raise schema.said_of(Gone, _GONE, self._path)

    def _is_another(self) -> bool:
        return _number_of(self._path) not in (0, self._which[0])


def _number_of(path: Path) -> int:
    """Return which file this is; 0 for none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _never_close(connection: sqlite3.Connection) -> None:
    """Leave a connection open until this process ends.

    To close it, SQLite would remove the journal by its name, and that is another file's now.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


_GONE = (
    "The file {path} is not there any more, or another one is: what was kept in it before is where "
    "it was taken to, and nothing more is kept until one is back."
)


def opened(path: Path, *, wait: float) -> Opened:
    """Open a file; raises NotACollective, FromNewerGoround, Damaged, Busy or Unreachable."""
    with schema.said_plainly(path):
        is_trusted = was_closed(path)  # asked before SQLite touches its journal
        was_left = has_journal(path)
        file = Opened(path, _connected(path, wait))
        try:
            is_alone = file.mark.take(wait)
            if is_alone and not is_trusted:
                look_through(file.connection, path)
                file.was_mended, file.was_changed = was_left, True
            upgrade(file.connection, path, is_alone=is_alone)
            file.mark.share()
        except BaseException:
            file.drop()
            raise
        return file


def _connected(path: Path, wait: float) -> sqlite3.Connection:
    """Open a collective; for reading only, where the disk is full or nothing may be written."""
    try:
        return _checked(path, wait, "rw")
    except sqlite3.Error as error:
        if not schema.is_not_writable(error, path):
            raise
        with suppress(sqlite3.Error):
            return _checked(path, wait, "ro")
        if has_journal(path):  # without what stands there the file is an older one
            raise
        return _checked(path, wait, "ro&immutable=1")


def _checked(path: Path, wait: float, mode: str) -> sqlite3.Connection:
    connection = schema.connect(path, wait=wait, mode=mode)
    try:
        schema.check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection
