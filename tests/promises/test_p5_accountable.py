"""P5: a device that signs two histories is found out, with a proof that anyone can check."""

from __future__ import annotations

from hypothesis import given

from goround.collective.positions import Position
from goround.collective.reasons import Reason
from tests.collective.model_histories import fold_history
from tests.model.events import ModelEvent
from tests.promises.lives import lives

DEPARTING = ("leave", "device_retire")


@given(life=lives())
def test_whoever_knows_of_their_own_fork_says_nothing_any_more(life: list[ModelEvent]) -> None:
    record, pasts = fold_history(life)
    for event in life:
        before = pasts.before(event.id)  # type: ignore[arg-type]
        known = before.forked(event.device) is not None  # type: ignore[arg-type]
        if known and event.kind not in DEPARTING and record.persons[event.id]:  # type: ignore[index]
            assert record.void[event.id] is Reason.DEVICE_FORKED  # type: ignore[index]


@given(life=lives())
def test_a_fork_takes_a_device_and_no_membership(life: list[ModelEvent]) -> None:
    record, _ = fold_history(life)
    kinds = {type(record.entries[epoch.change].fact).__name__ for epoch in record.epochs.values()}
    assert kinds <= {"Found", "Accept", "Leave", "TakeBack", "Propose", "Version"}
    assert Position.__name__ not in kinds
