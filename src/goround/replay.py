"""From genuine events to what the collective is: the meeting point of the two cores.

A replay holds the graph of the log, the record of the rules and the words that people
wrote. Events go in parents first; each is judged once by the past it saw, so a late arrival
costs no more than a prompt one, and folding everything again gives the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from goround.collective import fold
from goround.collective.constitution import Seal, advance
from goround.collective.devices import DeviceAdd
from goround.collective.entry import Entry
from goround.collective.members import Accept
from goround.collective.proposals import Propose, Version, invitation_in
from goround.collective.reasons import Reason
from goround.collective.record import Record, View
from goround.errors import FromNewerGoround, NotACollective
from goround.ids import EpochId, decode, encode
from goround.log.graph import Graph
from goround.log.past import Past
from goround.log.proofs import proves_device, proves_invitation
from goround.sharing import same_device, same_event, share
from goround.wire import fact_of, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import Fact, PersonId
    from goround.collective.epoch import Epoch
    from goround.errors import GoroundError
    from goround.ids import CollectiveId, DeviceId, EventId
    from goround.log.event import Event
    from goround.wire import Words


def name_epoch(predecessor: EpochId, change: EventId) -> EpochId:
    """Name an epoch after its predecessor and the change (F38)."""
    hashed = b"goround/epoch/1\0" + decode(predecessor) + decode(change)
    return EpochId(encode(sha256(hashed).digest()))


@dataclass
class Replay:
    """Everything that one replica knows of one collective."""

    graph: Graph
    record: Record
    contents: dict[EventId, bytes] = field(default_factory=dict)
    way: EpochId | None = None
    arrived: list[EventId] = field(default_factory=list)
    kept: dict[Any, Any] = field(default_factory=dict)
    """What pages worked out of all this, to go on from there when something new arrives."""
    rewritten: int = 0
    """How often words went, or came after their event."""

    @classmethod
    def of(cls, collective: CollectiveId) -> Replay:
        """Return a replay that knows nothing of a collective yet."""
        graph = Graph(collective)
        return cls(graph, Record(graph, name_epoch))

    @property
    def collective(self) -> CollectiveId:
        """The id of the collective."""
        return self.graph.collective

    def add(self, event: Event) -> bool:
        """Take an event in and judge it; False if it was here already. Raises NotGenuine."""
        if not self.graph.add(event):
            return False
        if event.content is not None:
            self.contents[event.id] = event.content.words
        entry = self.entry(event)
        fold.add(self.record, entry)
        self.arrived.append(event.id)
        if isinstance(entry.fact, Seal):
            self._go_on()
        return True

    def _go_on(self) -> None:
        """Keep the way that was known first, where there are two (design 4.1)."""
        founding = self.record.epochs.get(self.way or EpochId(self.collective))
        if founding:
            self.way = advance(self.record, self.graph.everything(), founding).id

    def add_all(self, events: Iterable[Event]) -> None:
        """Take events in, parents first."""
        for event in events:
            self.add(event)

    def why_refused(self, event: Event) -> Reason | None:
        """Tell why an event that was not added would count for nothing."""
        header = event.header
        past = self.graph.union([*([header.prev] if header.prev else []), *header.seen])
        return fold.why_refused(self.record, self.entry(event), past)

    def entry(self, event: Event) -> Entry:
        """Return what the rules see of an event."""
        header, record = event.header, self.record
        fact = share(record, fact_of(header.act))
        return Entry(
            id=event.id,
            device=same_device(record, header.device),
            seq=header.seq,
            prev=same_event(record, header.prev),
            lamport=header.lamport,
            at=header.at,
            fact=fact,
            words=header.commit != "",
            proved=self.is_proved(fact, header.device),
        )

    def is_proved(self, fact: Fact, device: DeviceId) -> bool:
        """Tell whether the proof inside an act holds; true for acts without one."""
        if isinstance(fact, DeviceAdd):
            return proves_device(fact.device, self.collective, device, fact.proof)
        if isinstance(fact, Accept):
            version = self.record.entries.get(fact.version)
            if version is None or not isinstance(version.fact, Propose | Version):
                return True
            invite = invitation_in(version, fact.effect)
            if invite is None:
                return True
            return proves_invitation(invite.key, self.collective, device, fact.proof)
        return True

    def words(self, event: EventId) -> Words:
        """Return what was written with an event; nothing where it was erased."""
        return read_words(self.contents.get(event))

    def forget(self, event: EventId) -> None:
        """Have the words of an event here no more."""
        if self.contents.pop(event, None) is not None:
            self.rewritten += 1

    def learn(self, event: Event) -> None:
        """Have the words of an event that was here without them."""
        if event.content is not None and event.id in self.graph and event.id not in self.contents:
            self.contents[event.id] = event.content.words
            self.rewritten += 1

    def void(self, event: EventId) -> Reason | None:
        """Return why an event counts for nothing, if it does."""
        return self.record.void.get(event)

    def epoch(self, device: DeviceId | None = None) -> Epoch:
        """Return the newest epoch in force here: on the way of a device, if there are two."""
        record, everything = self.record, self.graph.everything()
        if record.founding is None:
            raise self._unjudged()
        known = record.epochs[self.way or EpochId(self.collective)]
        heads = self.graph.heads_of(device) if device else ()
        start = record.epochs[record.epoch_of[heads[0]]] if heads else known
        return advance(record, everything, start)

    def _unjudged(self) -> GoroundError:
        """Say why nothing here can be judged: newer rules, or no founding that holds."""
        if Reason.NEWER_RULES in self.record.void.values():
            return FromNewerGoround(Reason.NEWER_RULES.sentence)
        return NotACollective(Reason.NOT_THE_FOUNDING.sentence)

    def view(self, device: DeviceId | None = None) -> View:
        """Return the view of everything that is here, on the way of a device."""
        return View(self.record, self.graph.everything(), self.epoch(device))

    def holds_all(self, past: object) -> bool:
        """Tell whether a past has everything that is here."""
        return isinstance(past, Past) and past.seen == self.graph.everything().seen

    def known_to(self, device: DeviceId, past: object) -> list[Past]:
        """Return what a device knew in each branch of its chain, as far as a past goes."""
        heads = past.newest(device) if isinstance(past, Past) else ()
        return [self.graph.past(head) for head in heads]

    def person(self, device: DeviceId) -> PersonId | None:
        """Return whose a device is."""
        heads = self.graph.heads().get(device, ())
        return self.record.persons[heads[0]] if heads else None
