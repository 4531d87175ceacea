"""Whether a collective's file was closed in order. Whoever has it open holds a lock on a small file
beside it, which the kernel lets go of however a process ends. Whoever closes it last writes there
which file that was: its number, its size, its times. So a mark holds for that one file, as it was
left: a copy is another file, and one that was written to since has other times. Nothing is written
to say that a file is open, so a mark costs nothing while people wait."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import msgspec

from goround.errors import Busy

_LOOKS_AGAIN = 0.01
"""Seconds until somebody looks again who found that another program is just opening the file."""


class Mark:
    """Our share in a collective's file, for as long as we have it open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = _opened(place_of(path))

    def take(self, wait: float) -> bool:
        """Take our share; tell whether nobody else has one, and nobody gets one before `share`."""
        until = monotonic() + wait
        while not self._is_locked(fcntl.LOCK_EX):
            if self._is_locked(fcntl.LOCK_SH):
                return False
            if monotonic() > until:
                raise Busy("Another program is looking through this collective; try again soon.")
            sleep(_LOOKS_AGAIN)
        return True

    def share(self) -> None:
        """Let others have a share."""
        with suppress(OSError):
            if self._lock is not None:
                fcntl.flock(self._lock, fcntl.LOCK_SH)

    def give_back(self) -> None:
        """Give our share back, after the file was closed; the last to do so leaves the mark."""
        if self._lock is None:
            return
        with suppress(OSError):
            fcntl.flock(self._lock, fcntl.LOCK_UN)  # of two who leave at once one is the last
            if self._is_locked(fcntl.LOCK_EX) and not has_journal(self._path):
                _write(self._lock, self._path)
        self.drop()

    def drop(self) -> None:
        """Give our share back, and leave no mark."""
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)

    def _is_locked(self, how: int) -> bool:
        """Try to lock; where there is nothing to lock, or a disk knows no locks, we are alone."""
        try:
            if self._lock is not None:
                fcntl.flock(self._lock, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True


def place_of(path: Path) -> Path:
    """Return where the mark of a collective's file lies."""
    return path.with_name(f"{path.name}-closed")


def has_journal(path: Path) -> bool:
    """Tell whether something stands in the journal: somebody has the file open, or did not end."""
    journal = path.with_name(f"{path.name}-wal")
    return journal.exists() and journal.stat().st_size > 0


def was_closed(path: Path) -> bool:
    """Tell whether a file is as somebody left it who closed it in order."""
    try:
        said = msgspec.json.decode(place_of(path).read_bytes(), type=list[int])
        return said == _which(path) and not has_journal(path)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return False


def leave(path: Path) -> None:
    """Leave a mark beside a file that was just made, and that nobody has open yet."""
    lock = _opened(place_of(path))
    if lock is not None:
        _write(lock, path)
        os.close(lock)


def _opened(place: Path) -> int | None:
    """Open the file that is locked; None where there is none, and none can be made."""
    for how in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with suppress(OSError):
            return os.open(place, how, 0o600)
    return None


def _which(path: Path) -> list[int]:
    """Say which file this is, and how it was left."""
    found = path.stat()
    return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _write(lock: int, path: Path) -> None:
    said = msgspec.json.encode(_which(path))
    if os.pread(lock, len(said) + 1, 0) != said:  # who only read leaves what was there
        os.pwrite(lock, said, 0)
        os.ftruncate(lock, len(said))
