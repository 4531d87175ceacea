"""The register is a shortcut: whatever arrives, and in whichever order, its rows are those that
come of asking about every proposal anew."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goround.collective import fold
from goround.collective.constitution import advance
from goround.collective.entry import PersonId
from goround.collective.proposals import Propose
from goround.collective.record import Record, View
from goround.ids import EpochId, EventId
from goround.pages.reading import Reading
from goround.pages.register import Register, register
from goround.pages.round import the_round
from goround.pages.rows import Row, row_of
from goround.replay import Replay
from tests.collective.model_histories import ModelPasts, entry_of, name_epoch
from tests.model.events import ModelEvent
from tests.promises.lives import lives, other_order
from tests.stories.telling import Scene, scenes_in, tell
from tests.stories.test_stories import FILES
from tests.told import told

PARTS = ("afterwards", "going")
DAY = 24 * 60 * 60 * 1000
TOLD = [
    scene for path in FILES if path.stem in ("afterwards", "going") for scene in scenes_in(path)
]


def every_row(view: View) -> dict[EventId, Row]:
    """Ask about every proposal."""
    rows = (row_of(view, entry.id) for entry in view.all_said(Propose))
    return {row.proposal: row for row in rows if row}


def follows(events: list[ModelEvent], chance: random.Random) -> None:
    """Let events arrive by ones and twos, and compare after each few."""
    pasts = ModelPasts()
    record, known, arrived = Record(pasts, name_epoch), Register(), []
    for event in events:
        pasts.history.add(event)
        fold.add(record, entry_of(event))
        arrived.append(EventId(event.id))
        if chance.random() < 0.5:
            continue
        everything, founding = pasts.everything(), record.epochs[EpochId(events[0].id)]
        view = View(record, everything, advance(record, everything, founding))
        known.follow(view, arrived)
        assert known.rows == every_row(view)
        check_lists(known)


def check_lists(known: Register) -> None:
    """Compare what pages ask for with the rows."""
    rows = sorted(known.rows.values(), key=lambda row: row.order)
    decided = [row for row in rows if row.status == "decided"]
    assert [place[2] for place in known.in_order] == [row.proposal for row in rows]
    assert known.alive() == [row for row in rows if row.is_live]
    assert {row.proposal for row in known.newest(len(rows))} == {r.proposal for r in decided}
    assert {row.proposal for row in known.due(2**60, None)} == {
        row.proposal for row in decided if row.review and not row.reopened
    }


@given(events=lives(), seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_it_shows_what_asking_about_everything_shows(events: list[ModelEvent], seed: int) -> None:
    chance = random.Random(seed)
    follows(events, chance)
    follows(other_order(events, chance), chance)


@pytest.mark.soak
@given(events=lives(steps=120), seed=st.integers(0, 2**32))
@settings(max_examples=1500, deadline=None)
def test_it_does_so_in_long_lives_too(events: list[ModelEvent], seed: int) -> None:
    follows(other_order(events, random.Random(seed)), random.Random(seed))


@pytest.mark.parametrize("scene", [pytest.param(scene, id=scene.title) for scene in TOLD])
def test_it_shows_the_same_while_a_story_is_told(scene: Scene) -> None:
    world, chance = tell(scene), random.Random(1)
    device = max(world.devices.values(), key=lambda device: len(device.events))
    replay = Replay.of(device.replay.collective)
    for event in device.events:
        replay.add(event)
        reading = Reading(replay, replay.view(), None, {})
        assert register(reading).rows == every_row(reading.view)
        people = sorted(reading.view.epoch.former)
        look(replay, chance.choice(people), world.now)


def look(replay: Replay, person: PersonId, now: int) -> None:
    """Compare home as it is drawn from what is remembered with home drawn from nothing."""
    for later in (now, now + 8 * DAY, now + 400 * DAY):
        remembered = the_round(Reading(replay, replay.view(), person, {}), later)
        kept, replay.kept = replay.kept, {}
        assert the_round(Reading(replay, replay.view(), person, {}), later) == remembered
        replay.kept = kept


def test_who_looks_at_what_was_known_before_sees_what_was_known() -> None:
    together = '-- anna, ben and cleo are together in "Bread"\n'
    story = together + 'anna proposes stove: "A stove"\nanna, ben and cleo agree to stove'
    events = told(story).device("anna").events
    before = next(
        n for n, e in enumerate(events) if e.header.act.get("stance") == "agree" and n > 20
    )
    replay = Replay.of(events[0].collective)
    replay.add_all(events[:before])
    then = Reading(replay, replay.view(), None, {})
    replay.add_all(events[before:])
    assert [row.status for row in register(Reading(replay, replay.view(), None, {})).alive()] == []
    assert [row.status for row in register(then).alive()] == ["open"]
