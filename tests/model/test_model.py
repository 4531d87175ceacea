"""The bounded part of the model's searches; soak.py goes on from here."""

from __future__ import annotations

import pytest

from tests.model import lives
from tests.model.crowds import search_at_random, walk_at_random
from tests.model.histories import random_history, summaries, verdicts
from tests.model.hunts import HUNTS, Hunt, caught, life
from tests.model.life import Life
from tests.model.rules.judge import Rules
from tests.model.sealing import Epoch, search
from tests.model.soak import soak


@pytest.mark.parametrize(
    ("size", "silent", "rounds", "leaving", "tables"),
    [
        (1, 0, 3, True, 16),
        (2, 0, 2, False, 3849),
        (2, 0, 1, True, 2777),
        (3, 1, 2, False, 3849),
    ],
)
def test_however_few_members_speak_there_is_one_successor_and_soon(
    size: int,
    silent: int,
    rounds: int,
    leaving: bool,  # noqa: FBT001 - a column of the table above
    tables: int,
) -> None:
    assert search(Epoch(Rules(), size, silent, rounds, leaving=leaving)) == tables


@pytest.mark.parametrize("size", range(3, 13))
def test_with_liars_and_silent_members_there_is_one_successor_and_soon(size: int) -> None:
    for seed in range(10):
        search_at_random(Rules(), size, seed)


def test_three_who_miss_each_others_words_agree_on_one_successor() -> None:
    for seed in range(120):
        walk_at_random(Rules(), 3, seed)


@pytest.mark.parametrize("kind", lives.ALL)
def test_every_promise_holds_in_whole_histories(kind: type[Life]) -> None:
    for seed in range(8):
        life(kind)(Rules, seed)


@pytest.mark.soak
def test_every_search_goes_on_for_minutes() -> None:
    assert soak(600, 1000, wide=True)["histories"] > 1000


@pytest.mark.parametrize("hunt", HUNTS, ids=lambda hunt: hunt.mutant.__name__)
def test_a_broken_rule_breaks_a_promise(hunt: Hunt) -> None:
    promise, _ = caught(hunt)
    assert promise in hunt.breaks


@pytest.mark.parametrize("adversary", [False, True])
def test_a_random_history_follows_from_its_seed_alone(adversary: bool) -> None:  # noqa: FBT001
    history = random_history(7, 4, 60, adversary=adversary)
    assert history == random_history(7, 4, 60, adversary=adversary)
    assert list(verdicts(history)) == [event.id for event in history]
    assert len(summaries(history)) == 1 or adversary
