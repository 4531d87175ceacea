"""Made-up histories are genuine, the same in every run, and their people keep to the rules."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from bench.histories import MOST_VOID, Recipe, history, lived
from bench.made.talk import Talk
from goround.collective.decisions import decided
from goround.log.event import Event
from goround.log.history import check_every
from goround.replay import Replay

RECIPES = [Recipe(800), Recipe(500, members=3, second_devices=0, come_and_go=False)]


def made(recipe: Recipe) -> list[Event]:
    return list(islice(lived(Talk(recipe.seed), recipe), recipe.events))


@cache
def judged(recipe: Recipe) -> tuple[list[Event], Replay]:
    events = made(recipe)
    replay = Replay.of(events[0].collective)
    replay.add_all(events)
    return events, replay


@pytest.mark.parametrize("recipe", RECIPES)
def test_people_keep_to_the_rules_and_decide_things(recipe: Recipe) -> None:
    events, replay = judged(recipe)
    check_every(events)
    assert len(replay.record.void) <= MOST_VOID * len(events), Counter(replay.record.void.values())
    assert len({event.header.device for event in events}) == recipe.devices
    view, versions = replay.view(), replay.record.all_versions
    assert len(view.epoch.members) == recipe.members - recipe.come_and_go
    assert sum(decided(view, version.id) for version in versions) > len(versions) / 2


def test_some_events_cross_and_most_see_the_rest() -> None:
    events, replay = judged(RECIPES[0])
    known = [
        sum(other.id in replay.graph.past(event.id) for other in events[max(0, at - 20) : at])
        for at, event in enumerate(events[100:], 100)
    ]
    assert 0.5 < sum(count == 20 for count in known) / len(known) < 0.95


def test_a_copy_is_cold_also_where_somebody_has_opened_the_kept_one(tmp_path: Path) -> None:
    made = history(Recipe(100))
    kept = msgspec.structs.replace(made, home=made.copy(tmp_path / "kept").path)
    (kept.home / "cache").mkdir()
    (kept.home / "cache" / f"{kept.collective}.checkpoint").write_bytes(b"what was judged")
    copied = kept.copy(tmp_path / "home").path
    assert sorted(part.name for part in copied.iterdir()) == ["collectives", "keys"]


def test_the_same_recipe_gives_the_same_history() -> None:
    first, again, other = Recipe(200), Recipe(200), Recipe(200, seed=2)
    assert [event.id for event in made(first)] == [event.id for event in made(again)]
    assert made(first)[0].id != made(other)[0].id
