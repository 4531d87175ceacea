"""What whoever keeps a collective promises to the rest of the program."""

import threading
from pathlib import Path

import pytest

from goround.errors import BadUse, NotACollective
from goround.ids import EventId
from goround.log.event import Event, erased
from goround.store import Store
from tests.chains import chain, device, said

ANNA, BEN = device(1), device(2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bread.sqlite"


def kept(store: Store) -> list[Event]:
    return [event for _, event in store.since()]


def test_what_was_appended_comes_back_in_the_order_of_its_arrival(path: Path) -> None:
    events = chain(ANNA, 20)
    with Store.create(path, events[:1]) as store:
        store.append(events[1:])
        assert kept(store) == events


def test_what_was_appended_is_there_when_the_file_is_opened_again(path: Path) -> None:
    events = chain(ANNA, 3)
    Store.create(path, events).close()
    with Store.open(path) as store:
        assert kept(store) == events


def test_a_known_event_is_skipped(path: Path) -> None:
    events = chain(ANNA, 3)
    with Store.create(path, events) as store:
        store.append([events[2], events[0], said(ANNA, events[2])])
        assert len(kept(store)) == 4


def test_one_can_ask_what_came_since_a_row(path: Path) -> None:
    events = chain(ANNA, 5)
    with Store.create(path, events[:3]) as store:
        row = store.newest_row()
        store.append(events[3:])
        assert [event for _, event in store.since(row)] == events[3:]
        assert [row for row, _ in store.since(row)][-1] == store.newest_row()
        assert list(store.since(store.newest_row())) == []


def test_more_events_than_are_read_at_a_time_come_all(path: Path) -> None:
    events = chain(ANNA, 1100)
    with Store.create(path, events) as store:
        assert kept(store) == events


def test_a_batch_that_fails_leaves_nothing(path: Path) -> None:
    events = chain(ANNA, 3)

    def torn() -> list[Event]:
        store.append(events[1:])
        raise RuntimeError("the power went")

    with Store.create(path, events[:1]) as store:
        with pytest.raises(RuntimeError), store.writing():
            torn()
        assert kept(store) == events[:1]


def test_both_branches_of_a_fork_are_kept(path: Path) -> None:
    events = chain(ANNA, 2)
    one, other = said(ANNA, events[1], b"one"), said(ANNA, events[1], b"other")
    with Store.create(path, [*events, one, other]) as store:
        assert kept(store)[2:] == [one, other]


def test_one_can_ask_whether_an_event_is_here(path: Path) -> None:
    events = chain(ANNA, 2)
    with Store.create(path, events[:1]) as store:
        assert events[0].id in store
        assert events[1].id not in store


def test_events_are_fetched_by_name_in_the_order_asked_for(path: Path) -> None:
    events = chain(ANNA, 5)
    with Store.create(path, events[:4]) as store:
        assert list(store.fetch([events[3].id, events[1].id])) == [events[3], events[1]]
        with pytest.raises(KeyError):
            list(store.fetch([events[4].id]))


def test_erased_words_are_gone_and_the_event_stays(path: Path) -> None:
    events = chain(ANNA, 3)
    with Store.create(path, events) as store:
        store.erase(events[1].id)
        assert kept(store) == [events[0], erased(events[1]), events[2]]
        assert store.is_erased(events[1].id)
        assert not store.is_erased(events[2].id)


def test_erased_words_are_not_kept_when_they_arrive_again(path: Path) -> None:
    events = chain(ANNA, 2)
    with Store.create(path, events) as store:
        store.erase(events[1].id)
        store.append(events)
        assert kept(store)[1].content is None


def test_words_that_were_erased_before_they_arrived_are_never_kept(path: Path) -> None:
    events = chain(ANNA, 2)
    with Store.create(path, events[:1]) as store:
        store.erase(events[1].id)
        store.append(events)
        assert kept(store)[1].content is None


def test_words_that_were_missing_are_filled_in(path: Path) -> None:
    events = chain(ANNA, 2)
    with Store.create(path, [events[0], erased(events[1])]) as store:
        store.append(events)
        assert kept(store) == events


def test_an_event_that_never_had_words_is_not_missing_any(path: Path) -> None:
    first = chain(ANNA, 1)[0]
    silent = said(BEN, first, None)
    with Store.create(path, [first, silent]) as store:
        assert not kept(store)[1].is_bare


def test_proposals_get_numbers_that_stay(path: Path) -> None:
    first, second = EventId("first"), EventId("second")
    with Store.create(path) as store:
        assert (store.number(first), store.number(second), store.number(first)) == (1, 2, 1)
    with Store.open(path) as store:
        assert store.number(second) == 2
        assert store.numbered(1) == first
        assert store.numbered(3) is None


def test_a_note_is_remembered_until_it_is_forgotten(path: Path) -> None:
    with Store.create(path) as store:
        assert store.note("peer") is None
        store.set_note("peer", "one")
        store.set_note("peer", "two")
        assert store.note("peer") == "two"
        store.set_note("peer", None)
        assert store.note("peer") is None


def test_writing_within_writing_is_one_batch(path: Path) -> None:
    events = chain(ANNA, 3)
    with Store.create(path, events[:1]) as store, Store.open(path) as elsewhere:
        with store.writing():
            store.append(events[1:2])
            store.append(events[2:])
            assert kept(elsewhere) == events[:1]
            assert kept(store) == events
        assert kept(elsewhere) == events


def test_another_opening_of_the_same_file_sees_what_came(path: Path) -> None:
    events = chain(ANNA, 2)
    with Store.create(path, events[:1]) as store, Store.open(path) as elsewhere:
        row = elsewhere.newest_row()
        store.append(events[1:])
        assert [event for _, event in elsewhere.since(row)] == events[1:]


def test_threads_share_a_store(path: Path) -> None:
    first = chain(ANNA, 1)[0]
    with Store.create(path, [first]) as store:

        def work(number: int) -> None:
            after = first
            for _ in range(20):
                after = said(device(number), after)
                store.append([after])

        threads = [threading.Thread(target=work, args=(number,)) for number in range(2, 6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(kept(store)) == 81


def test_what_is_there_already_is_not_overwritten(path: Path) -> None:
    events = chain(ANNA, 2)
    Store.create(path, events).close()
    with pytest.raises(BadUse, match="already something"):
        Store.create(path)
    with Store.open(path) as store:
        assert kept(store) == events


def test_what_is_not_there_cannot_be_opened(path: Path) -> None:
    with pytest.raises(NotACollective, match="no collective"):
        Store.open(path)
    assert not path.exists()
