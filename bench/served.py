"""Programs that serve, each in a process of its own: a node of ours, and what stands beside it.

`serving` waits until the program has said where it answers, and stops it by its process id. What a
process holds is read from /proc, so this measures on Linux alone.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.machine import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

STOPS_WITHIN = 20
UNTOLD = {"PYTHONDONTWRITEBYTECODE"}
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


class Served(NamedTuple):
    """A program that answers at a port of this machine."""

    pid: int
    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def resident(self) -> float:
        """MiB of memory that the process holds (VmRSS)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0

    @property
    def files(self) -> int:
        """How many files, sockets and the like the process has open."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))  # noqa: PTH208 - names alone are counted


@contextmanager
def node(home: Path) -> Iterator[Served]:
    """Serve a home."""
    with serving("goround", "--home", str(home), "serve", "--port", "0") as found:
        yield found


@contextmanager
def serving(module: str, *args: str) -> Iterator[Served]:
    """Run a module that serves, until it is not needed any more."""
    command = [sys.executable, "-m", module, *args]
    # What was compiled once is kept, as it is for people, whatever this run keeps of itself.
    told = {name: value for name, value in os.environ.items() if name not in UNTOLD}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=told
    ) as process:
        try:
            yield Served(process.pid, _port(process))
        finally:
            _stop(process)


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    for line in process.stdout:
        found = _ADDRESS.search(line)
        if found:
            return int(found[1])
    message = f"It ended before it answered: {process.args!r}"
    raise RuntimeError(message)


def _stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
