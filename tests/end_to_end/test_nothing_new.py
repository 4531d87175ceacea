"""What it costs to ask a place whether anything is new, seen byte by byte on its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.relay import Relay
from tests import forked
from tests.end_to_end.people import Person, answering
from tests.guides.console import free_port

KILOBYTE = 1000


@contextmanager
def served_behind(relay: Relay, person: Person) -> Iterator[str]:
    """Serve a home behind a relay, whose address it takes for its own."""
    words = ["--home", str(person.home), "serve", "--port", str(relay.behind), "--at", relay.origin]
    with forked.Running(words) as node:
        try:
            node.stdout.readline()
            yield answering(relay.origin)
        finally:
            node.terminate()
            assert node.wait(timeout=20) == 0


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as found:
        found.behind = int(free_port())
        yield found


@pytest.fixture
def anna(tmp_path: Path) -> Person:
    anna = Person("Anna", tmp_path)
    anna.does("found", "Bread", "--as", "Anna")
    anna.does("invite", "Ben")
    return anna


def joined(anna: Person, folder: Path, address: str) -> Person:
    ben = Person("Ben", folder)
    link = anna.prints("invitation", "Ben", "--at", address).decode().strip()
    ben.prints("join", link, "--as", "Ben")
    ben.does("sync", address)
    return ben


def test_where_nothing_is_new_one_request_tells_so_in_less_than_a_kilobyte(
    relay: Relay, anna: Person, tmp_path: Path
) -> None:
    with served_behind(relay, anna) as address:
        ben = joined(anna, tmp_path, address)
        relay.forget()
        done = ben.does("sync", address)
        assert (done["received"], done["sent"], done["equal"]) == (0, 0, True)
        assert relay.requests == 1
        assert relay.carried < KILOBYTE


def test_a_session_that_ended_with_the_node_is_followed_by_another(
    relay: Relay, anna: Person, tmp_path: Path
) -> None:
    with served_behind(relay, anna) as address:
        ben = joined(anna, tmp_path, address)
    with served_behind(relay, anna) as address:
        anna.does("propose", "Flour", "--text", "Some.")
        relay.forget()
        assert ben.does("sync", address)["received"] == 1
        assert relay.went.count(b"/session ") == 1
        relay.forget()
        ben.does("sync", address)
        assert relay.requests == 1


def test_what_opens_a_session_stands_in_no_address_and_in_nothing_that_is_printed(
    relay: Relay, anna: Person, tmp_path: Path
) -> None:
    with served_behind(relay, anna) as address:
        ben = joined(anna, tmp_path, address)
        relay.forget()
        printed = ben.tries("sync", address)
    went = bytes(relay.went)
    token = went.partition(b"Bearer ")[2].split()[0]
    assert len(token) > 40
    assert went.count(token) == went.count(b"Bearer ") == 1
    assert token not in printed.stdout + printed.stderr
