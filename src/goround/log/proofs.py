"""What somebody outside a log can check: that a key agreed, and that a device signed two histories.

Each kind of signature has a tag of its own, so that none can stand in for another. What is signed
names the collective, so that none can be carried over to another. Rules F28 to F32, F37
and F43 of docs/format.md.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from goround.errors import NotGenuine
from goround.ids import EpochId, decode, encode
from goround.log.event import check_signature, open_event
from goround.log.keys import SIGNATURE_LENGTH, DeviceKey, is_genuine

if TYPE_CHECKING:
    from goround.ids import CollectiveId, DeviceId
    from goround.log.event import Event

NONCE_LENGTH = 32
_FORK = "goround/fork/1"


def prove_invitation(invitation: DeviceKey, collective: CollectiveId, device: DeviceId) -> str:
    """Let an invitation's key say that this device may come in on it: `proof` of `accept` (F28)."""
    return encode(invitation.sign("invitation", decode(collective) + decode(device)))


def proves_invitation(
    key: DeviceId, collective: CollectiveId, device: DeviceId, proof: str
) -> bool:
    return _holds(key, "invitation", _both(collective, device), proof)


def prove_device(new: DeviceKey, collective: CollectiveId, adding: DeviceId) -> str:
    """Let a new key agree to be added by this device: `proof` of `device_add` (F29)."""
    return encode(new.sign("device", decode(collective) + decode(adding)))


def proves_device(new: DeviceId, collective: CollectiveId, adding: DeviceId, proof: str) -> bool:
    return _holds(new, "device", _both(collective, adding), proof)


def prove_session(key: DeviceKey, collective: CollectiveId, nonce: bytes, origin: str) -> str:
    """Answer a node's nonce as a device, for the node's own origin and no other (F30)."""
    return encode(key.sign("session", _answer(collective, nonce, origin)))


def proves_session(
    device: DeviceId, collective: CollectiveId, nonce: bytes, origin: str, proof: str
) -> bool:
    return _holds(device, "session", _answer(collective, nonce, origin), proof)


def prove_card(invitation: DeviceKey, collective: CollectiveId, nonce: bytes, origin: str) -> str:
    """Answer a node's nonce as whoever holds an invitation, to read the card (F31)."""
    return encode(invitation.sign("card", _answer(collective, nonce, origin)))


def proves_card(
    key: DeviceId, collective: CollectiveId, nonce: bytes, origin: str, proof: str
) -> bool:
    return _holds(key, "card", _answer(collective, nonce, origin), proof)


def prove_certificate(
    key: DeviceKey, collective: CollectiveId, nonce: bytes, origin: str, certificate: bytes
) -> str:
    """Say as a device that this certificate is shown by its own node, at this origin (F43)."""
    return encode(key.sign("certificate", _shown(collective, nonce, origin, certificate)))


def proves_certificate(
    device: DeviceId,
    collective: CollectiveId,
    nonce: bytes,
    shown: tuple[str, bytes],
    proof: str,
) -> bool:
    """Tell whether a device stands behind an origin and the certificate that is shown there."""
    return _holds(device, "certificate", _shown(collective, nonce, *shown), proof)


def _shown(collective: CollectiveId, nonce: bytes, origin: str, certificate: bytes) -> bytes:
    fingerprint = sha256(certificate).digest()
    return decode(collective) + nonce + fingerprint + origin.encode("utf-8")


def _both(collective: CollectiveId, device: DeviceId) -> bytes | None:
    try:
        return decode(collective) + decode(device)
    except ValueError:
        return None


def _answer(collective: CollectiveId, nonce: bytes, origin: str) -> bytes:
    if len(nonce) != NONCE_LENGTH:
        raise ValueError("A nonce is 32 bytes long.")
    return decode(collective) + nonce + origin.encode("utf-8")


def _holds(key: DeviceId, tag: str, message: bytes | None, proof: str) -> bool:
    if message is None:
        return False
    try:
        signature = decode(proof, SIGNATURE_LENGTH)
    except ValueError:
        return False
    return is_genuine(key, tag, message, signature)


def write_secret(invitation: DeviceKey, epoch: EpochId) -> str:
    """Write what stands behind the # of an invitation link (F37)."""
    return encode(invitation.seed + decode(epoch))


def read_secret(secret: str) -> tuple[DeviceKey, EpochId]:
    """Read what stands behind the # of an invitation link; ValueError if it is damaged (F37)."""
    raw = decode(secret, 64)
    return DeviceKey.from_seed(raw[:32]), EpochId(encode(raw[32:]))


def prove_fork(first: Event, second: Event) -> bytes:
    """Write two events of one device with the same seq as a proof that anyone can check (F32)."""
    _check_fork(first, second)
    sides = sorted((first, second), key=lambda event: event.id)
    rows = [[side.raw.decode("ascii"), encode(side.signature)] for side in sides]
    return msgspec.json.encode([_FORK, *rows])


def read_fork(proof: bytes) -> tuple[Event, Event]:
    """Read a fork's proof and check it, signatures included; raises NotGenuine."""
    try:
        tag, first, second = msgspec.json.decode(proof, type=tuple[str, _Side, _Side])
        sides = (_open_side(first), _open_side(second))
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise NotGenuine("fork-proof", "This is not the proof of a fork.") from None
    if tag != _FORK:
        raise NotGenuine("fork-proof", "This is not the proof of a fork.")
    _check_fork(*sides)
    return sides


_Side = tuple[str, str]


def _open_side(side: tuple[str, str]) -> Event:
    raw, signature = side
    return open_event(raw.encode("utf-8"), decode(signature, SIGNATURE_LENGTH))


def _check_fork(first: Event, second: Event) -> None:
    ours, theirs = first.header, second.header
    if (ours.device, ours.seq, first.collective) != (theirs.device, theirs.seq, second.collective):
        raise NotGenuine("fork-proof", "These two events have different places.")
    if first.id == second.id:
        raise NotGenuine("fork-proof", "These two events are one and the same.")
    check_signature(first)
    check_signature(second)
