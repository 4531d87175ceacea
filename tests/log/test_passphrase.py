"""A file that only a passphrase opens: all of it, or a sentence that says why not."""

import io
import json
import re
import tracemalloc
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goround.errors import BadUse, NotGenuine
from goround.ids import decode
from goround.log.passphrase import PIECE, Cost, decrypt, encrypt, is_encrypted

CHEAP = Cost(1, 8 * 1024)
WORDS = "flour water salt patience"
FORMAT = Path(__file__).parents[2] / "docs" / "format.md"


def locked(plain: Iterable[bytes], words: str = WORDS) -> bytes:
    return b"".join(encrypt(plain, words, CHEAP))


def opened(raw: bytes, words: str = WORDS) -> bytes:
    file = io.BytesIO(raw)
    return b"".join(decrypt(file.readline(), file.read, words))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7])
def test_what_was_encrypted_is_read_with_its_passphrase(size: int) -> None:
    plain = bytes(number % 251 for number in range(size))
    raw = locked([plain[:7], plain[7:]])
    assert is_encrypted(raw)
    assert opened(raw) == plain


@settings(max_examples=50)
@given(st.integers(0, 2 * PIECE), st.data())
def test_what_was_changed_or_cut_anywhere_is_told_from_a_wrong_passphrase(
    size: int, data: st.DataObject
) -> None:
    raw = locked([b"x" * size])
    begins = raw.index(b"\n") + 1
    place = data.draw(st.integers(begins, len(raw) - 1))
    for spoilt in (raw[:place], raw[:place] + bytes([raw[place] ^ 4]) + raw[place + 1 :]):
        with pytest.raises(NotGenuine, match="cut short or damaged"):
            opened(spoilt)


def test_pieces_have_their_places_and_the_last_one_ends_it() -> None:
    raw = locked([b"a" * PIECE, b"b" * PIECE, b"c"])
    line, rest = raw[: raw.index(b"\n") + 1], raw[raw.index(b"\n") + 1 :]
    one, two, three = rest[: PIECE + 17], rest[PIECE + 17 : 2 * PIECE + 34], rest[2 * PIECE + 34 :]
    for wrong in ([two, one, three], [one, two], [one, three], [one, two, three, three]):
        with pytest.raises(NotGenuine):
            opened(line + b"".join(wrong))


def test_a_wrong_passphrase_is_told_as_one() -> None:
    with pytest.raises(BadUse, match="not the passphrase"):
        opened(locked([b"bread"]), "something else")


def test_a_first_line_that_was_spoilt_is_told_as_damage() -> None:
    first, salt, *cost, check, start = json.loads(locked([b"bread"]).split(b"\n")[0])
    for spoilt in ([check[:-1] + "\u00e9", start], [check[:-2], start], ["", start], [check, "x"]):
        with pytest.raises(NotGenuine, match="cut short or damaged"):
            opened(json.dumps([first, salt, *cost, *spoilt], ensure_ascii=False).encode())


def test_letters_are_the_same_however_a_keyboard_makes_them() -> None:
    assert opened(locked([b"bread"], "caf\u00e9 au lait"), "cafe\u0301 au lait") == b"bread"


@pytest.mark.parametrize("words", ["", "bread", "e\u0301" * 7])
def test_a_passphrase_that_is_guessed_at_once_is_none(words: str) -> None:
    with pytest.raises(BadUse, match="at least 8 letters"):
        locked([b"bread"], words)


def test_no_two_files_are_alike() -> None:
    assert locked([b"bread"]).split(b"\n")[0] != locked([b"bread"]).split(b"\n")[0]


def test_a_large_file_takes_no_more_memory_than_a_small_one() -> None:
    megabytes = 16
    tracemalloc.start()
    with io.BytesIO() as file:
        for piece in encrypt(repeat(b"x" * 1000, megabytes * 1000), WORDS, CHEAP):
            file.seek(0)  # what is written is not held
            file.write(piece)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * PIECE


def test_the_example_in_the_documents_opens() -> None:
    words, line, rest = re.findall(
        r"passphrase `([a-z ]+)` this line.*?```\n(.+?)\n(.+?)\n```", FORMAT.read_text(), re.DOTALL
    )[0]
    file = io.BytesIO(decode(rest, 23))
    assert b"".join(decrypt(line.encode() + b"\n", file.read, words)) == b"Bread\n"
