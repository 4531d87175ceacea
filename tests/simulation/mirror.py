"""The model's view of real events: the same ids and causes, acts as the model writes them.

What a replica keeps is shown to the model as well, which judges it by rules that were written
apart from the product's (tests/model). So each event of the simulation has two verdicts.
"""

from __future__ import annotations

from typing import Any

from goround.collective.charter import MATTERS
from goround.ids import CollectiveId, DeviceId
from goround.log.event import Event
from goround.log.proofs import proves_device, proves_invitation
from tests.model.epochs import effect_of
from tests.model.events import Act, ModelEvent
from tests.model.rules.judge import Rules


def model_event(event: Event, collective: CollectiveId, rules: Rules) -> ModelEvent:
    """Return a real event as the model has it."""
    header = event.header
    return ModelEvent(
        id=event.id,
        device=header.device,
        seq=header.seq,
        prev=header.prev,
        seen=header.seen,
        lamport=header.lamport,
        at=header.at,
        act=model_act(header.act),
        words=header.commit != "",
        proved=is_proved(header.act, header.device, collective, rules),
    )


def model_act(act: Act) -> Act:
    """Write an act of the wire as the model does; the inverse of `product_act`."""
    if act["type"] == "found":
        return {**act, "charter": model_rules(act["charter"])}
    if "effects" not in act:
        return act
    return {**act, "effects": [_model_effect(effect) for effect in act["effects"]]}


def _model_effect(effect: Act) -> Act:
    match effect["do"]:
        case "charter":
            return {**effect, "set": model_rules(effect["set"])}
        case "invite":
            return {"replaces": "", **effect}
        case _:
            return effect


def model_rules(flat: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Gather a charter's flat rules by their matter; the model does not ask about the others."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in flat.items():
        matter, _, rule = name.partition("_")
        if matter in MATTERS:
            found.setdefault(matter, {})[rule] = value
    return found


def is_proved(act: Act, device: DeviceId, collective: CollectiveId, rules: Rules) -> bool:
    """Tell whether the proof inside an act is genuine; true for acts without one."""
    if act["type"] == "device_add":
        return proves_device(act["device"], collective, device, act["proof"])
    if act["type"] != "accept":
        return True
    number = rules.history.number.get(act["version"])
    key = None if number is None else effect_of(rules.event(number).act).get("key")
    return key is None or proves_invitation(key, collective, device, act["proof"])
