"""In any weather, whoever lies and whatever breaks, the promises hold (P2 to P5, P7)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.model.broken import Broken, require
from tests.simulation import figures, world
from tests.simulation.__main__ import table
from tests.simulation.checking import Checking
from tests.simulation.story import broken, live, shortest
from tests.simulation.weather import OFTEN, Weather

ROOT = Path(__file__).parents[2]
A_FEW = 15
MANY = 2000
COUNTED = 60
PUT_BACK = 10


def told(seed: int) -> str:
    failure = broken(seed)
    return str(shortest(failure)) if failure else ""


@pytest.mark.parametrize("first", range(0, A_FEW, 15))
def test_the_promises_hold_in_any_weather(first: int) -> None:
    for seed in range(first, first + 15):
        assert told(seed) == ""


@pytest.mark.parametrize("first", [0])
def test_a_copy_that_was_put_back_says_nothing_whomever_it_asks(
    monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    put_back = {**OFTEN, "image": 20, "restore": 20, "island": 10, "fuse": 0, "late": 0}
    monkeypatch.setattr(Weather, "often", put_back)
    for seed in range(first, first + PUT_BACK):
        assert told(seed) == ""


@pytest.mark.soak
@pytest.mark.parametrize("first", range(A_FEW, MANY, 55))
def test_the_promises_hold_for_a_long_time(first: int) -> None:
    for seed in range(first, first + 55):
        assert told(seed) == ""


def test_a_failing_seed_is_told_by_the_steps_that_it_takes_and_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest, culprit = Checking.check, "signs propose"

    def wrong(watch: Checking) -> None:
        honest(watch)
        said = [line for line in watch.life.told if culprit in line]
        require("only_so_many_are_put_forward", len(said) < 5, f"{len(said)} are")

    monkeypatch.setattr(Checking, "check", wrong)
    failure = broken(2)
    assert failure
    least = shortest(failure)
    assert 0 < len(least.steps) < len(failure.steps) / 3
    assert least.promise.startswith("only_so_many_are_put_forward")
    for step in least.steps:
        assert broken(2, [other for other in least.steps if other != step]) is None
    assert str(least).count(culprit) == 5


def test_a_seed_tells_the_same_story_in_each_program() -> None:
    command = [sys.executable, "-m", "tests.simulation", "--seed", "11"]
    stories = [
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hashes},
            capture_output=True,
            check=True,
        ).stdout
        for hashes in ("1", "2")
    ]
    assert len(stories[0]) > 1000
    assert stories[0] == stories[1]


def test_a_step_that_does_not_end_is_told_like_a_broken_promise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(world, "LONGEST_STEP", 0.2)
    monkeypatch.setattr(Weather, "step", hang)
    failure = broken(2, range(1))
    assert failure
    assert failure.promise.startswith("each_step_ends")


def hang(_world: Weather) -> None:
    while True:
        pass


def test_a_broken_promise_is_a_failure_and_nothing_else() -> None:
    with pytest.raises(Broken):
        require("anything", holds=False, detail="")
    assert live(1, range(3)).events


@pytest.mark.soak
def test_the_table_in_the_documents_is_what_the_command_counts() -> None:
    assert figures.written() == table(COUNTED)
