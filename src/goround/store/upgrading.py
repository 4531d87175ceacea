"""How a file of an older version becomes one of this: step by step, all of it or nothing, and with
the file as it was kept beside it. Nobody has to ask for that; whoever wants to go back to the older
program can. Where words are erased the older file goes, because they would live on in it."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from goround.errors import Busy, Unreachable, why
from goround.files import keep_names, unfinished
from goround.store import schema

STEPS: Mapping[int, tuple[str, ...]] = {}
"""The statements that lead from each version to the next; there has been only one so far."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version in which a file is written."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def upgrade(connection: sqlite3.Connection, path: Path, *, is_alone: bool) -> None:
    """Bring a file to this version; raises where it cannot be written, or another has it open."""
    if version_of(connection) == schema.VERSION:
        return
    if not is_alone:
        raise Busy(f"An older Goround has the file {path} open: stop it, and try again.")
    _begin(connection, path)
    try:
        version = version_of(connection)
        _keep_as_it_was(path, version)
        for step in range(version, schema.VERSION):
            for statement in STEPS[step]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _begin(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        if not schema.is_not_writable(error, path):
            raise
        raise Unreachable(
            f"The file {path} is of an older Goround, and nothing can be written here to bring it "
            "up to date: copy it to where you may write."
        ) from error


def older(path: Path) -> Iterable[Path]:
    """Return the files that a collective's file was, in older versions."""
    return path.parent.glob(f"{path.stem}.version-*{path.suffix}")


def _keep_as_it_was(path: Path, version: int) -> None:
    kept = path.with_name(f"{path.stem}.version-{version}{path.suffix}")
    try:
        with unfinished(kept) as fresh:
            with (
                closing(schema.connect(path, wait=1.0, mode="ro")) as old,
                closing(schema.connect(fresh, wait=1.0, mode="rwc")) as copy,
            ):
                fresh.chmod(0o600)
                old.backup(copy)
            fresh.replace(kept)
            keep_names(kept.parent)
    except OSError as error:
        raise Unreachable(f"The file {kept} could not be written: {why(error)}.") from error
