"""Two devices that spoke for one member in one round: as much a fork as a device with two
histories, and proved like one. The proof holds both seals and what made each of the two a device of
that member, up to where both come from; it needs nothing else to be checked. Rule F42 of
docs/format.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from goround.collective.devices import introduced_by
from goround.errors import NotGenuine
from goround.ids import DeviceId, decode, encode
from goround.log.event import check_signature, open_event
from goround.log.keys import SIGNATURE_LENGTH
from goround.log.proofs import proves_device

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.ids import CollectiveId, EventId
    from goround.log.event import Event
    from goround.pages.genuine import Fetch
    from goround.pages.reading import Reading

TAG = "goround/twice/1"
SEALS, MOST = 2, 64
"""Events in a proof: two seals, and one for each device between them and the first."""


class Twice(NamedTuple):
    """What such a proof shows: who, by their first device, and which two devices spoke."""

    collective: CollectiveId
    first: DeviceId
    devices: tuple[DeviceId, DeviceId]


def prove_twice(reading: Reading, fetch: Fetch, one: Entry, other: Entry) -> str | None:
    """Write a proof; None where the two are of different rounds, or the copy here is spoilt."""
    adds = dict.fromkeys([*_adds(reading, one.device), *_adds(reading, other.device)])
    names = [*sorted((one.id, other.id)), *adds]
    found = {event.id: event for event in fetch(names)}
    try:
        rows = [_row(found[name]) for name in names]
        proof = msgspec.json.encode([TAG, *rows])
        read_twice(proof)
    except (KeyError, NotGenuine):
        return None
    return proof.decode()


def _adds(reading: Reading, device: DeviceId) -> list[EventId]:
    """Return what let a device in, what let that one in, and so on up to the first."""
    view = reading.view
    found: list[EventId] = []
    added = introduced_by(view.record, device, view.past)
    while added and added.id not in found:
        found.append(added.id)
        added = introduced_by(view.record, added.device, view.past)
    return found


def _row(event: Event) -> list[str]:
    return [event.raw.decode("ascii"), encode(event.signature)]


def read_twice(proof: bytes) -> Twice:
    """Read a proof and check it, each signature included; raises NotGenuine."""
    one, other, *adds = _events(proof)
    devices = (one.header.device, other.header.device)
    first, second = (_sealed(event.header.act) for event in (one, other))
    if first != second or devices[0] == devices[1]:
        raise _no_proof()
    let_in = dict(_let_in(event) for event in adds)
    roots = {_root(device, let_in) for device in devices}
    if len(roots) != 1:
        raise _no_proof()
    return Twice(one.collective, roots.pop(), devices)


def _events(proof: bytes) -> list[Event]:
    try:
        tag, *rows = msgspec.json.decode(proof, type=list[str | tuple[str, str]])
        if tag != TAG or not SEALS <= len(rows) <= MOST:
            raise _no_proof()
        events = [_opened(row) for row in rows]
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise _no_proof() from None
    if len({event.collective for event in events}) != 1:
        raise _no_proof()
    for event in events:
        check_signature(event)
    return events


def _sealed(act: dict[str, Any]) -> tuple[str, int]:
    """Return in which epoch and round an act seals."""
    match act:
        case {"type": "seal", "epoch": str(epoch), "round": int(number), "change": str()}:
            return epoch, number
        case _:
            raise _no_proof()


def _opened(row: str | tuple[str, str]) -> Event:
    if isinstance(row, str):
        raise _no_proof()
    return open_event(row[0].encode("utf-8"), decode(row[1], SIGNATURE_LENGTH))


def _let_in(event: Event) -> tuple[DeviceId, DeviceId]:
    """Return a device and the one that let it in, where the new key agreed to that."""
    act, adding = event.header.act, event.header.device
    new, agreed = DeviceId(str(act.get("device"))), str(act.get("proof"))
    is_add = act.get("type") == "device_add"
    if not is_add or not proves_device(new, event.collective, adding, agreed):
        raise _no_proof()
    return new, adding


def _root(device: DeviceId, let_in: dict[DeviceId, DeviceId]) -> DeviceId:
    for _step in range(MOST):
        if device not in let_in:
            return device
        device = let_in[device]
    raise _no_proof()


def _no_proof() -> NotGenuine:
    return NotGenuine("twice-proof", "This is not the proof that two devices spoke for one member.")
