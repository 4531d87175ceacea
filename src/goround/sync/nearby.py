"""How nodes in one local network know each other without telling strangers what they hold: what a
node announces is a nonce and tags, one for each collective, that only who knows the collective's id
can make. What each shows before anything else is said is in proofs.py. Rules H27 and H28 of
docs/protocol.md."""

from __future__ import annotations

from hashlib import sha256
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

from goround.ids import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goround.ids import CollectiveId

SERVICE = "_goround._tcp.local."
NONCE = 32
TAG = 12
"""Bytes of a tag: 16 letters."""
IN_FOURS = 4
"""Tags are announced in multiples of this, so that their number tells little."""
MOST = 44
"""Collectives that a node announces."""

_TAG_LETTERS = 16
_IN_A_LINE = 15
"""Tags in one line of what is announced, which may have 255 bytes."""


class Announced(NamedTuple):
    """What a node announces of the collectives that it keeps."""

    nonce: bytes
    tags: frozenset[bytes]


def tag(collective: CollectiveId, nonce: bytes) -> bytes:
    """Return what stands for a collective, for whoever knows its id, beside this nonce."""
    return sha256(b"goround/nearby/1\0" + decode(collective) + nonce).digest()[:TAG]


def call(collective: CollectiveId, nonce: bytes, certificate: bytes) -> str:
    """Name a collective to the one node that has this certificate, if it knows the id too."""
    message = decode(collective) + nonce + sha256(certificate).digest()
    return encode(sha256(b"goround/call/1\0" + message).digest())


def announce(collectives: Iterable[CollectiveId], nonce: bytes, padding: bytes) -> dict[str, str]:
    """Write an announcement; `padding` is chance, from which tags of nothing are made (F44)."""
    tags = [tag(name, nonce) for name in sorted(collectives)[:MOST]]
    while not tags or len(tags) % IN_FOURS:
        tags.append(sha256(padding + bytes([len(tags)])).digest()[:TAG])
    letters = "".join(sorted(encode(one) for one in tags))
    size = _IN_A_LINE * _TAG_LETTERS
    lines = [letters[at : at + size] for at in range(0, len(letters), size)]
    return {"n": encode(nonce)} | {f"t{at}": line for at, line in enumerate(lines)}


def read(lines: Mapping[str, str]) -> Announced | None:
    """Read an announcement; None where it is none of ours."""
    try:
        nonce = decode(lines.get("n", ""), NONCE)
        letters = "".join(lines[name] for name in sorted(lines) if name.startswith("t"))
        size = range(0, min(len(letters), MOST * _TAG_LETTERS), _TAG_LETTERS)
        tags = frozenset(decode(letters[at : at + _TAG_LETTERS], TAG) for at in size)
    except ValueError:
        return None
    return Announced(nonce, tags)


def shared(announced: Announced, own: Iterable[CollectiveId]) -> set[CollectiveId]:
    """Return which of our collectives somebody announces."""
    return {name for name in own if tag(name, announced.nonce) in announced.tags}


def is_near(address: str, own: str) -> bool:
    """Tell whether an announced address may be called: one of a local network, and no other."""
    try:
        there, here = ip_address(address), ip_address(own)
    except ValueError:
        return False
    if there.is_loopback or here.is_loopback:
        return there.is_loopback and here.is_loopback
    is_somewhere = there.is_multicast or there.is_unspecified
    return (there.is_private or there.is_link_local) and not is_somewhere
