"""At a weekend house: laptops that nobody told of each other find each other, and are equal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import forked
from tests.end_to_end.people import Person, served

PATIENCE = 20.0


def wait_until(holds: Callable[[], object], what: str) -> float:
    began = time.monotonic()
    while time.monotonic() < began + PATIENCE:
        if holds():
            return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError(f"{what}, within {PATIENCE} seconds")


@contextmanager
def in_the_room(person: Person, host: str = "127.0.0.1") -> Iterator[forked.Running]:
    """Serve a home to the room; what it announces goes no further than this machine."""
    words = ["--home", str(person.home), "serve", "--lan", "--host", host, "--port", "0"]
    with forked.Running(words) as node:
        try:
            assert b"https://" in node.stdout.readline()
            yield node
        finally:
            node.terminate()
            assert node.wait(timeout=20) == 0


def strangers_to_each_others_places(folder: Path) -> tuple[Person, Person]:
    """Let Anna and Ben share a collective, and know of no place."""
    anna, ben = Person("Anna", folder), Person("Ben", folder)
    anna.does("found", "Bread", "--as", "Anna")
    anna.does("invite", "Ben")
    with served(anna) as address:
        link = anna.prints("invitation", "Ben").decode().strip()
        ben.prints("join", link, "--as", "Ben")
        ben.does("sync", address)
        ben.does("places", "drop", address)
    return anna, ben


def states(*people: Person) -> set[bytes]:
    return {person.prints("state") for person in people}


def test_two_laptops_in_one_network_find_each_other_and_are_equal(tmp_path: Path) -> None:
    anna, ben = strangers_to_each_others_places(tmp_path)
    ben.does("propose", "Flour", "--text", "Some.")
    anna.does("propose", "Salt", "--text", "Some.")
    assert len(states(anna, ben)) == 2
    with in_the_room(anna), in_the_room(ben):
        took = wait_until(lambda: len(states(anna, ben)) == 1, "both are equal")
        print("equal after", took)
    assert anna.does("places") == ben.does("places") == []
