r"""Four words that stand for a device, for two people to compare at a table or on the telephone.

Whoever welcomes a newcomer reads them on their own screen, and the newcomer on theirs: where all
four are the same, it is this device that joins and no other. They are the first four bytes of
SHA-256("goround/words/1\0" ‖ key), a word for each byte. They are a courtesy between people
who can hear each other, no secret and no proof: with much computing somebody can find a key with
the words of another.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from goround.ids import decode
from goround.log.spelling import spelled

if TYPE_CHECKING:
    from goround.ids import DeviceId

_TAG = b"goround/words/1\0"
_MANY = 4


def four_words(device: DeviceId) -> list[str]:
    """Return the words that stand for a device."""
    return spelled(sha256(_TAG + decode(device)).digest()[:_MANY])
