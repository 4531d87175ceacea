"""Whole graphs, as they are delivered: what is taken in, and what can be asked afterwards."""

from goround.errors import NotGenuine
from goround.ids import EventId
from goround.log.event import FOUNDING, Event, Place
from goround.log.graph import Graph
from goround.log.keys import DeviceKey
from goround.log.vector import digest
from tests.vectors.people import ANNA, BEN, BREAD, DANA, SECOND, Vector, as_vector, id_for, signed

SAY = {"type": "say", "on": BREAD.id}
NO_PREV = FOUNDING.prev


def vectors() -> list[Vector]:
    return [_peaceful(), _forked(), _forked_at_first(), _nested_fork(), _late(), _lying()]


def _said(key: DeviceKey, seq: int, prev: EventId, seen: list[EventId], lamport: int) -> Event:
    return signed(key, SAY, Place(seq, prev, tuple(sorted(seen)), lamport), "{}")


def _peaceful() -> Vector:
    anna = _said(ANNA, 1, BREAD.id, [], 2)
    ben = _said(BEN, 0, NO_PREV, [anna.id], 3)
    dana = _said(DANA, 0, NO_PREV, [BREAD.id], 2)
    anna_hears = _said(ANNA, 2, anna.id, [ben.id], 4)
    dana_hears = _said(DANA, 1, dana.id, [BREAD.id, ben.id], 4)
    return _graph("three devices", [BREAD, anna, ben, dana, anna_hears, dana_hears])


def _forked() -> Vector:
    left = _said(ANNA, 1, BREAD.id, [], 2)
    right = signed(ANNA, {"type": "leave"}, SECOND)
    left_on = _said(ANNA, 2, left.id, [], 3)
    ben = _said(BEN, 0, NO_PREV, [left_on.id], 4)
    dana = _said(DANA, 0, NO_PREV, [right.id], 3)
    both = _said(BEN, 1, ben.id, [dana.id], 5)
    return _graph("a fork that one event knows", [BREAD, left, right, left_on, ben, dana, both])


def _forked_at_first() -> Vector:
    one = _said(BEN, 0, NO_PREV, [BREAD.id], 2)
    other = signed(BEN, {"type": "back"}, Place(0, NO_PREV, (BREAD.id,), 2))
    third = signed(BEN, {"type": "away"}, Place(0, NO_PREV, (BREAD.id,), 2))
    anna = _said(ANNA, 1, BREAD.id, [one.id, third.id], 3)
    return _graph("three first events of one device", [BREAD, one, other, third, anna])


def _nested_fork() -> Vector:
    stem = _said(ANNA, 1, BREAD.id, [], 2)
    left = _said(ANNA, 2, stem.id, [], 3)
    right = signed(ANNA, {"type": "away"}, Place(2, stem.id, (), 3))
    right_a = _said(ANNA, 3, right.id, [], 4)
    right_b = signed(ANNA, {"type": "back"}, Place(3, right.id, (), 4))
    ben = _said(BEN, 0, NO_PREV, [right_a.id, right_b.id], 5)
    dana = _said(DANA, 0, NO_PREV, [left.id, right_b.id], 5)
    return _graph("a fork in a fork", [BREAD, stem, left, right, right_a, right_b, ben, dana])


def _late() -> Vector:
    anna = _said(ANNA, 1, BREAD.id, [], 2)
    ben = _said(BEN, 0, NO_PREV, [anna.id], 3)
    return _graph("parents that come late, and twice", [ben, anna, BREAD, ben, anna, anna, ben])


def _lying() -> Vector:
    anna = _said(ANNA, 1, BREAD.id, [], 2)
    ben = _said(BEN, 0, NO_PREV, [BREAD.id], 2)
    elsewhere = signed(BEN, {"type": "found"}, FOUNDING)
    return _graph(
        "events that say what is not so",
        [
            BREAD,
            anna,
            ben,
            elsewhere,
            _said(BEN, 1, anna.id, [], 3),
            _said(ANNA, 3, anna.id, [], 3),
            _said(ANNA, 2, anna.id, [BREAD.id], 3),
            _said(ANNA, 2, anna.id, [ben.id], 4),
            _said(ANNA, 2, anna.id, [ben.id], 2),
            _said(ANNA, 2, anna.id, [EventId(id_for("nothing"))], 3),
            _said(ANNA, 2, anna.id, [ben.id], 3),
        ],
    )


def _graph(name: str, delivered: list[Event]) -> Vector:
    graph = Graph(BREAD.collective)
    steps = [as_vector(event, event.id, _add(graph, event)) for event in delivered]
    return {
        "name": name,
        "collective": BREAD.collective,
        "delivered": steps,
        "order": graph.in_order(),
        "frontier": graph.frontier(),
        "forks": [fork._asdict() for fork in graph.forks()],
        "vector": graph.vector(),
        "digest": digest(graph.vector()),
        "pasts": {event_id: _past(graph, event_id) for event_id in graph.in_order()},
    }


def _past(graph: Graph, event_id: EventId) -> Vector:
    past = graph.past(event_id)
    forked = {device: past.forked(device) for device in graph.heads()}
    return {
        "holds": [other for other in graph.in_order() if other in past],
        "newest": {device: past.newest(device) for device in graph.heads()},
        "forked": {device: seq for device, seq in forked.items() if seq is not None},
    }


def _add(graph: Graph, event: Event) -> str:
    try:
        return "added" if graph.add(event) else "known"
    except NotGenuine as refusal:
        return refusal.reason
