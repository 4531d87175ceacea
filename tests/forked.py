"""The program in processes of its own, each forked from one that has loaded everything.

Starting Python and loading everything takes half a second, and people in these tests type hundreds
of commands. What runs is the same as after `goround`: its own process, arguments, files, signals
and number. That the command itself can be started is shown where the README is typed into a shell
(tests/guides) and where it is installed from a wheel (tests/supply).
"""

import ctypes
import io
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

PLAIN = {**os.environ, "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
LONGEST = 120
NOTHING = Path(os.devnull)
_DIE_WITH_PARENT = 1

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.loaded", "tests.forked"])


class Terms(NamedTuple):
    """Under which the program runs."""

    most: int = 0
    """Bytes that no file may have more of; 0 for any number."""
    clock: Path | None = None
    """A file that says how many seconds its clock is ahead."""
    folder: Path | None = None
    """Where it is started, if that matters."""


AS_USUAL = Terms()


def typed(words: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Type `goround` and these words, and wait until it ends."""
    with tempfile.TemporaryDirectory() as folder:
        reads, out, err = (Path(folder, name) for name in ("in", "out", "err"))
        reads.write_bytes(given)
        with Running(words, reads, out, err) as running:
            code = running.wait()
        return subprocess.CompletedProcess(words, code, out.read_bytes(), err.read_bytes())


class Running:
    """The program while it runs. What it prints is read here, unless it goes to a file."""

    def __init__(
        self,
        words: Sequence[str],
        reads: Path = NOTHING,
        out: Path | None = None,
        err: Path | None = None,
        terms: Terms = AS_USUAL,
    ) -> None:
        self._reader, writer = _FORKS.Pipe(duplex=False)
        self.stdout: BinaryIO = open(self._reader.fileno(), "rb", closefd=False)  # noqa: SIM115 - closed with this
        self._process = _FORKS.Process(
            target=_run, args=(list(words), reads, out or writer, err, terms), daemon=True
        )
        self._process.start()
        writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait until it has ended, as after a Popen."""
        self.wait()
        self.stdout.close()
        self._reader.close()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    def poll(self) -> int | None:
        """Give its number if it has ended."""
        return self._process.exitcode

    def wait(self, timeout: float = LONGEST) -> int:
        """Wait until it ends; give its number, negative where a signal ended it."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("goround", timeout)
        return code

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def end_with_parent() -> None:
    """Let this process be killed when the one that started it ends."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _run(
    words: list[str], reads: Path, out: Path | Connection, err: Path | None, terms: Terms
) -> None:
    """Become the program, in the process that was forked for it."""
    end_with_parent()
    os.dup2(os.open(reads, os.O_RDONLY), 0)
    os.dup2(out.fileno() if isinstance(out, Connection) else _opened(out), 1)
    if err:
        os.dup2(_opened(err), 2)
    if isinstance(out, Connection):
        out.close()
    os.environ.clear()
    os.environ.update(PLAIN)
    sys.stdin, sys.stdout, sys.stderr = (_stream(number) for number in range(3))
    sys.argv = ["goround", *words]
    _accept(terms)
    from goround.cli.main import main  # noqa: PLC0415 - so that whoever starts it need not load it

    main()


def _accept(terms: Terms) -> None:
    if terms.folder:
        os.chdir(terms.folder)
    if terms.most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (terms.most, terms.most))
    if terms.clock:
        clock, true = terms.clock, time.time_ns
        time.time_ns = lambda: true() + int(clock.read_text()) * 1_000_000_000
        time.time = lambda: time.time_ns() / 1_000_000_000


def _opened(file: Path) -> int:
    """Open a file to which lines are added, as `>>` does."""
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _stream(number: int) -> io.TextIOWrapper:
    raw = open(number, "wb" if number else "rb", closefd=False)  # noqa: SIM115 - as long as the process
    return io.TextIOWrapper(raw, "utf-8", line_buffering=number > 1)
