"""Names for things are hashes and public keys: 32 bytes in 43 letters of unpadded base64url.

Each has exactly one spelling (F6), so two ids are equal when their texts are.
"""

import binascii
import re
from collections.abc import Iterable
from typing import NewType

EventId = NewType("EventId", str)
CollectiveId = NewType("CollectiveId", str)
DeviceId = NewType("DeviceId", str)
MemberId = NewType("MemberId", str)
EpochId = NewType("EpochId", str)

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")
_ID = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
_IDS = re.compile(r"(?:[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])*")
_LENGTH = 43
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def encode(raw: bytes) -> str:
    """Write bytes as unpadded base64url."""
    text = binascii.b2a_base64(raw, newline=False).translate(_URL_SAFE, b"=")
    return text.decode("ascii")


def decode(text: str, length: int = 32) -> bytes:
    """Read exactly `length` bytes from their one spelling; anything else is a ValueError."""
    if not _ALPHABET.fullmatch(text):
        raise ValueError("An id has letters that base64url does not have.")
    if len(text) != (length * 4 + 2) // 3:
        raise ValueError(f"Expected {length} bytes, and this is not the text of {length} bytes.")
    padded = text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)
    raw = binascii.a2b_base64(padded)
    if encode(raw) != text:
        raise ValueError("The spare bits at the end of an id are not zero.")
    return raw


def are_ids(texts: Iterable[str]) -> bool:
    """Tell whether each text is the one spelling of 32 bytes."""
    known = list(texts)
    return set(map(len, known)) <= {_LENGTH} and _IDS.fullmatch("".join(known)) is not None


def is_id(text: str) -> bool:
    """Tell whether a text is the one spelling of 32 bytes."""
    return _ID.fullmatch(text) is not None
