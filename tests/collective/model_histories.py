"""The product's fold, fed with histories of the model: the same events, opaque ids, no bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from goround.collective import fold
from goround.collective.charter import DEFAULTS, ORDINARY
from goround.collective.entry import Entry
from goround.collective.record import Record
from goround.ids import DeviceId, EpochId, EventId
from goround.wire import fact_of
from tests.model import epochs
from tests.model.epochs import epoch_id
from tests.model.events import History, ModelEvent


@dataclass(frozen=True)
class ModelPast:
    """A past of the model, asked as the product asks."""

    history: History
    mask: int

    def __contains__(self, event: object) -> bool:
        number = self.history.number.get(str(event))
        return number is not None and bool(self.mask >> number & 1)

    def forked(self, device: DeviceId) -> int | None:
        return self.history.fork(device, self.mask)


@dataclass
class ModelPasts:
    """Where the product gets the pasts of a model's history from."""

    history: History = field(default_factory=History)

    def past(self, event: EventId) -> ModelPast:
        return ModelPast(self.history, self.history.past[self.history.number[event]])

    def before(self, event: EventId) -> ModelPast:
        return ModelPast(self.history, self.history.before(self.history.number[event]))

    def everything(self) -> ModelPast:
        return ModelPast(self.history, self.history.everything())


def name_epoch(predecessor: EpochId, change: EventId) -> EpochId:
    return EpochId(epoch_id(predecessor, change))


def product_rules(changes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Write the model's rules of some matters as the product's flat ones."""
    rules: dict[str, Any] = {}
    for matter in [m for m in (*ORDINARY, "membership", "charter") if m in changes]:
        given = {**epochs.DEFAULTS, **({"unheard": "pass"} if matter == "everyday" else {})}
        given |= changes[matter]
        names = ("blocks", "asides", "notice", "window", "unheard")
        kept = names if matter in ORDINARY else ("asides",)
        rules |= {f"{matter}_{name}": given[name] for name in kept}
    return rules


def product_act(act: dict[str, Any]) -> dict[str, Any]:
    """Write an act of the model as the product's wire has it."""
    if act["type"] == "found":
        every = {
            matter: act["charter"].get(matter, {})
            for matter in (*ORDINARY, "membership", "charter")
        }
        return {**act, "charter": {**DEFAULTS, **product_rules(every)}}
    if "effects" not in act:
        return act
    return {**act, "effects": [product_effect(effect) for effect in act["effects"]]}


def product_effect(effect: dict[str, Any]) -> dict[str, Any]:
    if effect["do"] == "charter":
        return {**effect, "set": product_rules(effect["set"])}
    return {key: value for key, value in effect.items() if (key, value) != ("replaces", "")}


def entry_of(event: ModelEvent) -> Entry:
    return Entry(
        id=EventId(event.id),
        device=DeviceId(event.device),
        seq=event.seq,
        prev=EventId(event.prev),
        lamport=event.lamport,
        at=event.at,
        fact=fact_of(product_act(event.act)),
        words=event.words,
        proved=event.proved,
    )


def fold_history(events: list[ModelEvent]) -> tuple[Record, ModelPasts]:
    """Fold a model's history with the product's rules."""
    pasts = ModelPasts()
    record = Record(pasts, name_epoch)
    for event in events:
        pasts.history.add(event)
        fold.add(record, entry_of(event))
    return record, pasts
