"""Changes that are settled in many rounds: several want to leave at once, and the devices that have
to settle who goes first hear little of each other. Most of them sign what they owe, some sign
anything; whether that is void comes out as it happens."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

from goround.collective.constitution import advance
from goround.collective.entry import PersonId
from goround.collective.keeping import next_of
from goround.collective.record import View
from goround.collective.ripeness import ripe_changes
from goround.ids import CollectiveId, DeviceId
from goround.wire import act_of
from tests.browser.fold_histories import Fed, History, Json, stops_at, told
from tests.model.events import opaque
from tests.stories.telling import Scene, happens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goround.collective.entry import Entry
    from goround.ids import EpochId, EventId


def ballots(seeds: Iterable[int], turns: int = 90) -> Iterator[History]:
    """Let devices that hear little of each other settle changes."""
    for seed in seeds:
        members = 3 + seed % 5
        ballot = Ballot(together(members), seed)
        for _ in range(turns):
            ballot.turn()
        title = f"ballot {seed} of {members}"
        yield History(title, ballot.events[0]["id"], ballot.events, stops_at(len(ballot.events), 3))


@cache
def together(members: int) -> list[Json]:
    """Let so many people come together; nobody has said anything else yet."""
    *but_last, last = ("anna", "ben", "cleo", "dana", "emre", "fay", "gil")[:members]
    line = f'-- {", ".join(but_last)} and {last} are together in "Bread"'
    anna = happens(Scene("ballot", line, lines=[(1, line)])).device("anna")
    return [told(anna.replay.record.entries[event.id], event) for event in anna.events]


class Ballot:
    """Devices of some members, of which each has seen something else."""

    def __init__(self, events: list[Json], seed: int) -> None:
        self.replay = Fed.of(CollectiveId(events[0]["id"]))
        self.events: list[Json] = []
        self.chance = random.Random(seed)
        self.unrest = 0.9
        for event in events:
            self._add(event)
        self.devices = sorted(DeviceId(person) for person in self.replay.epoch().members)

    def _add(self, event: Json) -> None:
        assert isinstance(self.replay, Fed)
        self.replay.feed(event)
        self.events.append(event)

    def turn(self) -> None:
        """Let one device see some of what others said, and say something."""
        graph, chance = self.replay.graph, self.chance
        device = chance.choice(self.devices)
        head = graph.heads_of(device)[0]
        news = sorted(tip for tip in self._tips(device) if tip not in graph.past(head))
        seen = sorted(chance.sample(news, chance.randrange(min(2, len(news)) + 1)))
        past = graph.union([head, *seen])
        start = self.replay.record.epochs[self.replay.record.epoch_of[head]]
        view = View(self.replay.record, past, advance(self.replay.record, past, start))
        act = self._said(view, device, head)
        if act:
            lamport = 1 + max(graph[parent].lamport for parent in (head, *seen))
            fields = {"seq": graph[head].seq + 1, "prev": head, "seen": seen, "lamport": lamport}
            name = opaque("ballot", len(self.events), chance.random())
            said = {"act": act, "at": 1, "words": False, "proved": True}
            self._add({"id": name, "device": device, **fields, **said})

    def _tips(self, device: DeviceId) -> list[EventId]:
        graph = self.replay.graph
        others = [graph.heads_of(other)[0] for other in self.devices if other != device]
        return [*others, *(graph.prev(tip) for tip in others if graph[tip].seq > 0)]

    def _said(self, view: View, device: DeviceId, head: EventId) -> Json | None:
        chance, is_member = self.chance.random(), PersonId(device) in view.epoch.members
        if chance < self.unrest and len(view.epoch.members) > 2:
            self.unrest /= 1.5
            return {"type": "leave"}
        changes = ripe_changes(view) if is_member else []
        if chance > 0.9 and changes:
            return self._anything(view.epoch.id, changes)
        fact = next_of(view, device, self.replay.graph.past(head))
        act = act_of(fact) if fact else None
        if act and act["type"] == "nominate" and act["round"] == 0 and changes:
            act["change"] = self.chance.choice(changes).id
        return act

    def _anything(self, epoch: EpochId, changes: list[Entry]) -> Json:
        kind = self.chance.choice(["nominate", "seal"])
        change = self.chance.choice(changes).id
        return {"type": kind, "epoch": epoch, "round": self.chance.randrange(3), "change": change}
