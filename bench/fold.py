"""How long it takes to judge a history, beside loading it.

A collective of four that proposes, answers and talks; loading (read, hash, check, link) is the
floor, judging comes on top. Prints one line per size, so that a curve shows: alike shares mean
that the cost of an event does not grow with what lies behind it.
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

from bench.log_load import load, seconds
from goround.collective.charter import DEFAULTS, Found
from goround.collective.effects import Invite
from goround.collective.keeping import next_of
from goround.collective.members import Accept, Welcome
from goround.collective.positions import Position
from goround.collective.proposals import Propose, Say
from goround.ids import CollectiveId
from goround.log.event import FOUNDING, sign_event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_invitation
from goround.replay import Replay
from goround.wire import act_of

if TYPE_CHECKING:
    from goround.collective.entry import Fact
    from goround.log.event import Event

PEOPLE = 4
TALKS = 0.3
SHARE = 12.0
"""Judging is to take no more than so many times the loading."""


class Room:
    """Some people at one table: whatever one of them signs, all know."""

    def __init__(self) -> None:
        self.keys = [DeviceKey.from_seed(bytes([n]) * 32) for n in range(1, PEOPLE + 1)]
        act = act_of(Found("A" * 43, dict(DEFAULTS), 1))
        first = sign_event(self.keys[0], collective=CollectiveId(""), place=FOUNDING, at=1, act=act)
        self.events, self.replay = [first], Replay.of(first.collective)
        self.replay.add(first)

    def sign(self, key: DeviceKey, fact: Fact) -> Event:
        graph = self.replay.graph
        place, act = graph.next_place(key.public), act_of(fact)
        event = sign_event(key, collective=graph.collective, place=place, at=1, act=act)
        self.replay.add(event)
        self.events.append(event)
        return event

    def tend(self, keys: list[DeviceKey]) -> None:
        """Let devices sign what they sign by themselves, until nothing is left."""
        before = -1
        while before != len(self.events):
            before = len(self.events)
            for key in keys:
                view, graph = self.replay.view(key.public), self.replay.graph
                fact = next_of(view, key.public, graph.past(graph.heads_of(key.public)[0]))
                if fact:
                    self.sign(key, fact)

    def admit(self, number: int) -> None:
        here, newcomer = self.keys[:number], self.keys[number]
        link = DeviceKey.from_seed(bytes([100 + number]) * 32)
        version = self.sign(here[0], Propose("membership", (Invite(link.public),), 0, 0))
        for key in here[1:]:
            self.sign(key, Position(version.id, "agree"))
        proof = prove_invitation(link, self.replay.collective, newcomer.public)
        epoch = self.replay.epoch().id
        self.sign(newcomer, Accept(version.id, 0, epoch, proof, ()))
        for key in here[1:2]:
            self.sign(key, Welcome(newcomer.public))
        self.tend(self.keys[: number + 1])


def history(count: int, seed: int = 1) -> list[Event]:
    """Let four people come together and decide until there are so many events."""
    chance, room = random.Random(seed), Room()
    for number in range(1, PEOPLE):
        room.admit(number)
    while len(room.events) < count:
        version = room.sign(chance.choice(room.keys), Propose("everyday", (), 0, 0))
        for key in room.keys:
            if chance.random() < TALKS:
                room.sign(key, Say(version.id))
            room.sign(key, Position(version.id, "agree"))
    return room.events


def measured(events: list[Event]) -> tuple[float, float]:
    """Return the seconds of loading and of judging."""
    stored, replay = [(e.raw, e.signature) for e in events], Replay.of(events[0].collective)
    loading = seconds(lambda: load(stored))
    return loading, seconds(lambda: replay.add_all(events))


def main(*sizes: int) -> int:
    worst = 0.0
    for events in map(history, sizes or (2_000, 8_000, 32_000)):
        loading, judging = measured(events)
        worst = max(worst, judging / loading)
        print(
            f"fold: {len(events)} events judged in {judging:.2f} s, loaded in {loading:.2f} s, "
            f"{judging / loading:.1f} times (at most {SHARE})"
        )
    return 0 if worst <= SHARE else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
