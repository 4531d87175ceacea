"""Histories drawn by hypothesis: some devices, forks among them, that see whatever they like."""

from hypothesis import strategies as st

from goround.ids import EventId
from goround.log.event import FOUNDING, Event, Place, sign_event
from goround.log.keys import DeviceKey
from tests.chains import device, founded

KEYS = [device(number) for number in range(1, 5)]


@st.composite
def histories(draw: st.DrawFn, most: int = 14) -> list[Event]:
    """Draw a history, parents first; a device that goes on after an old event of its own forks."""
    events = [founded(KEYS[0])]
    for number in range(draw(st.integers(0, most))):
        key = draw(st.sampled_from(KEYS))
        events.append(_another(draw, events, key, number))
    return events


def _another(draw: st.DrawFn, events: list[Event], key: DeviceKey, number: int) -> Event:
    own = [event for event in events if event.header.device == key.public]
    others = [event for event in events if event.header.device != key.public]
    prev = draw(st.none() | st.sampled_from(own[::-1])) if own else None
    least = 0 if prev or not others else 1
    if prev is None and not others:
        prev = own[-1]
    seen = draw(st.lists(st.sampled_from(others), min_size=least, max_size=3)) if others else []
    return _signed(key, prev, seen, {"type": "say", "n": number})


def _signed(key: DeviceKey, prev: Event | None, seen: list[Event], act: dict[str, object]) -> Event:
    parents = [prev, *seen] if prev else seen
    place = Place(
        seq=prev.header.seq + 1 if prev else 0,
        prev=prev.id if prev else EventId(""),
        seen=tuple(sorted({event.id for event in seen})),
        lamport=1 + max(event.header.lamport for event in parents),
    )
    assert place != FOUNDING
    collective = parents[0].collective
    return sign_event(key, collective=collective, place=place, at=0, act=act)


def ancestors(events: list[Event]) -> dict[EventId, frozenset[EventId]]:
    """Give each event's past by following every link: slow, and hard to get wrong."""
    found: dict[EventId, frozenset[EventId]] = {}
    for event in events:
        parents = [parent for parent in (event.header.prev, *event.header.seen) if parent]
        found[event.id] = frozenset({event.id}).union(*(found[parent] for parent in parents))
    return found


@st.composite
def delivered(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Draw a history, and the same in another order in which parents still come first."""
    events = draw(histories())
    waiting, order, here = list(events), [], {EventId("")}
    while waiting:
        ready = [e for e in waiting if {e.header.prev, *e.header.seen} <= here]
        order.append(draw(st.sampled_from(ready)))
        here.add(order[-1].id)
        waiting.remove(order[-1])
    return events, order
