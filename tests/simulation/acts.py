"""Acts in words: what people may have written with one, and how a story tells it."""

from __future__ import annotations

from typing import Any

from tests.model.events import Act


def words_for(person: str, act: Act) -> dict[str, Any]:
    """Return something that people may have written with an act."""
    match act["type"]:
        case "propose" | "version":
            kinds = {"invite": {"name": "Somebody"}, "task": {"what": "flour"}}
            words = [kinds.get(effect["do"], {}) for effect in act["effects"]]
            return {"title": "Something", "effects": words}
        case "position":
            return {"because": "that is how I see it"}
        case "say":
            return {"text": "hello"}
        case "accept":
            return {"person": person}
        case _:
            return {}


def told(act: Act) -> str:
    """Tell an act in a few words."""
    named = [str(value)[:6] for key, value in act.items() if key in _TOLD]
    effects = [effect["do"] for effect in act.get("effects", ())]
    return " ".join([act["type"], *named, *effects])


_TOLD = (
    "version", "proposal", "device", "stance", "epoch", "round", "change", "of", "matter", "on",
)  # fmt: skip
