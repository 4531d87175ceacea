import pytest
from hypothesis import given
from hypothesis import strategies as st

from goround.ids import are_ids, decode, encode, is_id


@given(st.binary(max_size=100))
def test_what_was_written_is_read_back(raw: bytes) -> None:
    assert decode(encode(raw), len(raw)) == raw


@given(st.text("ABCDwxyz0489-_=+/ \n\u00e9", min_size=40, max_size=45))
def test_an_id_has_one_spelling(text: str) -> None:
    try:
        raw = decode(text)
    except ValueError:
        assert not is_id(text)
    else:
        assert is_id(text)
        assert encode(raw) == text


@given(st.binary(min_size=32, max_size=32), st.integers(1, 3))
def test_spare_bits_are_refused(raw: bytes, spare: int) -> None:
    text = encode(raw)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = text[:-1] + letters[letters.index(text[-1]) + spare]
    assert not are_ids([text, other])
    with pytest.raises(ValueError, match="spare bits"):
        decode(other)


@pytest.mark.parametrize("text", ["", "A" * 42, "A" * 44, "A" * 43 + "=", "A" * 42 + "\n"])
def test_another_length_or_letter_is_refused(text: str) -> None:
    assert not is_id(text)
    with pytest.raises(ValueError, match=r"An id has letters|Expected 32 bytes"):
        decode(text)
