"""A device on a sheet of paper: a secret short enough to be written in words, from which its key is
made. Two more words tell whether any was misread. Whoever has the sheet can let in a device of its
member, so it is kept like a key to the house. Rule F41 of docs/format.md."""

from __future__ import annotations

import re
from hashlib import sha256

from goround.ids import decode, encode
from goround.log.keys import DeviceKey, fresh_salt
from goround.log.spelling import spelled, unspelled

SECRET, CHECK = 16, 2
MANY = SECRET + CHECK
"""Words on a sheet."""
_TAG = b"goround/paper/1\0"
_NUMBER = re.compile(r"[0-9]+\.?")
"""What stands before each word on a sheet, and is copied along."""


def new_paper() -> bytes:
    """Draw a secret."""
    return fresh_salt()[:SECRET]


def key_on(secret: bytes) -> DeviceKey:
    """Return the key that a sheet with this secret holds."""
    return DeviceKey.from_seed(sha256(_TAG + secret).digest())


def write_letters(secret: bytes) -> str:
    """Write a secret as it stands behind the # of a link."""
    return encode(_checked(secret))


def write_words(secret: bytes) -> list[str]:
    """Write a secret as the words on a sheet."""
    return spelled(_checked(secret))


def read_paper(text: str) -> bytes:
    """Read what stands on a sheet, letters or words; ValueError where something is misread."""
    words = words_in(text)
    raw = unspelled(" ".join(words)) if len(words) > 1 else decode(text.strip(), MANY)
    if len(raw) != MANY or _checked(raw[:SECRET]) != raw:
        raise ValueError("These do not belong together.")
    return raw[:SECRET]


def words_in(text: str) -> list[str]:
    """Return what was typed of a sheet, without the numbers that stand before its words."""
    return [word for word in text.replace(",", " ").split() if not _NUMBER.fullmatch(word)]


def _checked(secret: bytes) -> bytes:
    return secret + sha256(_TAG + b"check" + secret).digest()[:CHECK]
