"""What the file of a collective holds, and how it is opened. It has a journal
beside it, so that readers and a writer do not wait for each other. Every connection asks for the
disk's word for every commit, because an event is acknowledged to others right after, and for zeros
over what is deleted, because erased words must not stay on the disk."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goround.errors import Busy, Damaged, FromNewerGoround, NotACollective, Unreachable

VERSION = 1
_APPLICATION = 0x676F726F  # "goro", at a fixed place of the file, so that `file` can tell

_TABLES = f"""
BEGIN;
-- In the order of arrival, parents before children. A row is never changed and never removed.
CREATE TABLE event (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, header BLOB NOT NULL, signature BLOB NOT NULL
) STRICT;
-- Beside the events, so that erasing is removing a row.
CREATE TABLE content (row INTEGER PRIMARY KEY, salt BLOB NOT NULL, words BLOB NOT NULL) STRICT;
-- What must not be kept again; `gone` once no byte of it is left in the file or its journal.
CREATE TABLE erased (id TEXT PRIMARY KEY, gone INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- Short names for proposals, which mean nothing on another replica.
CREATE TABLE number (number INTEGER PRIMARY KEY, proposal TEXT NOT NULL UNIQUE) STRICT;
-- What this replica wants to remember, which nobody else is told.
CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {VERSION};
COMMIT;
"""

_MEANING: dict[int, tuple[type[Unreachable], str]] = {
    sqlite3.SQLITE_BUSY: (Busy, "Another program has been writing to this collective too long."),
    sqlite3.SQLITE_CANTOPEN: (NotACollective, "There is no collective at {path}."),
    sqlite3.SQLITE_CORRUPT: (Damaged, "The file {path} is damaged."),
    sqlite3.SQLITE_FULL: (
        Unreachable,
        "The disk is full: make room, and try again; what was kept before is still kept.",
    ),
    sqlite3.SQLITE_IOERR: (
        Unreachable,
        "The disk does not read or write the file {path}: it may be full, or broken.",
    ),
    sqlite3.SQLITE_NOTADB: (NotACollective, "The file {path} is not a collective."),
    sqlite3.SQLITE_READONLY: (
        Unreachable,
        "The file {path} can be read here, not written: is the disk full? Who may write there?",
    ),
}
_FORBIDDEN = (
    Unreachable,
    "The file {path} cannot be opened: is the disk full? Who may read and write there?",
)
_NOT_WRITABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what it means for whoever uses the collective."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        meaning = (Unreachable, f"The file {{path}} could not be used: {error}.")
        kind, sentence = _MEANING.get(code, meaning)
        if code == sqlite3.SQLITE_CANTOPEN and _is_there(path):
            kind, sentence = _FORBIDDEN
        raise kind(sentence.replace("{path}", str(path))) from error


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _is_there(path: Path) -> bool:
    """Tell whether there is a file; also where nobody may look."""
    try:
        return path.is_file()
    except PermissionError:
        return True


def opened(path: Path, *, wait: float) -> sqlite3.Connection:
    """Open a collective; for reading only, where the disk is full or nothing may be written."""
    try:
        return _checked(path, wait, "rw")
    except sqlite3.Error as error:
        if _code(error) not in _NOT_WRITABLE or not _is_there(path):
            raise
        try:
            return _checked(path, wait, "ro")
        except sqlite3.Error:
            if _has_journal(path):  # without what stands there the file is an older one
                raise error from None
            return _checked(path, wait, "ro&immutable=1")


def _checked(path: Path, wait: float, mode: str) -> sqlite3.Connection:
    connection = connect(path, wait=wait, mode=mode)
    try:
        check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_journal(path: Path) -> bool:
    journal = path.with_name(f"{path.name}-wal")
    return journal.exists() and journal.stat().st_size > 0


def make(path: Path) -> None:
    """Write an empty collective's file and close it."""
    connection = connect(path, wait=1.0, mode="rwc")
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # stays with the file
        connection.executescript(_TABLES)
    finally:
        connection.close()


def connect(path: Path, *, wait: float, mode: str = "rw") -> sqlite3.Connection:
    """Open a connection that waits at most `wait` seconds for other programs.

    It may be used from several threads, one at a time: the caller has a lock for that.
    """
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")  # no second copy, where nobody erases
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise unless this is a collective, of a version that this program knows."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise NotACollective(f"The file {path} is not a collective.")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise FromNewerGoround(f"The file {path} was written by a newer Goround than this one.")
