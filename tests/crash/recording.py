"""Takes down what the disk may hold at each moment of an operation. A program of its own, which has
one thread, so that it can fork and look at what it forked."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from goround.node import restored
from tests.crash.leftovers import Disk, Tree, digest
from tests.crash.operations import OPERATIONS
from tests.crash.tracing import Call, traced

KEEP = ("fsync", "fdatasync")
"""Calls by which a file, or the names in a folder, are asked to be kept."""
ROOT = Path(__file__).parents[2]


class Moment(NamedTuple):
    """What the disk may hold before a call is made; `told` once whoever asked may know of it."""

    call: str
    how: str
    told: bool
    tree: Tree


class Recording(NamedTuple):
    """All different moments of an operation, and what the disk holds when it is done."""

    folder: Path
    words: list[str]
    before: Tree
    moments: list[Moment]
    after: Tree
    calls: int


class Recorder:
    """The program, as whoever asks it sees it."""

    def __init__(self) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-c", "from tests.crash.recording import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )

    def is_allowed(self) -> bool:
        """Tell whether this machine lets one program look at what another does."""
        return bool(self._ask("allowed"))

    def record(self, operation: str, folder: Path) -> Recording:
        """Do an operation in a folder, and take down every moment of it."""
        recording: Recording = self._ask("record", operation, folder)
        return recording

    def kill(self, operation: str, folder: Path, at: int) -> tuple[Tree, list[str]]:
        """Do an operation in a folder, and kill it before its so-manieth call.

        Returns what was there before, and the words with which it was asked for.
        """
        before: tuple[Tree, list[str]] = self._ask("kill", operation, folder, at)
        return before

    def again(self, operation: str, folder: Path, words: list[str]) -> tuple[int, str]:
        """Do an operation in a folder as it is; returns its number, and what it said of errors."""
        done: tuple[int, str] = self._ask("again", operation, folder, words)
        return done

    def _ask(self, *question: object) -> Any:  # noqa: ANN401 - each question has its own answer
        assert self._program.stdin
        assert self._program.stdout
        pickle.dump(question, self._program.stdin)
        self._program.stdin.flush()
        return pickle.load(self._program.stdout)  # noqa: S301 - our own program

    def close(self) -> None:
        self._program.communicate(timeout=20)


def is_allowed() -> bool:
    try:
        return list(traced(lambda: 0)) == []
    except OSError:
        return False


def recorded(operation: str, folder: Path) -> Recording:
    """Prepare an operation in a folder, do it, and take down every moment."""
    words, disk = _prepared(operation, folder)
    before = disk.after_a_kill()
    calls = list(_moments(_doing(operation, folder, words), disk, OPERATIONS[operation].tells))
    found = list(_different(chain.from_iterable(calls)))
    return Recording(folder, words, before, found, disk.after_a_kill(), len(calls))


def killed(operation: str, folder: Path, at: int) -> tuple[Tree, list[str]]:
    """Prepare an operation in a folder, begin it, and kill it before its so-manieth call."""
    words, disk = _prepared(operation, folder)
    before = disk.after_a_kill()
    calls = traced(_doing(operation, folder, words))
    to_come = (call for call, is_made in calls if not is_made)
    next(islice(to_come, at, None), None)
    calls.close()
    return before, words


def done_again(operation: str, folder: Path, words: list[str]) -> tuple[int, str]:
    """Do an operation in a process of its own that nobody looks at.

    What a kill left is laid out anew, as files that were born later: a copy, which says nothing, if
    the disk knew that.
    """
    child = os.fork()
    if child == 0:
        restored.file_at = lambda path: ""  # noqa: ARG005 - it is called so there
        os._exit(_doing(operation, folder, words)())
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, _said(folder, 2).read_text()


def _prepared(operation: str, folder: Path) -> tuple[list[str], Disk]:
    folder.mkdir()
    words = OPERATIONS[operation].prepare(folder)
    return words, Disk(folder)


def _doing(operation: str, folder: Path, words: list[str]) -> Callable[[], int]:
    """Make an operation something that a process does which says everything into files."""

    def do() -> int:
        for number in (1, 2):
            file = os.open(_said(folder, number), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(file, number)
        return OPERATIONS[operation].do(folder, words)

    return do


def _said(folder: Path, number: int) -> Path:
    return folder.with_suffix(f".said{number}")


def _moments(
    do: Callable[[], int], disk: Disk, tells: Callable[[Call], bool]
) -> Iterator[list[Moment]]:
    """Yield what the disk may hold before each call."""
    told = False
    for call, is_made in traced(do):
        if is_made:
            if call.name in KEEP:
                disk.kept(Path(f"/proc/{call.thread}/fd/{call.file}"))
            continue
        told = told or tells(call)
        trees = [("killed", disk.after_a_kill()), *disk.after_the_power_went()]
        yield [Moment(call.name, how, told, tree) for how, tree in trees]


def _different(moments: Iterator[Moment]) -> Iterator[Moment]:
    """Leave out what is the same on the disk as something before."""
    seen: set[tuple[str, bool]] = set()
    for moment in moments:
        name = digest(moment.tree), moment.told
        if name not in seen:
            seen.add(name)
            yield moment


def main() -> None:
    """Answer each question."""
    for module in ("goround.web.running", "goround.sync.http", "uvicorn.lifespan.on"):
        import_module(module)  # once for all: an import is many calls to be looked at
    answers = os.fdopen(os.dup(1), "wb")
    kinds: dict[str, Callable[..., object]] = {
        "allowed": is_allowed,
        "record": recorded,
        "kill": killed,
        "again": done_again,
    }
    with suppress(EOFError):
        while True:
            kind, *asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - from whoever started us
            pickle.dump(kinds[kind](*asked), answers)
            answers.flush()
