"""Everything that happened, each event as a sentence: who, when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.pages.happening import kind, sentence
from goround.pages.names import name_of
from goround.pages.reading import iso
from goround.sentences import _

if TYPE_CHECKING:
    from goround.ids import EventId
    from goround.pages.reading import Reading


GROUPS: dict[str, tuple[str, ...]] = {
    "us": ("found", "accept", "welcome", "take_back", "leave", "away", "back", "name"),
    "proposals": ("propose", "version", "carry", "withdraw", "suggest", "say", "reopen", "review"),
    "answers": ("position", "concern", "settled", "confirm", "close", "hearing"),
    "tasks": ("task",),
    "devices": ("device_add", "device_retire", "take_over", "follow", "erase"),
    "themselves": ("nominate", "seal", "heard"),
}
"""What one may want to see of a history alone; the last is what devices say by themselves."""


def history(reading: Reading) -> list[dict[str, Any]]:
    """Return all events in the line-up, with a sentence each; void ones with their reason."""
    return [line(reading, event) for event in reading.replay.graph.in_order()]


def chosen(reading: Reading, group: str, person: str) -> list[EventId]:
    """Return the newest events first: of one group or of all kinds, by one person or by all.

    Without a known group it is everything but what devices say by themselves.
    """
    record = reading.view.record
    by_itself = GROUPS["themselves"]
    return [
        event
        for event in reversed(reading.replay.graph.in_order())
        if _is_of(kind(record.entries[event].fact), group, by_itself)
        and (not person or record.persons[event] == person)
        and (group != "void" or event in record.void)
    ]


def _is_of(kind_: str, group: str, by_itself: tuple[str, ...]) -> bool:
    if group in ("all", "void"):
        return True
    return kind_ in GROUPS[group] if group in GROUPS else kind_ not in by_itself


def line(reading: Reading, event: EventId) -> dict[str, Any]:
    """Return one event: who, when they say it was, what they did, and why it would not count."""
    record = reading.view.record
    entry = record.entries[event]
    void = record.void.get(entry.id)
    return {
        "id": entry.id,
        "at": iso(entry.at),
        "by": name_of(reading, record.persons[entry.id]),
        "device": entry.device,
        "type": kind(entry.fact),
        "sentence": sentence(reading, entry),
        "void": None if void is None else {"reason": void.value, "sentence": _(void.sentence)},
    }
