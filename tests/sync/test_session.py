"""Two replicas become equal from any state of difference, and rubbish changes nothing."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goround.errors import NotGenuine
from goround.log.event import Event, Place, erased, sign_event
from goround.log.vector import digest
from goround.sync import messages, session
from goround.sync.messages import EQUAL, Differs, Digest, Give, Have, Kept, Want, encode_message
from tests.chains import chain, device, founded, said
from tests.sync.replicas import Held, closed, history, talk

ANNA, BEN = device(1), device(2)


@settings(max_examples=60)
@given(
    chance=st.randoms(use_true_random=False),
    size=st.integers(0, 40),
    devices=st.integers(1, 5),
)
def test_any_two_replicas_become_equal(chance: Random, size: int, devices: int) -> None:
    events = history(chance, size, devices)
    ours = Held(closed(chance, events, chance.randint(0, size)))
    theirs = Held(closed(chance, events, chance.randint(0, size)))
    both = ours.everything() | theirs.everything()
    outcome, _ = talk(ours, theirs)
    assert outcome.equal
    assert ours.everything() == theirs.everything() == both
    assert digest(ours.graph.vector()) == digest(theirs.graph.vector())


@given(chance=st.randoms(use_true_random=False))
def test_batches_of_any_size_lead_there(chance: Random) -> None:
    events = history(chance, 30, 4)
    ours, theirs = (Held(closed(chance, events, chance.randint(0, 6))) for _ in range(2))
    both = ours.everything() | theirs.everything()
    with pytest.MonkeyPatch.context() as small:
        small.setattr(session, "MOST_EVENTS", 2)
        small.setattr(messages, "MOST_EVENTS", 2)
        talk(ours, theirs)
    assert ours.everything() == theirs.everything() == both


def test_equal_replicas_say_so_in_less_than_a_kilobyte() -> None:
    events = history(Random(3), 200, 12)
    outcome, carried = talk(Held(events), Held(events))
    assert outcome == (0, 0, True)
    assert carried < 1024


def test_what_a_replica_signs_on_receiving_travels_in_the_same_conversation() -> None:
    class Acknowledging(Held):
        def keep(self, events: Sequence[Event]) -> None:
            super().keep(events)
            if events[-1].header.device != BEN.public and len(self.graph) > 1:
                super().keep([said(BEN, events[-1])])

    first, *later = chain(ANNA, 3)
    ours, theirs = Held([first, *later]), Acknowledging([first])
    outcome, _ = talk(ours, theirs)
    assert outcome == (1, 2, True)
    assert ours.everything() == theirs.everything()


def test_a_fork_of_which_each_replica_holds_one_branch_is_shown_to_both() -> None:
    events = chain(ANNA, 3)
    one, other = said(ANNA, events[2], b"one"), said(ANNA, events[2], b"other")
    ours, theirs = Held([*events, one, said(ANNA, one)]), Held([*events, other])
    assert talk(ours, theirs)[0].equal
    assert len(ours.graph.forks()) == len(theirs.graph.forks()) == 1


def test_words_that_somebody_withheld_are_fetched_from_somebody_else() -> None:
    events = chain(ANNA, 4)
    ours = Held([events[0], erased(events[1]), events[2], erased(events[3])])
    assert talk(ours, Held(events))[0] == (2, 0, True)
    assert list(ours.bare()) == []


def test_words_that_nobody_has_end_the_conversation_all_the_same() -> None:
    events = [*chain(ANNA, 1)]
    events.append(erased(said(ANNA, events[0])))
    assert talk(Held(events), Held(events))[0] == (0, 0, True)


def test_somebody_who_is_shown_a_part_gets_that_part_and_no_more() -> None:
    events = chain(ANNA, 5)
    theirs = Held(events)
    shown = theirs.graph.past(events[2].id)
    vector = Held(events[:1]).graph.vector()
    request = encode_message(events[0].collective, Want(vector, [events[4].id]))
    have = messages.decode_message(events[0].collective, session.answer(theirs, request, shown))
    assert isinstance(have, Have)
    assert have.events == events[1:3]
    assert have.landmarks == {ANNA.public: [2, events[2].id, 1, events[1].id, 0, events[0].id]}
    same = encode_message(events[0].collective, Digest(digest(Held(events[:3]).graph.vector())))
    assert session.answer(theirs, same, shown) == EQUAL


# --------------------------------------------------------------------------------------- rubbish

EVENTS = chain(ANNA, 4)
BREAD = EVENTS[0].collective


def spoiled(event: Event) -> Event:
    return Event(event.id, event.header, event.raw, bytes(64), event.content)


RUBBISH = {
    "nothing": (b"", "message"),
    "a greeting": (b"hello", "message"),
    "no line": (encode_message(BREAD, Differs())[:-1], "message"),
    "half a digest": (b'["goround/sync/1","%s","digest","AAAA"]\n' % BREAD.encode(), "message"),
    "another format": (b'["goround/sync/2","%s","digest"]\n' % BREAD.encode(), "message"),
    "an unknown kind": (b'["goround/sync/1","%s","dance"]\n' % BREAD.encode(), "message"),
    "no text": (b"\xff\xfe\n", "message"),
    "another collective": (
        encode_message(founded(BEN).collective, Digest("A" * 43)),
        "foreign",
    ),
    "an answer": (encode_message(BREAD, Differs()), "message"),
    "an answer about keeping": (encode_message(BREAD, Kept(1)), "message"),
    "a vector of nobody": (encode_message(BREAD, Want({"x": [1, "y"]}, [])), "vector"),  # type: ignore[dict-item]
    "a line too many": (encode_message(BREAD, Digest("A" * 43)) + b"[]\n", "message"),
    "no bundle": (b'["goround/sync/1","%s","give"]\n' % BREAD.encode(), "bundle-cut"),
    "half a bundle": (encode_message(BREAD, Give(EVENTS))[:-20], "bundle-cut"),
    "a damaged bundle": (
        encode_message(BREAD, Give(EVENTS)).replace(b"hello", b"hullo"),
        "bundle-damaged",
    ),
    "a bad signature in the middle": (
        encode_message(BREAD, Give([EVENTS[0], spoiled(EVENTS[1]), *EVENTS[2:]])),
        "signature",
    ),
    "children before parents": (
        encode_message(BREAD, Give([EVENTS[0], EVENTS[2], EVENTS[1]])),
        "bundle-order",
    ),
    "somebody else's collective": (encode_message(BREAD, Give([founded(BEN)])), "foreign"),
    "more than is read": (b"x" * (messages.LARGEST_MESSAGE + 1), "message-size"),
}


@pytest.mark.parametrize("what", RUBBISH)
def test_rubbish_is_refused_with_a_reason_and_changes_nothing(what: str) -> None:
    raw, reason = RUBBISH[what]
    replica = Held(EVENTS[:1])
    with pytest.raises(NotGenuine) as refusal:
        session.answer(replica, raw)
    assert refusal.value.reason == reason
    assert len(replica.graph) == 1


@pytest.mark.parametrize("what", [what for what in RUBBISH if what != "nothing"])
def test_rubbish_as_an_answer_ends_the_conversation_and_changes_nothing(what: str) -> None:
    replica = Held(EVENTS[:1])
    conversation = session.converse(replica)
    next(conversation)
    if what != "an answer":
        with pytest.raises(NotGenuine):
            conversation.send(RUBBISH[what][0])
    assert len(replica.graph) == 1


@given(st.binary(max_size=400))
def test_no_bytes_at_all_make_it_stumble(raw: bytes) -> None:
    replica = Held(EVENTS[:1])
    with pytest.raises(NotGenuine):
        session.answer(replica, raw)


@given(place=st.integers(0, 3000), letter=st.integers(0, 255))
def test_one_changed_byte_is_refused_or_means_what_it_says(place: int, letter: int) -> None:
    raw = bytearray(encode_message(BREAD, Give(EVENTS)))
    raw[place % len(raw)] = letter
    replica = Held(EVENTS[:1])
    try:
        session.answer(replica, bytes(raw))
    except NotGenuine:
        assert len(replica.graph) == 1
    else:
        assert replica.everything() <= Held(EVENTS).everything()


def test_a_batch_whose_last_event_does_not_fit_is_not_kept_at_all() -> None:
    honest = said(BEN, EVENTS[3])
    place = Place(1, honest.id, (), honest.header.lamport + 5)
    act = {"type": "leave"}
    boast = sign_event(BEN, collective=BREAD, place=place, at=0, act=act)
    replica = Held(EVENTS[:1])
    with pytest.raises(NotGenuine) as refusal:
        session.answer(replica, encode_message(BREAD, Give([*EVENTS[1:], honest, boast])))
    assert refusal.value.reason == "lamport"
    assert len(replica.graph) == 1


def test_what_rests_on_something_unknown_is_not_kept_and_comes_again() -> None:
    replica = Held(EVENTS[:1])
    orphans = encode_message(BREAD, Give(EVENTS[2:]))
    kept = messages.decode_message(BREAD, session.answer(replica, orphans))
    assert kept == Kept(0)
    assert talk(Held(EVENTS), replica)[0] == (0, 3, True)


def test_who_asks_is_told_how_far_it_is_until_nothing_is_left() -> None:
    events = history(Random(3), 30, 4)
    ours, theirs, told = Held(events[:1]), Held(events), list[session.Progress]()
    with pytest.MonkeyPatch.context() as small:
        small.setattr(session, "MOST_EVENTS", 10)
        small.setattr(messages, "MOST_EVENTS", 10)
        conversation = session.converse(ours, told.append)
        request = next(conversation)
        while len(ours.graph) < len(events):
            request = conversation.send(session.answer(theirs, request))
    lacking = len(events) - 1
    assert [far.received for far in told] == [10, 20, lacking]
    assert all(0 < far.to_come <= lacking - far.received for far in told[:-1])
    assert told[-1] == (lacking, 0, 0, 0)
