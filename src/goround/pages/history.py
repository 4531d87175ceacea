"""Everything that happened, each event as a sentence: who, when, and what became of it."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, Any

from goround.pages.happening import kind, kind_of, sentence
from goround.pages.names import name_of
from goround.pages.reading import iso
from goround.pages.recalled import recalled
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Fact
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


@recalled
def chosen(reading: Reading, group: str, person: str) -> list[EventId]:
    """Return the newest events first: of one group or of all kinds, by one person or by all.

    Without a known group it is everything but what devices say by themselves.
    """
    record, fits = reading.view.record, _Fits(group)
    return [
        event
        for _lamport, event in reversed(line_up(reading))
        if fits[type(record.entries[event].fact)]
        and (not person or record.persons[event] == person)
        and (group != "void" or event in record.void)
    ]


def line_up(reading: Reading) -> list[tuple[int, EventId]]:
    """Return all events in the line-up, which is kept: few arrive late."""
    replay = reading.replay
    looked, known = replay.kept.get(line_up, (0, []))
    for event in replay.arrived[looked:]:
        insort(known, (replay.graph[event].lamport, event))
    replay.kept[line_up] = (len(replay.arrived), known)
    return known  # type: ignore[no-any-return]


class _Fits(dict[type["Fact"], bool]):
    """Which kinds of acts are of a group; each is looked at once."""

    def __init__(self, group: str) -> None:
        self._group = group

    def __missing__(self, fact: type[Fact]) -> bool:
        self[fact] = found = _is_of(kind_of(fact), self._group)
        return found


def _is_of(kind_: str, group: str) -> bool:
    if group in ("all", "void"):
        return True
    by_itself = GROUPS["themselves"]
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
