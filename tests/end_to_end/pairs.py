"""Two people whose homes know of each other's places, and how long to wait until they are equal."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests import forked
from tests.end_to_end.people import Person, answering

PATIENCE = 20.0


def wait_until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> float:
    """Wait until something holds; tell how long that took."""
    began = time.monotonic()
    while time.monotonic() < began + patience:
        if holds():
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"{what}, within {patience} seconds")


def are_equal(*people: Person) -> bool:
    return len({person.prints("state") for person in people}) == 1


class Pair(NamedTuple):
    """Two members with a home each, who know of each other's places."""

    anna: Person
    ben: Person
    at_anna: int
    at_ben: int


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serving_at(person: Person, port: int) -> Iterator[forked.Running]:
    """Serve a home at a port, until it is stopped or killed."""
    with forked.Running(["--home", str(person.home), "serve", "--port", str(port)]) as node:
        try:
            answering(node.stdout.readline().decode())
            yield node
        finally:
            node.terminate()
            node.wait(timeout=20)


def paired(folder: Path) -> Pair:
    """Let Anna found a collective, and Ben join at her node."""
    anna, ben = Person("Anna", folder), Person("Ben", folder)
    at_anna, at_ben = free_port(), free_port()
    anna.does("found", "Bread", "--as", "Anna")
    anna.does("invite", "Ben")
    with serving_at(anna, at_anna):
        link = anna.prints("invitation", "Ben").decode().strip()
        ben.prints("join", link, "--as", "Ben")
    anna.does("places", "add", f"http://127.0.0.1:{at_ben}")
    return Pair(anna, ben, at_anna, at_ben)
