"""Signatures and keys on which verifiers of Ed25519 disagree (F10 to F12)."""

from collections.abc import Callable
from hashlib import sha512
from itertools import count

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_scalar_add,
    crypto_core_ed25519_scalar_mul,
    crypto_core_ed25519_scalar_reduce,
    crypto_scalarmult_ed25519_base_noclamp,
)

from goround.ids import decode, encode
from goround.log.keys import SMALL_ORDER, tagged
from tests.vectors.people import ANNA, BEN, Vector, bytes_for

ORDER = 2**252 + 27742317777372353535851937790883648493
IDENTITY = bytes([1]) + bytes(31)
EIGHTH = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
TAG = "event"


def vectors() -> list[Vector]:
    return [*_plain(), *_small_keys(), *_small_points(), *_mixed()]


def _vector(name: str, key: bytes, message: bytes, signature: bytes, *, genuine: bool) -> Vector:
    return {
        "name": name,
        "key": encode(key),
        "tag": TAG,
        "message": message.decode("ascii"),
        "signature": encode(signature),
        "genuine": genuine,
    }


def _plain() -> list[Vector]:
    message, key = b"hello", decode(ANNA.public)
    good = ANNA.sign(TAG, message)
    larger = int.from_bytes(good[32:], "little") + ORDER
    malleable = good[:32] + larger.to_bytes(32, "little")
    return [
        _vector("a signature", key, message, good, genuine=True),
        _vector("another message", key, b"hullo", good, genuine=False),
        _vector("another key", decode(BEN.public), message, good, genuine=False),
        _vector("another tag", key, message, ANNA.sign("session", message), genuine=False),
        _vector("S not below the group order", key, message, malleable, genuine=False),
        _vector("a key that is no point", bytes([2]) + bytes(31), message, good, genuine=False),
        _vector("63 bytes", key, message, good[:-1], genuine=False),
    ]


def _challenge(point: bytes, key: bytes, message: bytes) -> int:
    """Reduce the hash that Ed25519 multiplies the key with."""
    hashed = sha512(point + key + tagged(TAG, message)).digest()
    return int.from_bytes(hashed, "little") % ORDER


def _message(point: bytes, key: bytes, fits: Callable[[int], bool]) -> bytes:
    tries = (f"message {number}".encode() for number in count())
    return next(message for message in tries if fits(_challenge(point, key, message) % 8))


def _small_keys() -> list[Vector]:
    """For any key of small order, R = identity and S = 0 solve the equation for some messages."""
    signature = IDENTITY + bytes(32)
    return [
        _vector(
            f"a key of small order, {key.hex()}",
            key,
            _message(IDENTITY, key, lambda challenge: challenge == 0),
            signature,
            genuine=False,
        )
        for key in sorted(SMALL_ORDER)
    ]


def _secret(seed: bytes) -> bytes:
    raw = bytearray(sha512(seed).digest()[:32])
    raw[0] &= 248
    raw[31] = (raw[31] & 127) | 64
    return crypto_core_ed25519_scalar_reduce(bytes(raw) + bytes(32))


def _scalar(number: int) -> bytes:
    return number.to_bytes(32, "little")


def _small_points() -> list[Vector]:
    """Sign with R = identity, as only a key's owner can: verifiers differ on whether it counts."""
    key, message = decode(ANNA.public), b"hello"
    challenge = _scalar(_challenge(IDENTITY, key, message))
    response = crypto_core_ed25519_scalar_mul(challenge, _secret(ANNA.seed))
    name = "R of small order, by the key's owner"
    return [_vector(name, key, message, IDENTITY + response, genuine=False)]


def _mixed() -> list[Vector]:
    """With a key that is a good one plus a point of order 8, the cofactor makes the difference."""
    key = crypto_core_ed25519_add(decode(ANNA.public), EIGHTH)
    nonce = crypto_core_ed25519_scalar_reduce(bytes_for("nonce") + bytes(32))
    point = crypto_scalarmult_ed25519_base_noclamp(nonce)
    without = _message(point, key, lambda challenge: challenge == 0)
    cofactored = _message(point, key, lambda challenge: challenge == 1)
    return [
        _vector(name, key, message, point + _response(point, key, message, nonce), genuine=genuine)
        for name, message, genuine in (
            ("a mixed key, right without cofactor", without, True),
            ("a mixed key, right only with cofactor", cofactored, False),
        )
    ]


def _response(point: bytes, key: bytes, message: bytes, nonce: bytes) -> bytes:
    challenge = _scalar(_challenge(point, key, message))
    product = crypto_core_ed25519_scalar_mul(challenge, _secret(ANNA.seed))
    return crypto_core_ed25519_scalar_add(nonce, product)
