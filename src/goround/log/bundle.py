"""Events as lines of text: the form in which they travel, by file and by wire.

A bundle is read as a whole or not at all: its last line counts the events and hashes everything
before it, so a file that was cut short or damaged gives nothing. Rules F33 to F36 of
docs/format.md.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from goround.errors import NotGenuine
from goround.ids import CollectiveId, decode, encode, is_id
from goround.log.event import Content, open_event
from goround.log.history import check_history
from goround.log.keys import SIGNATURE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goround.log.event import Event

FORMAT = "goround/bundle/1"
LARGEST_LINE = 2 * 1024 * 1024


class Bundle(NamedTuple):
    """What a bundle holds: events of one collective, each after those of its parents it holds."""

    collective: CollectiveId
    events: list[Event]


_FIRST = msgspec.json.Decoder(tuple[str, str])
_EVENT = msgspec.json.Decoder(tuple[str, str, str, str])
_LAST = msgspec.json.Decoder(tuple[int, str])


def write_bundle(collective: CollectiveId, events: Iterable[Event]) -> Iterator[bytes]:
    """Write lines, each ended by one LF; events are expected parents first (F33)."""
    hashed, count = sha256(), -1
    for line in _body(collective, events):
        hashed.update(line)
        count += 1
        yield line
    yield msgspec.json.encode([count, encode(hashed.digest())]) + b"\n"


def _body(collective: CollectiveId, events: Iterable[Event]) -> Iterator[bytes]:
    yield msgspec.json.encode([FORMAT, collective]) + b"\n"
    for event in events:
        yield encode_line(event)


def encode_line(event: Event) -> bytes:
    """Write one event as a line: header, signature, salt and content as four strings (F34)."""
    content = event.content
    salt, words = ("", "") if content is None else (encode(content.salt), content.words.decode())
    row = (event.raw.decode("ascii"), encode(event.signature), salt, words)
    return msgspec.json.encode(row) + b"\n"


def decode_line(line: bytes) -> Event:
    """Read one event from its line, with or without LF; its signature is not looked at (F34)."""
    if len(line) > LARGEST_LINE:
        raise NotGenuine("line-size", "A line is longer than 2 MiB.")
    try:
        raw, signature, salt, words = _EVENT.decode(line)
        signed, salted = decode(signature, SIGNATURE_LENGTH), decode(salt) if salt else b""
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise NotGenuine("line", "A line is not an event as a list of four strings.") from None
    content = Content(salted, words.encode()) if salt or words else None
    return open_event(raw.encode(), signed, content)


def read_bundle(lines: Iterable[bytes]) -> Bundle:
    """Read all lines of a bundle, or raise NotGenuine: nothing of a damaged one is used (F35)."""
    whole = _whole(lines)
    first, line = next(whole, b""), next(whole, b"")
    if not line:
        raise _cut()
    collective, hashed = _read_first(first), sha256(first)
    events = _Events()
    for following in whole:
        hashed.update(line)
        events.add(line)
        line = following
    _check_last(line, events.count, hashed.digest())
    _check_together(collective, events.all())
    return Bundle(collective, events.all())


def _whole(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        if len(line) > LARGEST_LINE:
            raise NotGenuine("line-size", "A line is longer than 2 MiB.")
        if not line.endswith(b"\n"):
            raise _cut()
        yield line


def _cut() -> NotGenuine:
    return NotGenuine("bundle-cut", "A bundle has been cut short.")


class _Events:
    """What was read so far; that a bundle is damaged is told before what is wrong in it."""

    def __init__(self) -> None:
        self.count = 0
        self._events: list[Event] = []
        self._wrong: NotGenuine | None = None

    def add(self, line: bytes) -> None:
        self.count += 1
        if self._wrong is None:
            try:
                self._events.append(decode_line(line))
            except NotGenuine as wrong:
                self._wrong = wrong

    def all(self) -> list[Event]:
        if self._wrong is not None:
            raise self._wrong
        return self._events


def _read_first(line: bytes) -> CollectiveId:
    try:
        format_, collective = _FIRST.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotGenuine("bundle", "This is not a bundle.") from None
    if format_ != FORMAT or not is_id(collective):
        raise NotGenuine("bundle", "This is not a bundle.")
    return CollectiveId(collective)


def _check_last(line: bytes, count: int, digest: bytes) -> None:
    try:
        told, hashed = _LAST.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _cut() from None
    if told != count or hashed != encode(digest):
        raise NotGenuine("bundle-damaged", "A bundle has been damaged on its way.")


def _check_together(collective: CollectiveId, events: list[Event]) -> None:
    position = {event.id: index for index, event in enumerate(events)}
    if len(position) != len(events):
        raise NotGenuine("bundle-order", "A bundle holds an event twice.")
    for index, event in enumerate(events):
        if event.collective != collective:
            raise NotGenuine("foreign", "A bundle holds an event of another collective.")
        parents = (event.header.prev, *event.header.seen)
        if any(position.get(parent, -1) > index for parent in parents):
            raise NotGenuine("bundle-order", "A bundle holds an event before one that it follows.")
    check_history(events)
