"""The collectives of a home that are open just now. A node may keep thousands of them; the few that
are used stay open, one thread at a time in each, and each reads what other programs of this home
wrote before it answers. A file that is no collective, or is damaged, is looked through once, and
again when it has changed."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, RLock
from time import monotonic, sleep
from typing import NamedTuple

from goround.errors import Damaged, FromNewerGoround, Gone, NotACollective, Unreachable
from goround.ids import CollectiveId
from goround.node.home import Home
from goround.node.replica import Replica
from goround.sentences import _
from goround.web.problems import nothing_here

LONGEST_CLOSE = 3.0
"""Seconds in which whatever is still being done with a collective has to end."""
AT_A_TIME = 0.01
"""Seconds after which whoever writes something long lets others go first."""
LETS_GO = 0.002
"""Seconds in which they do: whoever waits for the lock has it then."""


class _Open:
    """A place for one collective, opened by whoever takes it first, under its lock."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.replica: Replica | None = None

    def close(self) -> None:
        if self.replica is not None:
            self.replica.close()
            self.replica = None
            gc.unfreeze()  # what it held can be collected from now on


_Stamp = tuple[tuple[int, int, int], ...]


class _Spoilt(NamedTuple):
    """A file that cannot be used as long as it, and what lies beside it, is what it was; and why.

    What it was is asked before it is looked through: it may be mended meanwhile.
    """

    stamp: _Stamp
    why: Unreachable


class Shelf:
    """Opens collectives, and closes those that were not used for the longest time."""

    def __init__(self, home: Home, most: int) -> None:
        self._home = home
        self._most = most
        self._open: dict[CollectiveId, _Open] = {}
        self._seen: set[str] = set()
        self._spoilt: dict[CollectiveId, _Spoilt] = {}
        self._lock = Lock()
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._open)

    def has(self, collective: str) -> bool:
        """Tell whether this home keeps a collective, without opening it.

        Raises Gone for one that it did keep: whoever asks is not told that there is none.
        """
        if self._home.keeps(collective):
            self._seen.add(collective)
            return True
        if collective in self._seen:
            raise _gone()
        return False

    @contextmanager
    def taken(self, collective: CollectiveId) -> Iterator[Replica]:
        """Hold one collective, up to date; raises Denied (404) where it is not kept here."""
        found = self._find(collective)
        with found.lock:
            if self._open.get(collective) is found:
                replica = self._opened(collective, found)
                try:
                    replica.refresh()
                    yield replica
                except Gone:
                    self._let_go(collective, found)
                    raise
                return
        with self.taken(collective) as replica:  # it was closed while this one waited for it
            yield replica

    def written(
        self, collective: CollectiveId, begin: Callable[[Replica], Iterator[bytes]]
    ) -> bytes:
        """Write something long from one collective; others take it in between.

        What is begun has to show the same, whatever they do.
        """
        parts: list[bytes] = []
        with self.taken(collective) as replica:
            ahead = begin(replica)
            is_over = _write_on(ahead, parts)
        while not is_over:
            sleep(LETS_GO)
            with self.taken(collective):
                is_over = _write_on(ahead, parts)
        return b"".join(parts)

    def _find(self, collective: CollectiveId) -> _Open:
        with self._lock:
            if self._is_closed:
                raise Unreachable(_("This node is being stopped."))
            if not self.has(collective):
                raise nothing_here()
            found = self._open.pop(collective, None)
            self._open[collective] = found or _Open()  # last in line to be closed
            self._close_idle()
            return self._open[collective]

    def _opened(self, collective: CollectiveId, found: _Open) -> Replica:
        """Open what somebody takes; whoever wants another collective need not wait for that."""
        if found.replica is None:
            try:
                found.replica = self._whole(collective)
            except BaseException:
                with self._lock:
                    self._open.pop(collective, None)
                raise
            gc.freeze()  # a history is many things that stay: nobody has to look for waste in it
        return found.replica

    def _whole(self, collective: CollectiveId) -> Replica:
        """Read a file from its beginning, unless that has failed with the very same one."""
        known, stamp = self._spoilt.get(collective), self._stamp(collective)
        if known and known.stamp == stamp:
            raise known.why.with_traceback(None)
        try:
            return self._home.replica(collective)
        except (Damaged, FromNewerGoround, NotACollective) as error:
            self._spoilt[collective] = _Spoilt(stamp, error)
            raise

    def _stamp(self, collective: CollectiveId) -> _Stamp:
        """Tell a file, its journal and its keys from what they were before."""
        file, keys = self._home.file(collective), self._home.keyring(collective).path
        return tuple(_which(path) for path in (file, file.with_name(f"{file.name}-wal"), keys))

    def _let_go(self, collective: CollectiveId, found: _Open) -> None:
        """Forget a file that is gone: there may be another one, the next time."""
        with self._lock:
            if self._open.get(collective) is found:
                del self._open[collective]
        found.close()

    def _close_idle(self) -> None:
        for name in list(self._open)[: max(0, len(self._open) - self._most)]:
            found = self._open[name]
            if found.lock.acquire(blocking=False):
                try:
                    del self._open[name]
                    found.close()
                finally:
                    found.lock.release()

    def close(self) -> None:
        """Close everything that nothing is done with; what was answered is on the disk already."""
        until = monotonic() + LONGEST_CLOSE
        with self._lock:
            self._is_closed = True
            for found in self._open.values():
                if found.lock.acquire(timeout=max(0.0, until - monotonic())):
                    found.close()
                    found.lock.release()
            self._open.clear()


def _which(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _write_on(ahead: Iterator[bytes], parts: list[bytes]) -> bool:
    """Write for a moment; tell whether that was all."""
    until = monotonic() + AT_A_TIME
    for part in ahead:
        parts.append(part)
        if monotonic() > until:
            return False
    return True


def _gone() -> Gone:
    gone = Gone(_("What was kept here is not there any more: whoever runs this node has to look."))
    gone.plain = str(gone)
    return gone
