"""An event says one thing and names what its device had seen; a history holds events and pasts.

A past is a whole number whose bit i stands for the i-th event of the history, so that union,
difference and "is x in y's past" are single operations. A past always holds the past of each of
its events.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Act = dict[str, Any]


@dataclass(frozen=True)
class ModelEvent:
    """One signed event, without its bytes: ids are opaque, proofs are only right or wrong."""

    id: str
    device: str
    seq: int
    prev: str
    seen: tuple[str, ...]
    lamport: int
    at: int
    act: Act
    words: bool = False
    proved: bool = True

    @property
    def kind(self) -> str:
        """What was done: the type of the act."""
        return str(self.act["type"])

    @property
    def order(self) -> tuple[int, str]:
        """The place in the line-up."""
        return (self.lamport, self.id)


def opaque(*parts: object) -> str:
    """Return an id that looks like a real one and follows from `parts` alone."""
    digest = hashlib.sha256(repr(parts).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the events in a past, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass
class History:
    """Events in causal order, each with the past that it names, itself included."""

    events: list[ModelEvent] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)
    past: list[int] = field(default_factory=list)
    places: dict[str, dict[int, int]] = field(default_factory=dict)
    doubled: dict[str, dict[int, int]] = field(default_factory=dict)

    def add(self, event: ModelEvent) -> int:
        """Take an event whose parents are known, and return its number."""
        place = len(self.events)
        mask = 1 << place
        for parent in (event.prev, *event.seen):
            if parent:
                mask |= self.past[self.number[parent]]
        self.events.append(event)
        self.number[event.id] = place
        self.past.append(mask)
        at_seq = self.places.setdefault(event.device, {})
        at_seq[event.seq] = at_seq.get(event.seq, 0) | 1 << place
        if at_seq[event.seq] != 1 << place:
            self.doubled.setdefault(event.device, {})[event.seq] = at_seq[event.seq]
        return place

    def before(self, i: int) -> int:
        """Return the past of event i without itself."""
        return self.past[i] ^ (1 << i)

    def everything(self) -> int:
        """Return the past that holds all events."""
        return (1 << len(self.events)) - 1

    def knows(self, later: int, earlier: int) -> bool:
        """Tell whether event `earlier` lies in the past of event `later`."""
        return bool(self.past[later] >> earlier & 1)

    def newest(self, numbers: list[int]) -> list[int]:
        """Return those events that lie in the past of no other of them."""
        return [i for i in numbers if not any(j != i and self.knows(j, i) for j in numbers)]

    def fork(self, device: str, past: int) -> int | None:
        """Return the first place at which a past holds two events of one device."""
        at_seq = self.doubled.get(device, {})
        return min((s for s, m in at_seq.items() if (m & past).bit_count() > 1), default=None)

    def heads(self, past: int) -> list[int]:
        """Return the events of a past that no other of its events knows."""
        rest = past
        found = []
        while rest:
            last = rest.bit_length() - 1
            found.append(last)
            rest &= ~self.past[last]
        return found
