"""Starts nodes cheaply: a program that has loaded everything forks once for each, so that a node is
there in some milliseconds. Each is a process of its own that runs `goround serve` as anybody does,
and is killed as anybody is."""

import ctypes
import io
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

ROOT = Path(__file__).parents[2]
_DIE_WITH_PARENT = 1


class Terms(NamedTuple):
    """Under which a node runs."""

    errors: Path | str = ""
    """The file into which it says what went wrong."""
    most: int = 0
    """Bytes that no file may have more of; 0 for any number."""
    clock: Path | str = ""
    """A file that says how many seconds its clock is ahead."""


class Node:
    """A process that serves a home; leaving the block kills it, unless it ended before."""

    def __init__(self, pid: int, address: str) -> None:
        self.address = address
        self._process = os.pidfd_open(pid)

    def kill(self) -> None:
        """End the process at once, whatever it is doing, and wait until it is gone."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the process to stop, and wait until it has."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if not self.is_gone(0):
            signal.pidfd_send_signal(self._process, how)
        assert self.is_gone(20)

    def is_gone(self, seconds: float) -> bool:
        """Tell whether the process has ended, or does within so many seconds."""
        return bool(select.select([self._process], [], [], seconds)[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self._process)


class Nursery:
    """Starts nodes, until it is closed."""

    def __init__(self) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def serve(self, home: Path, *options: str, **terms: Any) -> Node:  # noqa: ANN401 - see Terms
        """Serve a home in a process of its own, which answers once this returns."""
        told = self._program
        assert told.stdin
        assert told.stdout
        line = ["--home", str(home), "serve", "--port", "0", *options]
        told.stdin.write(json.dumps([line, Terms(**terms)._asdict()], default=str) + "\n")
        told.stdin.flush()
        pid, said = int(told.stdout.readline()), told.stdout.readline()
        return Node(pid, next(word for word in said.split() if word.startswith("http://")))

    def close(self) -> None:
        self._program.communicate(timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _warmed_up() -> Callable[[list[str]], int]:
    """Load what a node loads, once for all; returns what runs a command."""
    from goround.cli.main import run  # noqa: PLC0415 - only the program that forks needs it

    for module in ("goround.web.running", "goround.sync.http", "uvicorn.lifespan.on"):
        import_module(module)
    with redirect_stderr(io.StringIO()):
        run(["serve", "--port", "-1"])  # no port: what reads the words of commands is loaded too
    return run


def end_with_parent() -> None:
    """Let this process be killed when the one that started it ends."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _prepare(terms: Terms) -> None:
    if terms.errors:
        os.dup2(os.open(terms.errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    if terms.most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (terms.most, terms.most))
    if terms.clock:
        clock, true = Path(terms.clock), time.time_ns
        time.time_ns = lambda: true() + int(clock.read_text()) * 1_000_000_000
        time.time = lambda: time.time_ns() / 1_000_000_000


def main() -> None:
    """Fork for each line; children that end are nobody's to wait for here."""
    run = _warmed_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            end_with_parent()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            words, terms = json.loads(line)
            _prepare(Terms(**terms))
            print(os.getpid(), flush=True)  # noqa: T201 - whoever asked reads it
            os._exit(run(words))


if __name__ == "__main__":
    main()
