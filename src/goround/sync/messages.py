"""What two replicas say to each other, as bytes. A message is a line that says what it is, followed
by the lines of a bundle where events travel with it; the same messages go over every carrier. Rules
S1 to S6 of docs/protocol.md."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from goround.errors import NotGenuine
from goround.ids import CollectiveId, EventId, is_id
from goround.log.bundle import encode_line, read_bundle, write_bundle
from goround.log.event import Event
from goround.log.history import check_every
from goround.log.vector import Vector, check_vector

FORMAT = "goround/sync/1"
LARGEST_MESSAGE = 8 * 1024 * 1024
"""Bytes; a carrier reads no further."""
MOST_EVENTS = 2000
_AROUND_EVENTS = 3
"""Lines of a message that are no events: its first one, and those around a bundle."""
LARGEST_BATCH = 4 * 1024 * 1024
"""Bytes of events, not counting the one that reaches over it, which is at most 2 MiB."""

EQUAL = b""
"""The answer to a digest that is the same here: nothing more to say."""


class Digest(NamedTuple):
    """Asks: is this what you hold?"""

    digest: str


class Differs(NamedTuple):
    """Answers a digest: no."""


class Want(NamedTuple):
    """Asks for what somebody with these landmarks lacks, after the first `skip` of it.

    Where that is nothing, it asks for the words that are missing in `bare`.
    """

    landmarks: Vector
    bare: list[EventId]
    skip: int = 0


class Have(NamedTuple):
    """Answers a want: with one's own landmarks, and a batch of what the other lacks."""

    landmarks: Vector
    events: list[Event]


class Give(NamedTuple):
    """Hands over a batch of what the other lacks."""

    events: list[Event]


class Kept(NamedTuple):
    """Answers what was handed over: how many of it were new here."""

    fresh: int


Message = Digest | Differs | Want | Have | Give | Kept


class _Line(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The first line of a message (S1)."""

    format: str
    collective: str
    kind: str
    digest: str = ""
    landmarks: dict[str, list[str | int]] = {}
    bare: list[str] = []
    count: int = 0


_LINE = msgspec.json.Decoder(_Line)


def encode_message(collective: CollectiveId, message: Message) -> bytes:
    """Write a message."""
    match message:
        case Digest(digest):
            return _first(collective, "digest", digest)
        case Differs():
            return _first(collective, "differs")
        case Want(landmarks, bare, skip):
            return _first(collective, "want", "", landmarks, bare, skip)
        case Have(landmarks, events):
            return _first(collective, "have", "", landmarks) + _bundle(collective, events)
        case Give(events):
            return _first(collective, "give") + _bundle(collective, events)
        case Kept(fresh):
            return _first(collective, "kept", "", {}, [], fresh)


def decode_message(collective: CollectiveId, raw: bytes) -> Message:
    """Read a message, or raise NotGenuine with what is wrong; every signature in it is checked."""
    if len(raw) > LARGEST_MESSAGE:
        raise NotGenuine("message-size", "A message is larger than 8 MiB.")  # S2
    if raw.count(b"\n") > MOST_EVENTS + _AROUND_EVENTS:
        raise NotGenuine("message-size", "A message holds more than 2000 events.")  # S2
    first, *rest = _lines(raw)
    line = _read_first(first)
    if line.collective != collective:
        raise NotGenuine("foreign", "A message is about another collective.")  # S1
    if line.kind not in _WITH_EVENTS and rest:
        raise NotGenuine("message", "A message has more lines than its kind has.")
    return _message(line, collective, rest)


def _lines(raw: bytes) -> list[bytes]:
    """Part a message into its lines, each with its LF, which alone ends one."""
    *lines, rest = raw.split(b"\n")
    return [*(line + b"\n" for line in lines), *([rest] if rest or not lines else [])]


_WITH_EVENTS = ("have", "give")


def _message(line: _Line, collective: CollectiveId, rest: list[bytes]) -> Message:
    match line.kind:
        case "digest":
            return Digest(_digest(line))
        case "differs":
            return Differs()
        case "want":
            bare = [EventId(name) for name in line.bare]
            return Want(check_vector(line.landmarks), bare, _count(line))
        case "have":
            return Have(check_vector(line.landmarks), _events(collective, rest))
        case "give":
            return Give(_events(collective, rest))
        case "kept":
            return Kept(_count(line))
        case _:
            raise NotGenuine("message", "A message is of a kind that is not known here.")


def _first(collective: CollectiveId, *fields: object) -> bytes:
    return msgspec.json.encode([FORMAT, collective, *fields]) + b"\n"


def _read_first(line: bytes) -> _Line:
    try:
        read = _LINE.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotGenuine("message", "This is not a message between replicas.") from None
    if read.format != FORMAT or not line.endswith(b"\n"):
        raise NotGenuine("message", "This is not a message between replicas.")
    return read


def _digest(line: _Line) -> str:
    if not is_id(line.digest):
        raise NotGenuine("message", "A digest is not 32 bytes.")
    return line.digest


def _count(line: _Line) -> int:
    if line.count < 0:
        raise NotGenuine("message", "A message counts fewer than none.")
    return line.count


def _bundle(collective: CollectiveId, events: Iterable[Event]) -> bytes:
    return b"".join(write_bundle(collective, events))


def _events(collective: CollectiveId, lines: list[bytes]) -> list[Event]:
    bundle = read_bundle(lines)
    if bundle.collective != collective:
        raise NotGenuine("foreign", "A message holds events of another collective.")
    if len(bundle.events) > MOST_EVENTS:
        raise NotGenuine("message-size", "A message holds more than 2000 events.")  # S2
    check_every(bundle.events)
    return bundle.events


def batch(events: Iterable[Event]) -> list[Event]:
    """Take as many events from the beginning as one message may hold (S2)."""
    taken: list[Event] = []
    size = 0
    for event in events:
        taken.append(event)
        size += len(encode_line(event))
        if len(taken) == MOST_EVENTS or size >= LARGEST_BATCH:
            break
    return taken
