"""What somebody without a network lacks: a small file says what they hold, which is a message of
the sync session by itself (S12), and whoever has more writes a bundle of the rest. A bundle that
came from them says as much: they hold what is in it, and what that rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.errors import BadUse, Unreachable, why
from goround.files import replacing
from goround.log.vector import lacking, landmarks
from goround.sentences import _
from goround.sync import bundle_file
from goround.sync.messages import FORMAT, LARGEST_MESSAGE, Want, decode_message, encode_message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from goround.ids import DeviceId, EventId
    from goround.log.event import Event
    from goround.node.replica import Replica
    from goround.sync.bundle_file import Ask

MOST_BARE = 50_000
"""Events of which the words are asked for at a time."""


def write_want(path: Path, replica: Replica) -> None:
    """Write what is held here, and of which events the words are missing."""
    held = landmarks(replica.graph, replica.graph.heads())
    bare = replica.bare()[:MOST_BARE]
    message = encode_message(replica.collective, Want(held, bare))
    bundle_file.check_replaceable(path)
    try:
        with replacing(path) as file:
            file.write(message)
    except OSError as error:
        told = _("The file {path} could not be written: {why}.")
        raise Unreachable(told.format(path=path, why=why(error))) from error


def read_want(path: Path, replica: Replica, ask: Ask | None = None) -> Want:
    """Read what somebody holds: from such a file, or from a bundle that they wrote."""
    raw = _beginning(path)
    if raw.startswith(b'["' + FORMAT.encode() + b'"'):
        found = decode_message(replica.collective, raw)
        if isinstance(found, Want):
            return found
        raise BadUse(_("{file} does not say what somebody holds.").format(file=path))
    bundle = bundle_file.read(path, ask)
    if bundle.collective != replica.collective:
        raise BadUse(_("{file} is of another collective.").format(file=path))
    return Want(_vector(bundle.events), [])


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_MESSAGE + 1)
    except OSError as error:
        told = _("The file {path} could not be read: {why}.").format(path=path, why=why(error))
        raise Unreachable(told) from None


def _vector(events: Iterable[Event]) -> dict[DeviceId, list[object]]:
    found: dict[DeviceId, list[object]] = {}
    for event in events:
        found.setdefault(event.header.device, []).extend((event.header.seq, event.id))
    return found


def wanted(replica: Replica, want: Want) -> list[EventId]:
    """Name what somebody lacks of what is here, parents first, and what they miss words of."""
    lacked = lacking(replica.graph, want.landmarks)
    words = {name for name in want.bare if name in replica.graph}.difference(lacked)
    spoken = [event.id for event in replica.events(sorted(words)) if event.content is not None]
    return sorted([*lacked, *spoken], key=lambda name: (replica.graph[name].lamport, name))
