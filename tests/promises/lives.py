"""Random lives of collectives, with and without adversaries, as the product folds them.

The model (tests/model) lives them: people come, go, are away, propose, block, seal, fork. What
is said here of the product's judgement is compared between lives that should be judged alike.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any, NamedTuple

from hypothesis import strategies as st

from goround.collective.entry import PersonId
from goround.collective.record import Record
from tests.collective.model_histories import fold_history
from tests.model.events import ModelEvent
from tests.model.histories import random_history
from tests.model.lives import ALL


class Judgement(NamedTuple):
    """What the product says of each event, and who the members of each epoch are."""

    void: dict[str, str]
    epochs: dict[str, str]
    completions: frozenset[tuple[str, str, str]]
    members: dict[str, dict[PersonId, str]]


def judgement(record: Record) -> Judgement:
    return Judgement(
        {event: reason.value for event, reason in record.void.items()},
        {str(event): str(epoch) for event, epoch in record.epoch_of.items()},
        frozenset((c.version, c.event, c.epoch) for cs in record.completions.values() for c in cs),
        {name: dict(epoch.members) for name, epoch in record.epochs.items()},
    )


def judged(events: list[ModelEvent]) -> Judgement:
    return judgement(fold_history(events)[0])


@st.composite
def lives(draw: st.DrawFn, steps: int = 45) -> list[ModelEvent]:
    """Draw the life of a collective of 1 to 12."""
    seed = draw(st.integers(0, 2**32))
    members = draw(st.sampled_from((1, 2, 3, 3, 4, 5, 6, 8, 12)))
    adversary, kind = draw(st.booleans()), draw(st.sampled_from(ALL))
    return random_history(seed, members, steps, adversary=adversary, kind=kind)


def other_order(events: list[ModelEvent], chance: random.Random) -> list[ModelEvent]:
    """Let the same events arrive in another order in which causes come first, some twice."""
    waiting, known, arrived = list(events), set(), []
    while waiting:
        ready = [e for e in waiting if all(p in known for p in (e.prev, *e.seen) if p)]
        event = chance.choice(ready[:8])
        waiting.remove(event)
        known.add(event.id)
        arrived.append(event)
    return arrived


def with_devices(events: list[ModelEvent], names: dict[str, str]) -> list[ModelEvent]:
    """Let other devices write the same events in the same line-up."""
    return [
        replace(event, device=names[event.device], act=_renamed(event.act, names))
        for event in events
    ]


def _renamed(act: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    if "device" not in act:
        return act
    return {**act, "device": names.get(act["device"], act["device"])}
