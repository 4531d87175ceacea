"""Small disks of a test's own, which can be full, be made unwritable, be taken away or break. Only
who may mount has them (root, mostly); others run the tests that need none."""

import fcntl
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SHUTDOWN = 0x8004587D
"""The call that makes a file system answer nothing any more (FS_IOC_SHUTDOWN)."""


def run(*line: str | Path) -> bool:
    """Run a command of the machine; tell whether it worked."""
    done = subprocess.run(line, capture_output=True, check=False)
    return done.returncode == 0


class Disk:
    """A disk that is mounted at a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Use all the room that is left."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (65536, 4096, 512, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def make_room(self) -> None:
        self._filler.unlink()

    def let_it(self, how: str) -> None:
        """Let it be read only (`ro`), or be written again (`rw`)."""
        assert run("mount", "-o", f"remount,{how}", self.folder)

    def take_away(self) -> None:
        """Unmount it under whoever has files open there."""
        assert run("umount", "-l", self.folder)

    def break_down(self) -> None:
        """Let it answer nothing any more, as one that was pulled out."""
        opened = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(opened, _SHUTDOWN, struct.pack("I", 2))
        finally:
            os.close(opened)


@contextmanager
def in_memory(folder: Path, size: str) -> Iterator[Disk]:
    """Mount a disk of some size that is only memory."""
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "none") as disk:
        yield disk


@contextmanager
def elsewhere(folder: Path, there: Path) -> Iterator[Disk]:
    """Mount a folder that lies elsewhere."""
    with _mounted(folder, "--bind", str(there)) as disk:
        yield disk


@contextmanager
def image(folder: Path) -> Iterator[Disk]:
    """Mount a file system that lies in a file."""
    file = folder.with_suffix(".image")
    with file.open("wb") as made:
        made.truncate(24 * 1024 * 1024)
    if not shutil.which("mkfs.ext4") or not run("mkfs.ext4", "-q", file):
        pytest.skip("file systems cannot be made here (mkfs.ext4)")
    with _mounted(folder, "-o", "loop", str(file)) as disk:
        yield disk


@contextmanager
def _mounted(folder: Path, *how: str) -> Iterator[Disk]:
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0 or not run("mount", *how, folder):
        pytest.skip("only root mounts disks")
    try:
        yield Disk(folder)
    finally:
        run("umount", "-l", folder)
