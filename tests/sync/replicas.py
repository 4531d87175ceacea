"""Replicas in memory, and the histories that they hold."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from goround.ids import EventId
from goround.log.event import Event, sign_event
from goround.log.graph import Graph
from goround.sync.session import Outcome, answer, converse
from tests.chains import device, founded


class Held:
    """A replica that keeps everything in memory."""

    def __init__(self, events: Iterable[Event]) -> None:
        known = list(events)
        self.graph = Graph(known[0].collective)
        self._events: dict[EventId, Event] = {}
        self.keep(known)

    def events(self, ids: Sequence[EventId]) -> list[Event]:
        return [self._events[event_id] for event_id in ids]

    def bare(self) -> Iterator[EventId]:
        return (event.id for event in self._events.values() if event.is_bare)

    def known(self) -> None:
        """Know everybody."""

    def admit(self, events: Sequence[Event]) -> list[Event]:
        return list(events)

    def keep(self, events: Sequence[Event]) -> None:
        for event in events:
            self.graph.add(event)
            if event.content is not None or event.id not in self._events:
                self._events[event.id] = event

    def everything(self) -> set[tuple[EventId, bool]]:
        return {(event.id, event.is_bare) for event in self._events.values()}


def history(chance: Random, size: int, devices: int, forks: float = 0.1) -> list[Event]:
    """Let devices sign at random, each seeing a random part of the rest; some fork their chain."""
    first = founded(device(1))
    graph, events = Graph(first.collective), [first]
    graph.add(first)
    for number in range(size):
        view = Graph(first.collective)
        for event in closed(chance, events, chance.choice([1, 2, len(events)])):
            view.add(event)
        key = device(chance.randint(1, devices))
        place = view.next_place(key.public)
        if graph.next_place(key.public).seq > place.seq and chance.random() > forks:
            place = graph.next_place(key.public)
        event = sign_event(
            key,
            collective=graph.collective,
            place=place,
            at=0,
            act={"type": "say", "on": first.id},
            words=b'{"text":"%d"}' % number,
        )
        graph.add(event)
        events.append(event)
    return events


def closed(chance: Random, events: Sequence[Event], picks: int) -> list[Event]:
    """Pick some events and all that they rest on, in the order of `events`."""
    by_id = {event.id: event for event in events}
    wanted, taken = [events[0].id, *(chance.choice(events).id for _ in range(picks))], set()
    while wanted:
        event_id = wanted.pop()
        if event_id and event_id not in taken:
            taken.add(event_id)
            wanted += [by_id[event_id].header.prev, *by_id[event_id].header.seen]
    return [event for event in events if event.id in taken]


def talk(asking: Held, answering: Held) -> tuple[Outcome, int]:
    """Carry a conversation to its end; give its outcome and how many bytes went over the wire."""
    conversation = converse(asking)
    request, carried = next(conversation), 0
    while True:
        response = answer(answering, request)
        carried += len(request) + len(response)
        try:
            request = conversation.send(response)
        except StopIteration as end:
            return end.value, carried
