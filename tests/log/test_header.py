"""Most of what a header must be is asked in tests/vectors; here is what holds for all of them."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goround.errors import NotGenuine
from goround.ids import EventId
from goround.log.event import Place, sign_event
from goround.log.header import decode_header, encode_header
from tests.chains import device, founded

ANNA = device(1)
BREAD = founded(ANNA)
SECOND = Place(1, BREAD.id, (), 2)

PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=12)
KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
PLAIN = PRINTABLE | st.integers(0, 2**53 - 1) | st.booleans()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)


def levels(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(levels, value.values()), default=0)
    return 1 + max(map(levels, value), default=0) if isinstance(value, list) else 0


ACTS = st.builds(
    lambda kind, rest: {"type": kind} | {k: v for k, v in rest.items() if k != "type"},
    PRINTABLE,
    st.dictionaries(KEYS, VALUES, max_size=4),
).filter(lambda act: levels(act) <= 8)


def header_of(act: dict[str, Any]) -> bytes:
    return sign_event(ANNA, collective=BREAD.collective, place=SECOND, at=0, act=act).raw


@given(ACTS)
def test_whatever_an_act_may_hold_comes_back_as_the_same_bytes(act: dict[str, Any]) -> None:
    raw = header_of(act)
    header = decode_header(raw)
    assert header.act == act
    assert list(header.act) == list(act)
    assert encode_header(header) == raw


@given(ACTS, st.data())
def test_no_byte_can_be_slipped_in(act: dict[str, Any], data: st.DataObject) -> None:
    raw = header_of(act)
    place = data.draw(st.integers(0, len(raw)))
    spaced = raw[:place] + data.draw(st.sampled_from([b" ", b"\n", b"\t"])) + raw[place:]
    try:
        header = decode_header(spaced)
    except NotGenuine as refusal:
        assert refusal.reason  # noqa: PT017 - one that opened is looked at too
    else:
        assert encode_header(header) == spaced
        assert header != decode_header(raw)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_rubbish_is_refused_with_a_reason(raw: bytes) -> None:
    with pytest.raises(NotGenuine) as refusal:
        decode_header(raw)
    assert refusal.value.reason in {"not-ascii", "not-json", "shape", "not-canonical"}


@given(st.recursive(st.none() | PLAIN | st.floats(), st.lists, max_leaves=20))
def test_json_that_is_no_header_is_refused_with_a_reason(value: object) -> None:
    with pytest.raises(NotGenuine):
        decode_header(msgspec.json.encode(value))


@given(st.integers(0, 10), st.data())
def test_a_changed_field_gives_another_id_or_nothing(place: int, data: st.DataObject) -> None:
    fields = msgspec.json.decode(BREAD.raw)
    fields[place] = data.draw(VALUES.filter(lambda value: value != fields[place]))
    try:
        decode_header(msgspec.json.encode(fields))
    except NotGenuine as refusal:
        assert refusal.reason  # noqa: PT017 - both outcomes are right, and no third
    assert msgspec.json.encode(fields) != BREAD.raw


def test_nothing_is_signed_that_could_not_be_read_again() -> None:
    place = Place(1, EventId("x"), (), 2)
    with pytest.raises(NotGenuine) as refusal:
        sign_event(ANNA, collective=BREAD.collective, place=place, at=0, act={"type": "leave"})
    assert refusal.value.reason == "prev"
    with pytest.raises(NotGenuine) as refusal:
        header_of({"type": "x", "from": None})
    assert refusal.value.reason == "null"
