import pytest
from hypothesis import given
from hypothesis import strategies as st

from goround.errors import NotGenuine
from goround.log.bundle import decode_line, encode_line, read_bundle, write_bundle
from goround.log.event import Event
from tests.chains import chain, device
from tests.log.histories import histories


@given(histories())
def test_a_bundle_gives_back_what_went_in(events: list[Event]) -> None:
    bundle = read_bundle(write_bundle(events[0].collective, events))
    assert bundle.collective == events[0].collective
    assert bundle.events == events


@given(histories(), st.data())
def test_a_bundle_that_was_changed_anywhere_gives_nothing(
    events: list[Event], data: st.DataObject
) -> None:
    text = bytearray(b"".join(write_bundle(events[0].collective, events)))
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(NotGenuine):
        read_bundle(bytes(text).splitlines(keepends=True))


@given(histories(), st.data())
def test_a_bundle_that_was_cut_short_gives_nothing(
    events: list[Event], data: st.DataObject
) -> None:
    text = b"".join(write_bundle(events[0].collective, events))
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    with pytest.raises(NotGenuine):
        read_bundle(cut.splitlines(keepends=True))


@given(st.binary(max_size=300))
def test_rubbish_is_no_line(line: bytes) -> None:
    with pytest.raises(NotGenuine):
        decode_line(line)


def test_a_line_is_read_with_or_without_its_end() -> None:
    event = chain(device(1), 1)[0]
    line = encode_line(event)
    assert decode_line(line) == decode_line(line[:-1]) == event


def test_a_line_over_2_mib_is_not_even_read() -> None:
    with pytest.raises(NotGenuine) as refusal:
        decode_line(b"x" * (2 * 1024 * 1024 + 1))
    assert refusal.value.reason == "line-size"
