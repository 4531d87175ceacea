"""A file that only a passphrase opens: libsodium's Argon2id makes a key of the passphrase, and its
secret stream encrypts one piece after the other, so no file is too large for the memory. Whoever
reads is told a wrong passphrase from a damaged file; both give nothing beyond what was whole until
then, and a bundle that does not end is no bundle. Rules F39 and F40 of docs/format.md."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import msgspec
from nacl import bindings
from nacl.exceptions import RuntimeError as SodiumError
from nacl.pwhash import argon2id
from nacl.utils import random

from goround.errors import BadUse, NotGenuine, Unreachable
from goround.ids import decode, encode
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FORMAT = "goround/encrypted/1"
PIECE = 64 * 1024
"""Bytes that are encrypted at a time."""
FEWEST_LETTERS = 8
_MORE = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_KEY = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
_START = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_State = bindings.crypto_secretstream_xchacha20poly1305_state


class Cost(NamedTuple):
    """What trying one passphrase costs: passes over so many bytes of memory."""

    passes: int = 3
    memory: int = 256 * 1024 * 1024


COST = Cost()
_MOST = Cost(16, 1024 * 1024 * 1024)
"""What a file may ask of whoever opens it."""


class _First(NamedTuple):
    """The first line: what a key is made of beside the passphrase (F39)."""

    format: str
    salt: str
    passes: int
    memory: int
    check: str
    start: str


_FIRST = msgspec.json.Decoder(_First)


def check_passphrase(passphrase: str) -> None:
    """Raise BadUse for one that is guessed at once."""
    if len(_plain(passphrase)) < FEWEST_LETTERS:
        raise BadUse(
            _(
                "A passphrase has at least {fewest} letters: whoever finds the file can try out as "
                "many as they like. Several words that nobody would put together are a good one."
            ).format(fewest=FEWEST_LETTERS)
        )


def encrypt(plain: Iterable[bytes], passphrase: str, cost: Cost = COST) -> Iterator[bytes]:
    """Yield an encrypted file piece by piece (F39, F40)."""
    check_passphrase(passphrase)
    salt, state = random(argon2id.SALTBYTES), _State()
    key, check = _stretched(passphrase, salt, cost)
    start = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    first = _First(FORMAT, encode(salt), cost.passes, cost.memory, encode(check), encode(start))
    line = msgspec.json.encode(first) + b"\n"
    yield line
    for piece, tag in _cut(plain):
        yield bindings.crypto_secretstream_xchacha20poly1305_push(state, piece, line, tag)


def _cut(plain: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Cut what comes into pieces of one size; the last one is marked, and may be empty."""
    held = bytearray()
    for some in plain:
        held += some
        while len(held) > PIECE:
            yield bytes(held[:PIECE]), _MESSAGE
            del held[:PIECE]
    yield bytes(held), _LAST


def is_encrypted(first: bytes) -> bool:
    """Tell whether a file that begins so needs a passphrase."""
    return first.startswith(b'["' + FORMAT.encode() + b'"')


def decrypt(first: bytes, read: Callable[[int], bytes], passphrase: str) -> Iterator[bytes]:
    """Yield what a file holds; `read` gives what follows its first line, fewer bytes at its end.

    Raises BadUse for a wrong passphrase, and NotGenuine for what was cut short or damaged.
    """
    told = _read_first(first)
    state, start, key = _State(), decode(told.start, _START), _key(told, passphrase)
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, start, key)
    tag = _MESSAGE
    while tag != _LAST:
        try:
            text, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                state, read(PIECE + _MORE), first
            )
        except (SodiumError, ValueError, TypeError):
            raise _damaged() from None
        yield text
    if read(1):
        raise _damaged()


def _damaged() -> NotGenuine:
    return NotGenuine("encrypted-damaged", _("An encrypted file was cut short or damaged."))


def _read_first(line: bytes) -> _First:
    try:
        told = _FIRST.decode(line)
        decode(told.salt, argon2id.SALTBYTES)
        decode(told.start, _START)
        decode(told.check)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise _damaged() from None
    if told.format != FORMAT or not _is_payable(told):
        raise _damaged()
    return told


def _is_payable(told: _First) -> bool:
    """Tell whether a file asks for no more than one should give it."""
    return 1 <= told.passes <= _MOST.passes and argon2id.MEMLIMIT_MIN <= told.memory <= _MOST.memory


def _key(told: _First, passphrase: str) -> bytes:
    salt = decode(told.salt, argon2id.SALTBYTES)
    key, check = _stretched(passphrase, salt, Cost(told.passes, told.memory))
    if not hmac.compare_digest(encode(check), told.check):
        raise BadUse(_("This is not the passphrase that the file was encrypted with."))
    return key


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """Make a key of a passphrase, and what tells that it is the right one (F39)."""
    try:
        both = argon2id.kdf(2 * _KEY, _plain(passphrase).encode(), salt, *cost)
    except SodiumError:
        size = cost.memory // 1024 // 1024
        told = _("A passphrase needs {size} MiB of memory for a moment, and they are not there.")
        raise Unreachable(told.format(size=size)) from None
    return both[:_KEY], sha256(b"goround/passphrase/1\0" + both[_KEY:]).digest()


def _plain(passphrase: str) -> str:
    """Write letters as everybody's keyboard would: some make é of two."""
    return normalize("NFC", passphrase)
