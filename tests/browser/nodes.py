"""A node as somebody runs it: a process of its own, on a port that it keeps when it is started
again, in a home that commands can share. It is stopped by its own number and by nothing else."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.end_to_end.people import Person, answering
from tests.forked import Running
from tests.guides.console import free_port


class Node:
    """One node; `person` is whoever types commands in its home, if anybody does."""

    def __init__(self, home: Path, port: str = "") -> None:
        self.person = Person("Node", home.parent)
        self.person.home = home
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: Running | None = None
        self.start()

    def start(self) -> None:
        """Start it, at the address that it had before."""
        words = ["--home", str(self.person.home), "serve", "--port", self.port]
        self._process = Running(words)
        answering(self._process.stdout.readline().decode())

    def stop(self) -> None:
        """Let it end what it does, and stop; it has to do so without a fault."""
        self.is_told_to_stop()
        self.has_stopped()

    def is_told_to_stop(self) -> None:
        if self._process:
            self._process.terminate()

    def has_stopped(self) -> None:
        """Wait until it has, without a fault."""
        self._ends(0)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        if self._process:
            self._process.kill()
        self._ends(-signal.SIGKILL)

    @contextmanager
    def is_held(self) -> Iterator[None]:
        """Let it do nothing for a while, as on a computer that sleeps."""
        process = self._process
        assert process is not None
        process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            process.send_signal(signal.SIGCONT)

    def _ends(self, number: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with process:
            ended = process.wait(timeout=20)
        assert ended == number
