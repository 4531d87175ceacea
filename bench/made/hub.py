"""How made-up events travel: devices that hold what others said up to some moment, and their own.

All that was sent stands in one row, in the order of its arrival. What a device knows is a beginning
of that row and what it signed itself, so the place of an event in the graph needs no graph: it
names, of each other device, the newest event in the part that is new to it. A device that is cut
off goes on signing; its events join the row when it is back, late, as in life.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from goround.ids import CollectiveId, EventId
from goround.log.event import FOUNDING, Place, sign_event
from goround.wire import act_of, write_words

if TYPE_CHECKING:
    from goround.collective.entry import Fact
    from goround.log.event import Event
    from goround.log.keys import DeviceKey
    from goround.wire import Words

NOT_SENT = 2**60
MINUTE = 60_000
BEGIN = 1_798_761_600_000
"""The first of January 2027."""


def secret(*parts: object) -> bytes:
    """Draw 32 bytes that are the same in every run."""
    return sha256(repr(parts).encode()).digest()


@dataclass(slots=True, eq=False)
class Said:
    """An event, as far as later ones need it, and its place in the row once it was sent."""

    id: EventId
    lamport: int
    device: Device
    row: int = NOT_SENT


@dataclass(slots=True, eq=False)
class Device:
    """What one device knows: the row up to `known`, of which its newest event saw `told`."""

    key: DeviceKey
    known: int = 0
    told: int = 0
    seq: int = 0
    last: Said | None = None
    unsent: list[tuple[Said, Event]] = field(default_factory=list)
    is_cut_off: bool = False

    def knows(self, said: Said) -> bool:
        return said.row < self.known or said.device is self

    def has_told(self, said: Said) -> bool:
        """Tell whether this device's newest event has an event in its past."""
        return said.row < self.told or said.device is self


class Hub:
    """The row, and who signs into it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.collective = CollectiveId("")
        self.now = BEGIN
        self.row: list[Said] = []
        self.sent: list[Event] = []
        self._rows: dict[Device, list[int]] = {}

    def sync(self, device: Device, upto: int | None = None) -> None:
        """Let a device send what it has, and learn of the row, or of a part that is new to it."""
        for said, event in device.unsent:
            self._send(said, event)
        device.unsent.clear()
        device.known = max(device.known, len(self.row) if upto is None else upto)

    def _send(self, said: Said, event: Event) -> None:
        said.row = len(self.row)
        self.row.append(said)
        self.sent.append(event)
        self._rows.setdefault(said.device, []).append(said.row)

    def sign(self, device: Device, fact: Fact, words: Words | None = None) -> Said:
        """Let a device say something, knowing what it knows."""
        event = sign_event(
            device.key,
            collective=self.collective,
            place=self._place(device),
            at=self.now,
            act=act_of(fact),
            words=write_words(words or {}),
            salt=secret(self.seed, "salt", device.key.public, device.seq),
        )
        self.collective = event.collective
        said = Said(event.id, event.header.lamport, device)
        device.last, device.told, device.seq = said, device.known, device.seq + 1
        device.unsent.append((said, event))
        if not device.is_cut_off:
            self.sync(device, device.known)
        return said

    def _place(self, device: Device) -> Place:
        if not self.row:
            return FOUNDING
        news = self._news(device)
        parents = [*news, *([device.last] if device.last else [])]
        lamport = 1 + max(said.lamport for said in parents)
        prev = device.last.id if device.last else EventId("")
        return Place(device.seq, prev, tuple(sorted(said.id for said in news)), lamport)

    def _news(self, device: Device) -> list[Said]:
        """Return the newest event that a device knows of each other one, if it is new to it."""
        found = []
        for other, rows in self._rows.items():
            place = bisect_left(rows, device.known) - 1
            if other is not device and place >= 0 and rows[place] >= device.told:
                found.append(self.row[rows[place]])
        return found
