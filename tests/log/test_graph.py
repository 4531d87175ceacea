import pytest
from hypothesis import given
from hypothesis import strategies as st

from goround.errors import MissingParents, NotGenuine
from goround.ids import CollectiveId, EventId
from goround.log.event import FOUNDING, Event, Place, sign_event
from goround.log.graph import Graph, check_fit
from goround.log.header import MOST_SEEN
from goround.log.keys import DeviceKey
from goround.log.vector import digest
from tests.chains import chain, device, founded, said
from tests.log.histories import KEYS, ancestors, delivered, histories

ANNA, BEN = KEYS[0], KEYS[1]
CHAIN = chain(ANNA, 3)

Delivered = tuple[list[Event], list[Event]]


def graph_of(events: list[Event]) -> Graph:
    graph = Graph(events[0].collective)
    for event in events:
        graph.add(event)
    return graph


def repeated_seqs(events: list[Event], device_id: str, ids: frozenset[EventId]) -> list[int]:
    seqs = [e.header.seq for e in events if e.header.device == device_id and e.id in ids]
    return sorted(seq for seq in set(seqs) if seqs.count(seq) > 1)


def leaves(events: list[Event], device_id: str, ids: frozenset[EventId]) -> list[EventId]:
    own = [e for e in events if e.header.device == device_id and e.id in ids]
    followed = {e.header.prev for e in own}
    return sorted(e.id for e in own if e.id not in followed)


@given(delivered())
def test_the_past_of_an_event_is_what_its_links_reach(
    both: Delivered,
) -> None:
    events, order = both
    graph, reached = graph_of([events[0], *order]), ancestors(events)
    for event in events:
        past, before = graph.past(event.id), graph.before(event.id)
        assert {e.id for e in events if e.id in past} == reached[event.id]
        assert {e.id for e in events if e.id in before} == reached[event.id] - {event.id}


@given(delivered(), st.data())
def test_a_union_holds_the_pasts_of_all(both: Delivered, data: st.DataObject) -> None:
    events, order = both
    graph, reached = graph_of(order), ancestors(events)
    ids = [e.id for e in data.draw(st.lists(st.sampled_from(events)))]
    expected = frozenset[EventId]().union(*(reached[event_id] for event_id in ids))
    past = graph.union(ids)
    assert {e.id for e in events if e.id in past} == expected


@given(delivered())
def test_a_past_names_the_newest_of_each_branch_and_where_a_device_forked(
    both: Delivered,
) -> None:
    events, order = both
    graph, reached = graph_of(order), ancestors(events)
    for event in events:
        for past, ids in (
            (graph.past(event.id), reached[event.id]),
            (graph.before(event.id), reached[event.id] - {event.id}),
        ):
            for key in KEYS:
                forked = repeated_seqs(events, key.public, ids)
                assert past.forked(key.public) == (forked[0] if forked else None)
                assert list(past.newest(key.public)) == leaves(events, key.public, ids)


@given(delivered())
def test_the_order_of_arrival_shows_nowhere(both: Delivered) -> None:
    events, order = both
    ours, theirs = graph_of(events), graph_of(order)
    assert ours.in_order() == theirs.in_order()
    assert ours.frontier() == theirs.frontier()
    assert ours.forks() == theirs.forks()
    assert ours.heads() == theirs.heads()
    assert digest(ours.vector()) == digest(theirs.vector())
    assert all(ours.next_place(k.public) == theirs.next_place(k.public) for k in KEYS)


@given(histories())
def test_everything_holds_what_is_here_and_nothing_that_comes_later(events: list[Event]) -> None:
    graph = graph_of(events[:-1] or events)
    past = graph.everything()
    known = set(graph)
    for event in events:
        graph.add(event)
    assert {e.id for e in events if e.id in past} == known


@given(histories())
def test_the_frontier_is_what_no_event_follows(events: list[Event]) -> None:
    parents = {parent for e in events for parent in (e.header.prev, *e.header.seen)}
    assert graph_of(events).frontier() == sorted({e.id for e in events} - parents)


