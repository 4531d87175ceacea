"""What the file of a collective holds, and how it is spoken to. It has a journal beside it, so that
readers and a writer do not wait for each other. Every connection asks for the disk's word for every
commit, because an event is acknowledged to others right after, and for zeros over what is deleted,
because erased words must not stay on the disk."""

import shlex
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

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

_NOT_ONE = (
    "The file {path} is not a collective. If it was one, what can be read of it you get with: "
    "goround salvage {quoted}"
)
_SALVAGE = "It is left as it is; what can be read of it you get with: goround salvage {quoted}"
_FOR_A_LOG = (
    "The file of the collective whose id begins with {start} is damaged, and left as it is. What "
    "to do is told by: goround doctor"
)
_START = 8
"""Letters of an id that tell whoever looks after a home which file is meant."""
_NEWER = "The file {path} was written by a newer Goround than this one."
_MEANING: dict[int, tuple[type[Unreachable], str]] = {
    sqlite3.SQLITE_BUSY: (Busy, "Another program has been writing to this collective too long."),
    sqlite3.SQLITE_CANTOPEN: (NotACollective, "There is no collective at {path}."),
    sqlite3.SQLITE_CORRUPT: (Damaged, f"The file {{path}} is damaged. {_SALVAGE}"),
    sqlite3.SQLITE_FULL: (
        Unreachable,
        "The disk is full: make room, and try again; what was kept before is still kept.",
    ),
    sqlite3.SQLITE_IOERR: (
        Unreachable,
        "The disk does not read or write the file {path}: it may be full, or broken.",
    ),
    sqlite3.SQLITE_NOTADB: (NotACollective, _NOT_ONE),
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

Raised = TypeVar("Raised", bound=Unreachable)


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what it means for whoever uses the collective."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        meaning = (Unreachable, f"The file {{path}} could not be used: {error}.")
        kind, sentence = _MEANING.get(code, meaning)
        if "decode" in str(error):  # a text that is none any more
            kind, sentence = _MEANING[sqlite3.SQLITE_CORRUPT]
        if code == sqlite3.SQLITE_CANTOPEN and _is_there(path):
            kind, sentence = _FORBIDDEN
        raise said_of(kind, sentence, path) from error
    except UnicodeDecodeError as error:  # what SQLite says of damage can hold any bytes
        raise damaged(path, "its tables cannot be read any more") from error


def damaged(path: Path, what: str) -> Damaged:
    """Say that a file is damaged, what is wrong in it, and what to do."""
    return said_of(Damaged, f"The file {{path}} is damaged{{what}}. {_SALVAGE}", path, f": {what}")


def said_of(kind: type[Raised], sentence: str, path: Path, what: str = "") -> Raised:
    """Say something of a file; and once more for a log, without its name and without details."""
    named = {"{what}": what, "{path}": str(path), "{quoted}": shlex.quote(str(path))}
    plain = {"{what}": "", "{path}": "of a collective", "{start}": path.stem[:_START]}
    error = kind(_filled(sentence, named))
    error.plain = _filled(_FOR_A_LOG if "{quoted}" in sentence else sentence, plain)
    return error


def _filled(sentence: str, words: Mapping[str, str]) -> str:
    for place, word in words.items():
        sentence = sentence.replace(place, word)
    return sentence


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def is_not_writable(error: sqlite3.Error, path: Path) -> bool:
    """Tell whether a file that is there could not be opened because that takes writing."""
    return _code(error) in _NOT_WRITABLE and _is_there(path)


def _is_there(path: Path) -> bool:
    """Tell whether there is a file; also where nobody may look."""
    try:
        return path.is_file()
    except PermissionError:
        return True


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
        raise said_of(NotACollective, _NOT_ONE, path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise said_of(FromNewerGoround, _NEWER, path)
