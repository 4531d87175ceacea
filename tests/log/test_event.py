import pytest
from hypothesis import given
from hypothesis import strategies as st

from goround.errors import NotGenuine
from goround.log.event import (
    FOUNDING,
    Content,
    Place,
    check_signature,
    erased,
    open_event,
    sign_event,
)
from tests.chains import device, founded

ANNA, BEN = device(1), device(2)
BREAD = founded(ANNA)
SECOND = Place(1, BREAD.id, (), 2)


@given(st.text(min_size=1))
def test_an_event_comes_back_as_it_was_signed(words: str) -> None:
    event = sign_event(
        ANNA,
        collective=BREAD.collective,
        place=SECOND,
        at=7,
        act={"type": "say", "on": BREAD.id},
        words=words.encode(),
    )
    assert open_event(event.raw, event.signature, event.content) == event
    check_signature(event)


@given(st.integers(0, 511), st.booleans())
def test_one_bit_of_difference_is_noticed(bit: int, of_header: bool) -> None:  # noqa: FBT001
    spoiled = bytearray(BREAD.raw if of_header else BREAD.signature)
    spoiled[bit // 8] ^= 1 << bit % 8
    raw, signature = (spoiled, BREAD.signature) if of_header else (BREAD.raw, spoiled)
    with pytest.raises(NotGenuine):
        check_signature(open_event(bytes(raw), bytes(signature)))


def test_erasing_leaves_everything_that_rules_are_evaluated_on() -> None:
    bare = erased(BREAD)
    check_signature(bare)
    assert (bare.id, bare.header, bare.raw) == (BREAD.id, BREAD.header, BREAD.raw)
    assert bare.content is None
    assert bare.is_bare
    assert not BREAD.is_bare


def test_erased_content_can_only_come_back_as_it_was() -> None:
    bare = erased(BREAD)
    assert open_event(bare.raw, bare.signature, BREAD.content) == BREAD
    with pytest.raises(NotGenuine) as refusal:
        open_event(bare.raw, bare.signature, Content(bytes(32), b"{}"))
    assert refusal.value.reason == "commitment"


def test_the_same_words_twice_cannot_be_told_from_their_commitments() -> None:
    assert founded(ANNA).header.commit != founded(ANNA).header.commit


def test_an_event_without_words_has_no_content() -> None:
    event = founded(ANNA, words=None)
    assert (event.content, event.header.commit, event.header.size) == (None, "", 0)
    assert not event.is_bare


def test_content_over_256_kib_is_not_signed() -> None:
    founded(ANNA, words=b"x" * 262_144)
    with pytest.raises(NotGenuine) as refusal:
        founded(ANNA, words=b"x" * 262_145)
    assert refusal.value.reason == "content-size"


def test_a_founding_event_is_its_own_collective() -> None:
    assert BREAD.header.collective == ""
    assert str(BREAD.collective) == BREAD.id
    assert BREAD.header.seq == FOUNDING.seq
