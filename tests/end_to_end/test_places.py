"""Homes that are served become equal by themselves, and go on where one of them is gone."""

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from goround.sync import calling
from tests.end_to_end.pairs import Pair, are_equal, free_port, paired, serving_at, wait_until
from tests.end_to_end.people import served


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return paired(tmp_path)


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
