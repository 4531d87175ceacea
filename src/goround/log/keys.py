"""Keys and signatures: everything that PyNaCl is asked for.

Verifiers of Ed25519 disagree on edge cases, and whether a signature holds must be one answer for
all replicas; so there is one verifier, and the points of small order, over which they disagree, are
refused by name. Rules F10 to F12 of docs/format.md.
"""

from __future__ import annotations

from typing import NamedTuple, Self

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random

from goround.ids import DeviceId, decode, encode

SIGNATURE_LENGTH = 64

# The eight points of small order, in all fourteen spellings (F12).
SMALL_ORDER = frozenset(
    bytes.fromhex(text)
    for text in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    )
)


class DeviceKey(NamedTuple):
    """A key pair of one device in one collective, or of one invitation."""

    seed: bytes
    public: DeviceId

    def __repr__(self) -> str:
        """Name the public half only: a seed has no place in a log or a traceback."""
        return f"DeviceKey({self.public})"

    @classmethod
    def generate(cls) -> Self:
        return cls.from_seed(random(32))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Make the key that belongs to 32 secret bytes."""
        return cls(seed, DeviceId(encode(bytes(SigningKey(seed).verify_key))))

    def sign(self, tag: str, message: bytes) -> bytes:
        """Sign a message for one purpose alone (F10)."""
        return SigningKey(self.seed).sign(tagged(tag, message)).signature


def tagged(tag: str, message: bytes) -> bytes:
    """Put the purpose in front, so that no signature can be used for another one (F10)."""
    return b"goround/" + tag.encode("ascii") + b"/1\0" + message


def is_genuine(device: DeviceId, tag: str, message: bytes, signature: bytes) -> bool:
    """Tell whether this device signed this message for this purpose (F11, F12)."""
    try:
        key = decode(device)
    except ValueError:
        return False
    if len(signature) != SIGNATURE_LENGTH or key in SMALL_ORDER or signature[:32] in SMALL_ORDER:
        return False
    try:
        VerifyKey(key).verify(tagged(tag, message), signature)
    except BadSignatureError:
        return False
    return True


def fresh_salt() -> bytes:
    """Draw 32 random bytes: the one use of chance here beside a new key."""
    return random(32)