@given(histories())
def test_parents_come_first_in_the_line_up(events: list[Event]) -> None:
    order = graph_of(events).in_order()
    headers = {event.id: event.header for event in events}
    for place, event_id in enumerate(order):
        assert not {headers[event_id].prev, *headers[event_id].seen} & set(order[place:])


@given(histories(), st.sampled_from(KEYS))
def test_an_event_signed_at_the_next_place_is_taken_in(events: list[Event], key: DeviceKey) -> None:
    graph = graph_of(events)
    place = graph.next_place(key.public)
    event = sign_event(key, collective=graph.collective, place=place, at=0, act={"type": "back"})
    assert graph.add(event)
    others = {e.id for e in events if e.header.device != key.public}
    assert all(event_id in graph.past(event.id) for event_id in others)
    known = graph.past(place.prev) if place.prev else graph.union(())
    assert not [event_id for event_id in place.seen if event_id in known]


def test_the_first_place_of_all_is_the_founding() -> None:
    assert Graph(CollectiveId("")).next_place(ANNA.public) == FOUNDING


def test_of_more_than_64_heads_the_latest_are_named() -> None:
    events = [founded(ANNA)]
    for number in range(MOST_SEEN + 5):
        first = said(device(100 + number), events[0])
        events += [first, *([said(device(100 + number), first)] if number else [])]
    place = graph_of(events).next_place(ANNA.public)
    assert len(place.seen) == MOST_SEEN
    assert list(place.seen) == sorted(place.seen)
    assert place.lamport == 4
    assert events[1].id not in place.seen


def test_an_event_that_came_before_changes_nothing() -> None:
    events = chain(ANNA, 3)
    graph = graph_of(events)
    assert not graph.add(events[1])
    assert len(graph) == 3


def test_an_event_waits_for_the_parents_that_it_names() -> None:
    events = chain(ANNA, 3)
    graph = graph_of(events[:1])
    with pytest.raises(MissingParents) as refusal:
        graph.add(events[2])
    assert refusal.value.missing == (events[1].id,)
    assert refusal.value.reason == "missing-parents"
    assert events[2].id not in graph


def test_a_batch_that_does_not_fit_is_known_before_any_of_it_is_added() -> None:
    events = chain(ANNA, 4)
    graph = graph_of(events[:1])
    check_fit(graph, events[1:])
    with pytest.raises(MissingParents):
        check_fit(graph, events[2:])
    assert len(graph) == 1


def refused(place: Place, *, key: DeviceKey = ANNA, collective: str | None = None) -> str:
    graph = graph_of([*CHAIN, said(BEN, CHAIN[0])])
    event = sign_event(
        key,
        collective=CollectiveId(CHAIN[0].collective if collective is None else collective),
        place=place,
        at=0,
        act={"type": "back"},
    )
    with pytest.raises(NotGenuine) as refusal:
        graph.add(event)
    assert event.id not in graph
    assert len(graph) == 4
    return refusal.value.reason


def test_an_event_of_another_collective_is_refused() -> None:
    assert refused(Place(3, CHAIN[2].id, (), 4), collective=CHAIN[1].id) == "foreign"
    assert refused(FOUNDING, key=BEN, collective="") == "foreign"


def test_a_chain_with_a_gap_is_refused() -> None:
    assert refused(Place(5, CHAIN[2].id, (), 4)) == "chain"


def test_nobody_goes_on_in_the_chain_of_somebody_else() -> None:
    assert refused(Place(3, CHAIN[2].id, (), 4), key=BEN) == "chain"


def test_a_device_does_not_name_its_own_events_as_seen() -> None:
    assert refused(Place(3, CHAIN[2].id, (CHAIN[0].id,), 4)) == "seen-own"


@pytest.mark.parametrize("lamport", [2, 3, 5, 2**53 - 1])
def test_a_lamport_that_does_not_follow_is_refused(lamport: int) -> None:
    assert refused(Place(3, CHAIN[2].id, (), lamport)) == "lamport"


def test_events_that_see_nothing_new_share_what_they_have_seen() -> None:
    graph = graph_of(chain(ANNA, 50))
    seen = {id(graph.past(event_id).seen) for event_id in graph}
    assert len(seen) == 1
