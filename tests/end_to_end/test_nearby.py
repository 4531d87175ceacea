"""At a weekend house: laptops that nobody told of each other find each other, and are equal."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests import forked
from tests.end_to_end.people import Person, served
from tests.end_to_end.test_far_apart import Far, are_equal
from tests.end_to_end.wires import why_not, wires
from tests.terminals import Terminal, bakery

PATIENCE = 30.0


def wait_until(holds: Callable[[], object], what: str) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() < began + PATIENCE, f"{what}, within {PATIENCE} seconds"
        time.sleep(0.05)


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
        wait_until(lambda: len(states(anna, ben)) == 1, "both are equal")
    assert anna.does("places") == ben.does("places") == []


@pytest.mark.soak
def test_three_laptops_on_wires_of_their_own_find_each_other_and_no_stranger(
    tmp_path: Path,
) -> None:
    reason = why_not()
    if reason:
        pytest.skip(f"{reason}; on one machine the test above does the same over loopback")
    names = ("Anna", "Ben", "Cleo")
    stranger = Terminal(tmp_path, "Xaver")
    stranger.does("found", "Soup", "--as", "Xaver")
    owners = [*bakery(tmp_path, *names), stranger]
    with wires(len(owners)) as laid, ExitStack() as running:
        people = [Far(laid, n, t) for n, t in zip(laid.numbers, owners, strict=True)]
        *three, xaver = people
        for person in people:
            person.proposes(f"Salt for {person.number}")
        alone = xaver.state()
        for person in people:
            running.enter_context(person.serving())
        wait_until(lambda: are_equal(*three), "all three are equal")
        assert all(f"Salt for {number}" in three[0].state() for number in (1, 2, 3))
        three[1].proposes("Once more")
        wait_until(lambda: are_equal(*three), "what is written goes to all")
        assert xaver.state() == alone
        laid.cut(3)
        three[2].proposes("In the tunnel")
        three[0].proposes("At the table")
        wait_until(lambda: are_equal(*three[:2]), "the two who reach each other are equal")
        assert not are_equal(*three)
        laid.mend(3)
        wait_until(lambda: are_equal(*three), "all are, once the third is back")
