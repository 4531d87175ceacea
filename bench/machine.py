"""The machine, as far as it matters to a figure; nothing that tells whose it is."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
IN_MEMORY = {"tmpfs", "ramfs"}


class Machine(msgspec.Struct, frozen=True):
    """What a report says of the machine; `cores` are those that the run was allowed to use."""

    processor: str
    cores: int
    memory: str
    system: str
    python: str
    sqlite: str
    file_system: str


def this_machine() -> Machine:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory=f"{pages / 2**30:.0f} GiB",
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        file_system=file_system(working_folder()),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def file_system(path: Path) -> str:
    """Return the kind of file system that a folder is on."""
    path = path.resolve()
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown"
    mounts = [line.split()[1:3] for line in lines]
    holding = [(len(at), kind) for at, kind in mounts if path.is_relative_to(at)]
    return max(holding)[1] if holding else "unknown"


def working_folder() -> Path:
    """Return where made-up histories are kept and files are written: on a disk, if there is one."""
    chosen = os.environ.get("BENCH_CACHE")
    folder = Path(chosen) if chosen else Path(tempfile.gettempdir(), "goround-bench")
    if not chosen and file_system(folder.parent) in IN_MEMORY:
        folder = ROOT / ".bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder on the disk that is measured, and remove it afterwards."""
    with tempfile.TemporaryDirectory(dir=working_folder(), prefix=".scratch-") as folder:
        yield Path(folder)


def forget(file: Path) -> None:
    """Let the system forget what it holds of a file, if it is one, as if nobody had read it yet."""
    if not file.is_file():
        return
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
