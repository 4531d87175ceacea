"""What is packed comes out as it was, and what only looks small costs little."""

import gzip
import tracemalloc
from itertools import islice
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goround.errors import NotGenuine
from goround.sync.packing import pack, unpack

PIECE = 64 * 1024
"""Bytes that are unpacked at a time."""


@settings(max_examples=30)
@given(st.binary(max_size=10_000) | st.integers(0, 300_000).map(bytes))
def test_what_was_packed_comes_out_as_it_was(plain: bytes) -> None:
    assert b"".join(unpack(pack(plain))) == plain


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"<html>",
        pack(b"bread")[:-1],
        pack(b"bread") + b"x",
        pack(b"bread") + pack(b"rye"),
        pack(b"bread")[:-5] + b"\0" + pack(b"bread")[-4:],
    ],
)
def test_what_is_not_packed_as_it_says_is_told(packed: bytes) -> None:
    with pytest.raises(NotGenuine, match="not packed"):
        list(unpack(packed))


def test_what_follows_is_told_also_where_a_piece_ends() -> None:
    chance = Random(1).randbytes(PIECE)
    (packed,) = (made for size in range(65_000, PIECE) if len(made := pack(chance[:size])) == PIECE)
    assert b"".join(unpack(packed)) in chance
    with pytest.raises(NotGenuine, match="not packed"):
        list(unpack(packed + b"x"))


def test_who_stops_unpacking_was_given_little() -> None:
    bomb = gzip.compress(bytes(50 * 1024 * 1024), 1)
    tracemalloc.start()
    few = sum(map(len, islice(unpack(bomb), 10)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert few < 1_000_000
    assert peak < 1_000_000
