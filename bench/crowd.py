"""Sixteen devices of one collective that all act at the same time, and what they will say.

A collective has twelve members at most, so four of them use a second device. They come together as
people do (invited, agreed, accepted, welcomed, sealed), and then each device signs ahead: mostly
remarks, now and then a proposal that everybody answers. An event names what the others said a few
turns before, so the events weave as those of people who talk at the same time do, and whoever
posts them in turn never waits for long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bench.fold import Room
from goround.collective.devices import DeviceAdd
from goround.collective.positions import Position
from goround.collective.proposals import Propose, Say
from goround.ids import EventId  # noqa: TC001 - a named tuple names it at run time
from goround.log.bundle import encode_line
from goround.log.event import Place, sign_event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.home import Home
from goround.wire import act_of

if TYPE_CHECKING:
    from pathlib import Path

    from goround.collective.entry import Fact
    from goround.ids import CollectiveId
    from goround.log.event import Event

PEOPLE = 12
DEVICES = 16
BEHIND = 4
"""Turns after which the others' events are named."""
PROPOSES_EVERY = 10
"""Turns from one proposal to the next."""


class Post(NamedTuple):
    """One event as a line, and those of the others that have to be here before it."""

    line: bytes
    id: EventId
    after: tuple[EventId, ...]


class Crowd(Room):
    """Sixteen devices at one table; the first is of whoever keeps the node in her home."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = [DeviceKey.from_seed(bytes([n]) * 32) for n in range(1, DEVICES + 1)]
        for number in range(1, PEOPLE):
            self.admit(number)
        self.matter = self.sign(self.keys[0], Propose("everyday", (), 0, 0)).id
        for number in range(PEOPLE, DEVICES):
            self._add_device(self.keys[number - PEOPLE], self.keys[number])

    def _add_device(self, own: DeviceKey, further: DeviceKey) -> None:
        proof = prove_device(further, self.collective, own.public)
        self.sign(own, DeviceAdd(further.public, proof))
        self.sign(further, Say(self.matter))

    @property
    def collective(self) -> CollectiveId:
        return self.replay.collective

    def settle_in(self, folder: Path) -> Home:
        """Write all that was said so far into a home, which is the first member's."""
        home = Home(folder)
        home.keyring(self.collective).keep_device(self.keys[0])
        home.new_replica(self.collective, self.events).close()
        return home

    def ahead(self, turns: int) -> list[list[Post]]:
        """Sign what each of them but the first says in so many turns; nobody has it yet."""
        said = Ahead(self)
        for turn in range(turns):
            said.take(turn)
        return said.posts


class Ahead:
    """What is signed and not handed over: in each turn, everybody says one thing."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        graph = crowd.replay.graph
        self._heads = [[graph.heads_of(key.public)[0] for key in crowd.keys]]
        self._places = {name: (graph[name].seq, graph[name].lamport) for name in self._heads[0]}
        self._proposals: dict[int, EventId] = {}
        self.posts: list[list[Post]] = [[] for _ in crowd.keys]

    def take(self, turn: int) -> None:
        newest = list(self._heads[-1])
        for number, key in enumerate(self._crowd.keys):
            event = self._sign(key, number, turn)
            newest[number] = event.id
            self._places[event.id] = (event.header.seq, event.header.lamport)
            after = tuple(name for name in event.header.seen if turn)
            self.posts[number].append(Post(encode_line(event), event.id, after))
        self._heads.append(newest)

    def _sign(self, key: DeviceKey, number: int, turn: int) -> Event:
        prev, fact = self._heads[-1][number], self._fact(number, turn)
        seen = self._news(number, turn)
        lamport = 1 + max(self._places[name][1] for name in (prev, *seen))
        place = Place(self._places[prev][0] + 1, prev, tuple(sorted(seen)), lamport)
        words = msgspec.json.encode({"text": f"What I mean is this, in turn {turn}: " + "so " * 20})
        if isinstance(fact, Propose):
            words = msgspec.json.encode({"title": f"Matter {turn}", "text": "We do it. " * 20})
        collective = self._crowd.collective
        event = sign_event(
            key, collective=collective, place=place, at=turn, act=act_of(fact), words=words
        )
        if isinstance(fact, Propose):
            self._proposals[turn] = event.id
        return event

    def _news(self, number: int, turn: int) -> list[EventId]:
        """Name what the others said some turns ago; at first all that is known."""
        if turn % BEHIND:
            return []
        known = self._heads[max(0, turn - BEHIND + 1)]
        return [name for other, name in enumerate(known) if other != number]

    def _fact(self, number: int, turn: int) -> Fact:
        if turn % PROPOSES_EVERY == 0 and turn // PROPOSES_EVERY % len(self._crowd.keys) == number:
            return Propose("everyday", (), 0, 0)
        asked = self._proposals.get(turn - 2 * BEHIND)
        return Position(asked, "agree") if asked else Say(self._crowd.matter)
