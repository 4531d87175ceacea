import pytest
from hypothesis import given
from hypothesis import strategies as st

from goround.errors import NotGenuine
from goround.log.event import Event
from goround.log.graph import Graph
from goround.log.vector import check_vector, digest, lacking, landmarks
from tests.chains import chain, device, founded, said
from tests.log.histories import histories

ID = "A" * 43


def graph_of(events: list[Event]) -> Graph:
    graph = Graph(events[0].collective)
    for event in events:
        graph.add(event)
    return graph


@st.composite
def parted(draw: st.DrawFn) -> tuple[list[Event], list[Event], list[Event]]:
    """Draw a history, and two parts of it that each hold all their parents."""
    events = draw(histories())
    return events, _part(draw, events), _part(draw, events)


def _part(draw: st.DrawFn, events: list[Event]) -> list[Event]:
    kept, here = [events[0]], {events[0].id, ""}
    for event in events[1:]:
        if {event.header.prev, *event.header.seen} <= here and draw(st.booleans()):
            kept.append(event)
            here.add(event.id)
    return kept


def send(known: dict[str, Event], ours: Graph, theirs: Graph) -> int:
    """Give another graph what it lacks; every event has to fit where it arrives."""
    missing = lacking(ours, landmarks(theirs, theirs.heads()))
    return sum(theirs.add(known[event_id]) for event_id in missing)


@given(parted())
def test_two_exchanges_make_any_two_replicas_equal(
    parts: tuple[list[Event], list[Event], list[Event]],
) -> None:
    events, ours, theirs = parts
    known: dict[str, Event] = {event.id: event for event in events}
    here, there = graph_of(ours), graph_of(theirs)
    for _ in range(2):
        send(known, there, here)
        send(known, here, there)
    assert set(here) == set(there) == {e.id for e in (*ours, *theirs)}
    assert digest(here.vector()) == digest(there.vector())


@given(parted())
def test_equal_digests_mean_equal_events(
    parts: tuple[list[Event], list[Event], list[Event]],
) -> None:
    _, ours, theirs = parts
    here, there = graph_of(ours), graph_of(theirs)
    equal = digest(here.vector()) == digest(there.vector())
    assert equal == (set(here) == set(there))


@given(histories())
def test_a_vector_passes_its_own_check_and_lacks_nothing(events: list[Event]) -> None:
    graph = graph_of(events)
    assert check_vector(graph.vector()) == graph.vector()
    assert lacking(graph, graph.vector()) == []
    assert lacking(graph, {}) == graph.in_order()


def test_somebody_far_ahead_is_sent_little_that_they_hold() -> None:
    graph = graph_of(events := chain(device(1), 40))
    theirs = landmarks(graph, graph.heads())
    assert check_vector(theirs) == theirs
    assert lacking(graph_of(events[:38]), theirs) == []
    assert len(lacking(graph_of(events[:30]), theirs)) <= 8


def test_a_fork_shows_at_once_and_its_branch_is_sent() -> None:
    bread = founded(device(1))
    ours, theirs = said(device(1), bread), said(device(1), bread)
    here, there = graph_of([bread, ours]), graph_of([bread, theirs])
    assert ours.id in lacking(here, there.vector())
    assert theirs.id in lacking(there, here.vector())


@pytest.mark.parametrize(
    "rubbish",
    [
        [],
        None,
        {"x": [0, ID]},
        {ID: []},
        {ID: [0]},
        {ID: [0, "x"]},
        {ID: ["0", ID]},
        {ID: [-1, ID]},
        {ID: [True, ID]},
        {ID: [2**53, ID]},
        {ID: {"0": ID}},
        {ID: [0, ID, 0, ID]},
        {ID: [0, ID, 1, ID]},
    ],
)
def test_rubbish_is_no_vector(rubbish: object) -> None:
    with pytest.raises(NotGenuine) as refusal:
        check_vector(rubbish)
    assert refusal.value.reason == "vector"
