"""What stands in a header's act, and what in the content: the only list of kinds.

An act becomes a fact and a fact an act; nothing here judges. An act of a kind that is not
in the list becomes `Unknown`, a known one that is written wrongly `Malformed`; neither is
refused, because a refusal would tear a hole into a chain for ever (F15).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import msgspec

from goround.collective.effects import AnyEffect
from goround.collective.entry import Malformed, Unknown
from goround.collective.kinds import KnownFact

if TYPE_CHECKING:
    from goround.collective.entry import Fact

Words = dict[str, Any]
"""What people wrote, by field: `name`, `title`, `text`, `because`, `effects` …"""

KINDS: dict[str, type[Fact]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(KnownFact)
}
EFFECTS: frozenset[str] = frozenset(str(kind.__struct_config__.tag) for kind in get_args(AnyEffect))

WRITTEN = {"invite": "name", "task": "what"}
"""Which text people write about an effect; the other effects have none."""


def fact_of(act: dict[str, Any]) -> Fact:
    """Read an act."""
    kind = KINDS.get(act.get("type", ""))
    if kind is None:
        return Unknown()
    try:
        return msgspec.convert(act, kind)  # one kind: a union of all is made anew at each call
    except (msgspec.ValidationError, ValueError):
        return Unknown() if _has_newer_effect(act) else Malformed()


def _has_newer_effect(act: dict[str, Any]) -> bool:
    effects = act.get("effects")
    names = (
        [e.get("do") for e in effects if isinstance(e, dict)] if isinstance(effects, list) else []
    )
    return any(isinstance(name, str) and name not in EFFECTS for name in names)


def act_of(fact: Fact) -> dict[str, Any]:
    """Write a fact as an act, the type first."""
    act: dict[str, Any] = msgspec.to_builtins(fact)
    return act


def act_of_effect(effect: AnyEffect) -> dict[str, Any]:
    """Write an effect as it stands in an act, `do` first."""
    act: dict[str, Any] = msgspec.to_builtins(effect)
    return act


def read_words(content: bytes | None) -> Words:
    """Read what was written; nothing where it was erased or is not a JSON object."""
    if content is None:
        return {}
    try:
        words = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return words if isinstance(words, dict) else {}


def write_words(words: Words) -> bytes | None:
    """Write words as content; None where there are none."""
    return msgspec.json.encode(words) if words else None


def text_of(words: Words, field: str) -> str:
    """Return one field of what was written, as text; empty where there is none."""
    value = words.get(field)
    return value if isinstance(value, str) else ""


def effect_words(words: Words, place: int) -> Words:
    """Return what was written about the effect at a place in the act: known fields, and text."""
    effects = words.get("effects")
    if not isinstance(effects, list) or place >= len(effects):
        return {}
    found = effects[place]
    if not isinstance(found, dict):
        return {}
    return {field: found[field] for field in WRITTEN.values() if isinstance(found.get(field), str)}
