"""How a collective's file is opened: for writing where that is possible, looked through where it
was not closed in order, and brought up to date where it is of an older version."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from goround.store import schema
from goround.store.mark import Mark, has_journal, was_closed
from goround.store.upgrading import upgrade
from goround.store.wholeness import look_through


class Opened(NamedTuple):
    """A connection to a file, and our share in it."""

    connection: sqlite3.Connection
    mark: Mark

    def close(self) -> None:
        """Close the file in order; once more changes nothing."""
        self.connection.close()
        self.mark.give_back()

    def drop(self) -> None:
        """Close a file that is not as it should be, without saying that it is."""
        self.connection.close()
        self.mark.drop()


def opened(path: Path, *, wait: float) -> Opened:
    """Open a file; raises NotACollective, FromNewerGoround, Damaged, Busy or Unreachable."""
    with schema.said_plainly(path):
        is_trusted = was_closed(path)  # asked before SQLite touches its journal
        file = Opened(_connected(path, wait), Mark(path))
        try:
            is_alone = file.mark.take(wait)
            if is_alone and not is_trusted:
                look_through(file.connection, path)
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
