"""The product and the model were written apart; on the same histories they agree event by event.

What the product calls void for another reason of form, and the model does not ask about, is
listed by reason; nothing of that kind moves an epoch or completes a decision.
"""

from __future__ import annotations

from hypothesis import given

from tests.collective.model_histories import fold_history
from tests.model.events import ModelEvent
from tests.model.histories import verdicts
from tests.promises.lives import lives

FORM = {"not-known"}
"""An event may say that it heard of an epoch that was never in force; nothing follows."""


@given(life=lives(steps=60))
def test_each_event_has_the_same_verdict(life: list[ModelEvent]) -> None:
    record, _ = fold_history(life)
    model = verdicts(life)
    completed: dict[str, set[str]] = {}
    for version, completions in record.completions.items():
        for completion in completions:
            completed.setdefault(completion.event, set()).add(version)
    for event in life:
        void = record.void.get(event.id)  # type: ignore[call-overload]
        verdict = model[event.id]
        if void is None or void.value not in FORM:
            assert (void is not None) == bool(verdict.void), (event, void, verdict.void)
        assert record.epoch_of[event.id] == verdict.epoch, event  # type: ignore[index]
        assert completed.get(event.id, set()) == set(verdict.completed), event
