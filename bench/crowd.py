"""Sixteen devices of one collective that all act at the same time, and what they will say.

Twelve members, as many as a collective may have, of whom five have a second device; the founder's
first one keeps the node, in her home, and the other sixteen post. They sign ahead, one thing each
per turn: mostly remarks, now and then a proposal that everybody answers. A device learns of what
the others said a few turns later, so the events weave as those of people who talk at the same time
do, and whoever posts them in turn hardly ever waits for somebody else's.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from bench.made.people import People
from bench.made.words import Writer
from goround.collective.positions import Position
from goround.collective.proposals import Propose, Say
from goround.ids import EventId  # noqa: TC001 - a named tuple names it at run time
from goround.log.bundle import encode_line
from goround.node.home import Home

if TYPE_CHECKING:
    from pathlib import Path

    from bench.made.hub import Device, Said
    from goround.collective.entry import Fact
    from goround.ids import CollectiveId
    from goround.log.event import Event
    from goround.log.keys import DeviceKey
    from goround.wire import Words

MEMBERS = 12
POSTING = 16
BEHIND = 4
"""Turns after which a device learns of what the others said."""
PROPOSES_EVERY = 10
"""Turns from one proposal to the next."""


class Post(NamedTuple):
    """One event as a line, and those of the others that have to be here before it."""

    line: bytes
    id: EventId
    after: tuple[EventId, ...]


class Crowd:
    """Those who post, and what all of them know beforehand."""

    def __init__(self, seed: int = 1) -> None:
        chance = random.Random(seed)
        self._writer = Writer(chance)
        self._people = people = People(seed, chance, self._writer)
        self._hub = people.hub
        for _ in range(1, MEMBERS):
            people.admit()
        for member in people.here[: POSTING + 1 - MEMBERS]:
            people.add_device(member)
        self._host = people.here[0].first
        self._devices = [d for m in people.here for d in m.devices if d is not self._host]
        self._matters = [self._propose(self._host)]
        people.gather()
        self.before: list[Event] = list(self._hub.sent)
        self._hub.sent.clear()
        self._turn = 0
        self._answered: dict[Device, set[EventId]] = {}

    @property
    def collective(self) -> CollectiveId:
        return self._hub.collective

    def settle_in(self, folder: Path) -> Home:
        """Write all that is known beforehand into the home that keeps the node."""
        home = Home(folder)
        home.keyring(self.collective).keep_device(self._host.key)
        home.new_replica(self.collective, self.before).close()
        return home

    def posts(self, turns: int) -> list[list[Post]]:
        """Sign what each of the sixteen says in so many turns; nobody was given it yet."""
        for _ in range(turns):
            self._take_turn()
        said = {device.key.public: list[Post]() for device in self._devices}
        signed = {event.id for event in self._hub.sent}
        for event in self._hub.sent:
            after = tuple(name for name in event.header.seen if name in signed)
            said[event.header.device].append(Post(encode_line(event), event.id, after))
        self._hub.sent.clear()
        return list(said.values())

    @property
    def keys(self) -> list[DeviceKey]:
        """The keys of the sixteen."""
        return [device.key for device in self._devices]

    def flood(self, many: int) -> tuple[DeviceKey, list[Event]]:
        """Let a further device, which all know beforehand, sign so many remarks."""
        self._people.add_device(self._people.here[-1])
        self._people.gather()
        self.before += self._hub.sent
        self._hub.sent.clear()
        device = self._people.here[-1].devices[-1]
        device.is_cut_off = True  # nobody else has these
        for _ in range(many):
            self._hub.sign(device, Say(self._matters[0].id), {"text": self._writer.text(5, 60)})
        return device.key, [event for _said, event in device.unsent]

    def _take_turn(self) -> None:
        learned = len(self._hub.row) - BEHIND * POSTING
        proposer = self._turn // PROPOSES_EVERY % POSTING
        for number, device in enumerate(self._devices):
            if learned > device.known and self._turn % BEHIND == number % BEHIND:
                self._hub.sync(device, learned)
            if self._turn % PROPOSES_EVERY == 0 and number == proposer:
                self._matters.append(self._propose(device))
            else:
                self._hub.sign(device, *self._says(device))
        self._turn += 1

    def _propose(self, device: Device) -> Said:
        words: Words = {"title": self._writer.title(), "text": self._writer.text(25, 160)}
        return self._hub.sign(device, Propose("everyday", (), 0, 0), words)

    def _says(self, device: Device) -> tuple[Fact, Words]:
        """Answer the newest matter that a device knows of once, and talk about it after that."""
        matter = next(said for said in reversed(self._matters) if device.knows(said))
        if matter.id in self._answered.setdefault(device, set()):
            return Say(matter.id), {"text": self._writer.text(5, 60)}
        self._answered[device].add(matter.id)
        return Position(matter.id, "agree"), {}
