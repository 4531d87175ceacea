"""Homes that are served become equal by themselves, and go on where one of them is gone."""

import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from goround.sync import calling
from tests import forked
from tests.end_to_end.people import Person, answering, served

PATIENCE = 20.0


def wait_until(holds: Callable[[], object], what: str) -> float:
    """Wait until something holds; tell how long that took."""
    began = time.monotonic()
    while time.monotonic() < began + PATIENCE:
        if holds():
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"{what}, within {PATIENCE} seconds")


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


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    anna, ben = Person("Anna", tmp_path), Person("Ben", tmp_path)
    at_anna, at_ben = free_port(), free_port()
    anna.does("found", "Bread", "--as", "Anna")
    anna.does("invite", "Ben")
    with serving_at(anna, at_anna):
        link = anna.prints("invitation", "Ben").decode().strip()
        ben.prints("join", link, "--as", "Ben")
    anna.does("places", "add", f"http://127.0.0.1:{at_ben}")
    return Pair(anna, ben, at_anna, at_ben)


def test_who_joined_somewhere_has_that_for_a_place_and_says_when_it_was_equal(pair: Pair) -> None:
    (place,) = pair.ben.does("places")
    assert place["address"] == f"http://127.0.0.1:{pair.at_anna}"
    assert place["equal"]
    assert place["silent"] is None


def test_two_homes_that_are_served_become_equal_after_a_write_on_either(pair: Pair) -> None:
    with serving_at(pair.anna, pair.at_anna), serving_at(pair.ben, pair.at_ben):
        wait_until(lambda: pair.anna.does("places")[0]["equal"], "each is called at the start")
        for writer in (pair.anna, pair.ben):
            writer.does("propose", f"Flour for {writer.name}", "--text", "Some.")
            took = wait_until(lambda: are_equal(pair.anna, pair.ben), "both are equal soon")
            assert took < calling.EVERY / 2, "that was the write, and not the next round"


def test_one_that_was_killed_comes_back_and_is_equal_again(pair: Pair) -> None:
    with serving_at(pair.anna, pair.at_anna):
        with serving_at(pair.ben, pair.at_ben) as node:
            node.send_signal(signal.SIGKILL)
            node.wait()
        pair.anna.does("propose", "Flour", "--text", "Some.")
        wait_until(lambda: bool(pair.anna.does("places")[0]["silent"]), "who is silent is noticed")
        with serving_at(pair.ben, pair.at_ben):
            wait_until(lambda: are_equal(pair.anna, pair.ben), "it catches up after it came back")


def test_a_place_that_is_gone_for_good_holds_up_nobody(pair: Pair) -> None:
    pair.anna.does("places", "add", f"http://127.0.0.1:{free_port()}")
    with silent() as hanging:
        pair.anna.does("places", "add", hanging)
        with serving_at(pair.anna, pair.at_anna) as node, serving_at(pair.ben, pair.at_ben):
            pair.anna.does("propose", "Flour", "--text", "Some.")
            wait_until(lambda: are_equal(pair.anna, pair.ben), "the others become equal")
            began = time.monotonic()
            node.terminate()
            assert node.wait(timeout=20) == 0
            assert time.monotonic() - began < 8, "who never answers keeps no node from ending"


@contextmanager
def silent() -> Iterator[str]:
    """Take connections, and never answer."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_sync_without_an_address_goes_to_each_place_and_says_where_nobody_was(pair: Pair) -> None:
    gone = f"http://127.0.0.1:{free_port()}"
    pair.ben.does("places", "add", gone)
    pair.ben.does("propose", "Flour", "--text", "Some.")
    with served(pair.anna) as elsewhere:
        pair.ben.does("places", "add", elsewhere)
        done = pair.ben.does("sync")
        assert are_equal(pair.anna, pair.ben)
        said = pair.ben.prints("sync").decode()
    nobody, met = done["places"][1:]
    assert (nobody["node"], "Nobody answers" in nobody["why"]) == (gone, True)
    assert (met["node"], met["equal"]) == (elsewhere, True)
    assert f"{elsewhere}: You are equal: 0 came, 0 went." in said
    assert f"{gone}: Nobody answers" in said
    refused = pair.ben.tries("sync")
    assert (refused.returncode, refused.stderr.startswith(b"No place was reached.")) == (3, True)
