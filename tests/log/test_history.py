import pytest
from hypothesis import given
from hypothesis import strategies as st

from goround.errors import NotGenuine
from goround.log.event import Event, Place, sign_event
from goround.log.history import check_every, check_history
from tests.chains import chain, device
from tests.log.histories import histories


def spoiled(event: Event) -> Event:
    return Event(event.id, event.header, event.raw, bytes(64), event.content)


@given(histories())
def test_a_genuine_history_is_found_genuine_in_any_order(events: list[Event]) -> None:
    shuffled = sorted(events, key=lambda event: event.id)
    check_history(shuffled)
    check_every(shuffled)


@given(histories(), st.data())
def test_a_bad_signature_at_the_end_of_a_branch_is_found(
    events: list[Event], data: st.DataObject
) -> None:
    followed = {event.header.prev for event in events}
    head = data.draw(st.sampled_from([e for e in events if e.id not in followed]))
    with pytest.raises(NotGenuine) as refusal:
        check_history([spoiled(e) if e is head else e for e in events])
    assert refusal.value.reason == "signature"


def test_the_newest_signature_vouches_for_the_chain_and_each_can_be_asked() -> None:
    events = chain(device(1), 5)
    events[2] = spoiled(events[2])
    check_history(events)
    with pytest.raises(NotGenuine) as refusal:
        check_every(events)
    assert refusal.value.reason == "signature"


def test_a_part_of_a_history_is_checked_by_itself() -> None:
    check_history(chain(device(1), 5)[3:])
    check_history([])


def test_a_copy_with_a_bad_signature_does_not_hide_behind_a_good_one() -> None:
    events = chain(device(1), 2)
    with pytest.raises(NotGenuine):
        check_history([*events, spoiled(events[1])])


def test_a_link_into_another_chain_is_found() -> None:
    events = chain(device(1), 2)
    place = Place(2, events[1].id, (), 3)
    stranger = sign_event(
        device(2), collective=events[0].collective, place=place, at=0, act={"type": "back"}
    )
    with pytest.raises(NotGenuine) as refusal:
        check_history([*events, stranger])
    assert refusal.value.reason == "chain"
