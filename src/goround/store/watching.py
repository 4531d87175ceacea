"""Whether anything new has come into a collective's file, from whichever program. It is asked
often, so it has a connection of its own that reads only one number, and holds up nobody."""

from pathlib import Path
from threading import Lock

from goround.store import schema
from goround.store.opening import opened

WAIT = 1.0
"""Seconds that we wait for another program's transaction."""


class Watch:
    """Looks at one collective's file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._file = opened(path, wait=WAIT)

    def newest_row(self) -> int:
        """Give the row of what arrived last; 0 where nothing did."""
        with self._lock, schema.said_plainly(self._path):
            query = "SELECT coalesce(max(row), 0) FROM event"
            return int(self._file.connection.execute(query).fetchone()[0])

    def close(self) -> None:
        with self._lock:
            self._file.close()
