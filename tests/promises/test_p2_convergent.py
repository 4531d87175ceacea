"""P2: replicas that hold the same events show the same, in whatever order they arrived."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from goround.collective import fold
from goround.collective.constitution import advance
from goround.collective.record import Record, View
from goround.collective.ripeness import ripe_changes
from goround.ids import EventId
from tests.collective.model_histories import ModelPasts, entry_of, fold_history, name_epoch
from tests.model.events import ModelEvent
from tests.promises.lives import judged, judgement, lives, other_order


@given(life=lives(), seed=st.integers(0, 2**32))
def test_the_order_of_arrival_changes_no_judgement(life: list[ModelEvent], seed: int) -> None:
    assert judged(other_order(life, random.Random(seed))) == judged(life)


@given(life=lives())
def test_an_event_that_arrives_twice_is_judged_once(life: list[ModelEvent]) -> None:
    record, _ = fold_history(life)
    before = judgement(record)
    for event in life:
        fold.add(record, entry_of(event))
    assert judgement(record) == before


@given(life=lives(), seed=st.integers(0, 2**32))
def test_what_arrives_later_changes_no_judgement_of_what_was_here(
    life: list[ModelEvent], seed: int
) -> None:
    arrived = other_order(life, random.Random(seed))
    half, whole = judged(arrived[: len(arrived) // 2]), judged(arrived)
    assert half.void.items() <= whole.void.items()
    assert half.epochs.items() <= whole.epochs.items()
    assert half.completions <= whole.completions


@given(life=lives())
def test_looking_in_between_changes_no_judgement(life: list[ModelEvent]) -> None:
    pasts = ModelPasts()
    record = Record(pasts, name_epoch)
    for event in life:
        pasts.history.add(event)
        fold.add(record, entry_of(event))
        founding = record.epochs[record.epoch_of[EventId(life[0].id)]]
        view = View(record, pasts.everything(), advance(record, pasts.everything(), founding))
        assert ripe_changes(view) is not None
    seen, unseen = judgement(record), judged(life)
    assert seen._replace(members={}) == unseen._replace(members={})
