"""A node as whoever hosts it starts it: a process of its own, whose every line is read."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.end_to_end.people import answering
from tests.forked import PLAIN, Running


class Hosted(NamedTuple):
    """A running node, where it answers, and where its figures are."""

    process: subprocess.Popen[bytes] | Running
    address: str
    log: Path

    @property
    def host(self) -> tuple[str, int]:
        parts = urlsplit(self.address)
        return str(parts.hostname), int(parts.port or 0)

    def stops(self) -> int:
        """Tell it to stop, and give its number."""
        self.process.terminate()
        return self.process.wait(timeout=20)


@contextmanager
def hosted(
    home: Path, *options: str, program: Sequence[str] = (), port: int = 0
) -> Iterator[Hosted]:
    """Start a node; what it writes to standard error lies beside its home afterwards.

    Where it tells another address, because a server stands in front, it is found by its port. A
    `program` is started anew; without one, a process is forked for it.
    """
    words = ["--home", str(home), "serve", "--port", str(port), *options]
    log = home.with_suffix(".log")
    with _started(program, words, log) as process:
        assert process.stdout
        try:
            told = process.stdout.readline().decode()
            at = f"http://127.0.0.1:{port}" if port else told
            yield Hosted(process, answering(at), log)
        finally:
            process.kill()


def _started(
    program: Sequence[str], words: Sequence[str], log: Path
) -> subprocess.Popen[bytes] | Running:
    if not program:
        return Running(words, err=log)
    with log.open("wb") as errors:
        line = [*program, *words]
        return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=errors, env=PLAIN)
