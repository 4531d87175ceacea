"""Files that are there whole or not at all, whatever happens while they are written, and that last
once they are there. What is unfinished lies in a folder beside its place, which is locked as long
as somebody writes in it; whoever comes after a crash finds it unlocked, and clears it away."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

UNFINISHED = ".goround-unfinished-"


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    with suppress(PermissionError):  # one may enter some folders, and not read them
        keep_names(path.parent)


def keep_names(folder: Path) -> None:
    """Wait until the names in a folder would survive the power going."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only one who changes what is in a folder: for reading a file and writing it anew."""
    make_folder(folder)
    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some disks know no locks
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give what is written in the place of a file, for its owner alone, once all of it is there."""
    with unfinished(path) as fresh:
        opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        keep_names(path.parent)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Give a place beside a path, where a file of that name comes to be; its rest is removed."""
    _clear_away(path.parent)
    folder, lock = _begin(path.parent)
    try:
        yield folder / path.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _unlock(lock)


def _begin(parent: Path) -> tuple[Path, int | None]:
    """Make a folder and lock it; once more, where somebody just took it for one that was left."""
    while True:
        folder = Path(mkdtemp(dir=parent, prefix=UNFINISHED))
        lock = _locked(folder, fcntl.LOCK_EX)
        if folder.exists():
            return folder, lock
        _unlock(lock)


def _clear_away(parent: Path) -> None:
    for folder in parent.glob(f"{UNFINISHED}*"):
        lock = _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            _unlock(lock)


def _locked(folder: Path, how: int) -> int | None:
    """Lock a folder; None where somebody else has it, it is gone, or this disk knows no locks."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(opened, how)
        except OSError:
            os.close(opened)
        else:
            return opened
    return None


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
