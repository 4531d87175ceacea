"""Orphans wait for their parents, within bounds."""

from goround.sync.waiting import Waiting
from tests.chains import chain, device, said

ANNA, BEN = device(1), device(2)


def test_what_waited_comes_out_parents_first_once_its_parents_are_known() -> None:
    events = chain(ANNA, 6)
    waiting = Waiting()
    for event in reversed(events[2:]):
        waiting.hold(event)
    assert waiting.ready({events[0].id}) == []
    assert waiting.ready({event.id for event in events[:2]}) == events[2:]
    assert len(waiting) == 0


def test_both_the_chain_and_what_was_seen_must_be_there() -> None:
    events = chain(ANNA, 2)
    answer = said(BEN, events[1])
    waiting = Waiting()
    waiting.hold(answer)
    assert waiting.ready({events[0].id}) == []
    assert waiting.ready({events[1].id}) == [answer]


def test_of_too_many_the_oldest_are_forgotten() -> None:
    events = chain(ANNA, 12)
    waiting = Waiting(most=4)
    for event in events[1:]:
        waiting.hold(event)
        waiting.hold(event)
    assert len(waiting) == 4
    assert waiting.ready({events[7].id}) == events[8:]


def test_of_too_much_the_oldest_is_forgotten() -> None:
    events = chain(ANNA, 3)
    waiting = Waiting(largest=len(events[1].raw) + 100)
    waiting.hold(events[1])
    waiting.hold(events[2])
    assert len(waiting) == 1
