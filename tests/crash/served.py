"""A node that is stopped, killed, and started again, on a disk and by a clock that a test made."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.forked import AS_USUAL, Running, Terms


class Node(NamedTuple):
    """A process that serves a home, and where it answers."""

    address: str
    process: Running

    def kill(self) -> None:
        """End the process at once, whatever it is doing, and wait until it is gone."""
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> None:
        """Ask the process to stop, and wait until it has."""
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def serving(home: Path, errors: Path | None = None, terms: Terms = AS_USUAL) -> Iterator[Node]:
    """Serve a home, which has said where before this begins; it is killed, unless it ended before.

    What went wrong is added to `errors`.
    """
    words = ["--home", str(home), "serve", "--port", "0"]
    with Running(words, err=errors, terms=terms) as process:
        try:
            said = process.stdout.readline().decode().split()
            yield Node(next(word for word in said if word.startswith("http://")), process)
        finally:
            process.kill()
