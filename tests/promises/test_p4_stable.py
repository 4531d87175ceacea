"""P4: what was once shown as decided stays decided, whatever arrives later.

Only somebody's joining or coming back, or a new charter, can open it again (design 1); and
somebody's going, where it crossed with a decision that passed over somebody else (C62).
"""

from __future__ import annotations

from hypothesis import given

from goround.collective.decisions import decided, standing
from goround.collective.members import Back
from goround.collective.record import Record, View
from tests.collective.model_histories import ModelPasts, fold_history
from tests.model.events import ModelEvent
from tests.promises.lives import lives
from tests.shown import crossed


def view_at(record: Record, pasts: ModelPasts, event: ModelEvent) -> View:
    name = record.epoch_of[event.id]  # type: ignore[index]
    return View(record, pasts.past(event.id), record.epochs[name])  # type: ignore[arg-type]


def returns(view: View) -> set[str]:
    return {e.id for e in view.record.by_kind.get(Back, ()) if e.id in view.past}


def only_departures(earlier: View, later: View) -> bool:
    steps = list(later.epoch.steps_after(earlier.epoch.id))
    return all(
        step.predecessor is not None
        and step.members.keys() <= step.predecessor.members.keys()
        and step.charter_id == step.predecessor.charter_id
        for step in steps
    )


@given(life=lives())
def test_a_device_that_saw_a_decision_goes_on_seeing_it(life: list[ModelEvent]) -> None:
    record, pasts = fold_history(life)
    by_id = {event.id: event for event in life}
    for event in life:
        if not event.prev:
            continue
        earlier = view_at(record, pasts, by_id[event.prev])
        later = view_at(record, pasts, event)
        if earlier.epoch.id not in later.epoch.chain or not only_departures(earlier, later):
            continue
        if returns(earlier) != returns(later):
            continue
        shown = [c for v in record.completions for c in standing(earlier, v)]
        assert all(decided(later, c.version) or crossed(later, c) for c in shown)


@given(life=lives())
def test_a_device_that_acknowledged_a_constitution_only_goes_on_from_it(
    life: list[ModelEvent],
) -> None:
    record, _ = fold_history(life)
    for event in life:
        if event.prev and event.kind not in ("follow", "accept"):
            epoch = record.epochs[record.epoch_of[event.id]]  # type: ignore[index]
            assert record.epoch_of[event.prev] in epoch.chain  # type: ignore[index]
