"""Who signed: a person is a root device, and everything they own hangs under it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.model.epochs import Epoch
from tests.model.events import History, ModelEvent, bits


class People:
    """What the judge has found out about each event, and who and where its person is."""

    def __init__(self) -> None:
        self.history = History()
        self.epochs: dict[str, Epoch] = {}
        self.root: list[str] = []
        self.base: list[Epoch] = []
        self.epoch: list[Epoch] = []
        self.why_void: list[str] = []
        self.completed: list[tuple[str, ...]] = []
        self.index: dict[tuple[str, ...], int] = {}
        self.memo: dict[Any, Any] = {}

    def event(self, i: int) -> ModelEvent:
        """Return event number i."""
        return self.history.events[i]

    def place_of(self, id_: str, past: int) -> int | None:
        """Return the number of the event with this id, where a past holds it."""
        i = self.history.number.get(id_)
        return i if i is not None and past >> i & 1 else None

    def hits(self, past: int, *key: str) -> Iterable[int]:
        """Return the valid events filed under a key in a past."""
        return bits(past & self.index.get(key, 0))

    def spoken(self, epoch: Epoch, past: int, *key: str) -> list[int]:
        """Return those filed events that count in an epoch: its chain contains theirs."""
        return [i for i in self.hits(past, *key) if self.base[i].id in epoch.line]

    def last(self, numbers: Iterable[int]) -> int | None:
        """Return the greatest in order."""
        return max(numbers, key=lambda i: self.event(i).order, default=None)

    def adder(self, device: str, past: int) -> int | None:
        """Return the event that hung a device under a person: the least in order."""
        found = self.hits(past, "device_add of", device)
        return min(found, key=lambda i: self.event(i).order, default=None)

    def root_of(self, i: int) -> str:
        """Return the root device of an event's person; empty for a stranger."""
        event = self.event(i)
        if event.prev:
            return self.root[self.history.number[event.prev]]
        adder = self.adder(event.device, self.history.before(i))
        if adder is not None:
            return self.root[adder]
        return event.device if event.kind in ("found", "accept") else ""

    def owner(self, device: str, past: int) -> str:
        """Return the root of the person to whom a device belongs in a past, or nothing."""
        first = self.history.places.get(device, {}).get(0, 0) & past
        for i in bits(first):
            return self.root[i]
        adder = self.adder(device, past)
        return "" if adder is None else self.root[adder]

    def undone(self, i: int, past: int) -> bool:
        """Tell whether a past holds the retirement of i's device, and that did not know i."""
        retired = self.hits(past, "device_retire of", self.event(i).device)
        return any(not self.history.knows(r, i) for r in retired)

    def frozen(self, i: int, past: int) -> bool:
        """Tell whether a past holds a fork of i's device that begins at or before i."""
        fork = self.history.fork(self.event(i).device, past)
        return fork is not None and self.event(i).seq >= fork

    def leaving(self, root: str, epoch: Epoch, past: int) -> list[int]:
        """Return the leavings that this person signed."""
        return [i for i in self.spoken(epoch, past, "leave", root) if not self.undone(i, past)]

    def staying(self, epoch: Epoch, past: int) -> dict[str, str]:
        """Return the members who have not signed their leaving."""
        return {m: r for m, r in epoch.members.items() if not self.leaving(r, epoch, past)}

    def away(self, root: str, epoch: Epoch, past: int) -> bool:
        """Tell whether somebody has called themself away, and not back since or meanwhile."""
        words = self.spoken(epoch, past, "away", root) + self.spoken(epoch, past, "back", root)
        newest = self.history.newest(words)
        return bool(newest) and all(self.event(i).kind == "away" for i in newest)

    def sealing_device(self, root: str, epoch: Epoch, past: int) -> str:
        """Return the device that seals for a person."""
        over = self.spoken(epoch, past, "take_over", root)
        last = self.last(i for i in over if not self.undone(i, past))
        return root if last is None else self.event(last).device

    def seals_with(self, device: str, root: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a device seals for its person."""
        return device == self.sealing_device(root, epoch, past)

    def joining(self, root: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a person has accepted an open invitation, and was never a member here."""
        accepts = self.spoken(epoch, past, "accept", root)
        open_ = any(self.event(i).act["version"] not in epoch.spent for i in accepts)
        gone = root in epoch.roots or self.leaving(root, epoch, past)
        return open_ and not gone
