"""An event is a header, its signature and, as long as nobody erased it, its content.

The header commits to the content through a salt, so that erasing both leaves nothing to guess from,
and what was signed stays exactly what it was. Rules F9, F11 and F13 to F14 of docs/format.md.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from goround.errors import NotGenuine
from goround.ids import CollectiveId, EventId, encode
from goround.log.header import (
    FORMAT,
    LARGEST_CONTENT,
    Header,
    decode_header,
    encode_header,
    event_id,
)
from goround.log.keys import SIGNATURE_LENGTH, fresh_salt, is_genuine

if TYPE_CHECKING:
    from goround.ids import DeviceId
    from goround.log.keys import DeviceKey

SALT_LENGTH = 32
_COMMITTED = b"goround/content/1\0"


class Place(NamedTuple):
    """Where in the graph an event goes: the header's fields 3 to 6."""

    seq: int
    prev: EventId
    seen: tuple[EventId, ...]
    lamport: int


FOUNDING = Place(0, EventId(""), (), 1)


def commitment(salt: bytes, words: bytes) -> str:
    """Hash what was written together with its salt (F9)."""
    return encode(sha256(_COMMITTED + salt + words).digest())


class Content(msgspec.Struct, frozen=True, gc=False):
    """What was written, as UTF-8, and the 32 random bytes that keep it from being guessed."""

    salt: bytes
    words: bytes

    def commitment(self) -> str:
        """Hash both, as the header does (F9)."""
        return commitment(self.salt, self.words)


class Event(msgspec.Struct, frozen=True, gc=False):
    """One thing that one device signed; `content` is None without any, or once erased."""

    id: EventId
    header: Header
    raw: bytes
    signature: bytes
    content: Content | None

    @property
    def collective(self) -> CollectiveId:
        """Name the collective; a founding event is its own."""
        return self.header.collective or CollectiveId(self.id)

    @property
    def is_bare(self) -> bool:
        """Tell whether there was content that is not here: erased, or not yet fetched."""
        return self.content is None and self.header.commit != ""


def open_event(raw: bytes, signature: bytes, content: Content | None = None) -> Event:
    """Read an event and check everything that needs neither other events nor its signature."""
    header = decode_header(raw)
    if len(signature) != SIGNATURE_LENGTH:
        raise NotGenuine("signature-length", "A signature is not 64 bytes long.")  # F11
    if content is not None:
        _check_content(header, content)
    return Event(event_id(raw), header, raw, signature, content)


def _check_content(header: Header, content: Content) -> None:
    if header.commit == "":
        raise NotGenuine("commitment", "Content came with a header that has none.")  # F9
    if len(content.salt) != SALT_LENGTH:
        raise NotGenuine("salt-length", "The salt is not 32 bytes long.")  # F9
    if len(content.words) != header.size or content.commitment() != header.commit:
        raise NotGenuine("commitment", "The content is not the one that was signed.")  # F9
    _check_words(content.words)


def _check_words(words: bytes) -> None:
    try:
        words.decode("utf-8")
    except UnicodeDecodeError:
        raise NotGenuine("content-utf8", "Content is not UTF-8.") from None  # F13


def sign_event(  # noqa: PLR0913 - the fields of a header are as many as they are
    key: DeviceKey,
    *,
    collective: CollectiveId,
    place: Place,
    at: int,
    act: dict[str, Any],
    words: bytes | None = None,
    salt: bytes | None = None,
) -> Event:
    """Make an event at a place that `Graph.next_place` gave; `at` is in ms since 1970."""
    content = None if words is None else Content(salt or fresh_salt(), words)
    unsigned = draft(key.public, collective=collective, place=place, at=at, act=act, words=content)
    signature = key.sign("event", unsigned.raw)
    return Event(unsigned.id, unsigned.header, unsigned.raw, signature, content)


def draft(  # noqa: PLR0913 - the same
    device: DeviceId,
    *,
    collective: CollectiveId,
    place: Place,
    at: int,
    act: dict[str, Any],
    words: Content | None = None,
) -> Event:
    """Make an event as it would be signed; whatever could not be opened again is refused here."""
    if words is not None and len(words.words) > LARGEST_CONTENT:
        raise NotGenuine("content-size", "Content is larger than 256 KiB.")
    header = Header(
        FORMAT,
        collective,
        device,
        *place,
        at,
        act,
        "" if words is None else words.commitment(),
        0 if words is None else len(words.words),
    )
    return open_event(encode_header(header), bytes(SIGNATURE_LENGTH), words)


def erased(event: Event) -> Event:
    """Drop the content and its salt; everything that rules are evaluated on stays (F14)."""
    return Event(event.id, event.header, event.raw, event.signature, None)


def check_signature(event: Event) -> None:
    """Raise NotGenuine unless the device in the header signed exactly these bytes (F11)."""
    if not is_genuine(event.header.device, "event", event.raw, event.signature):
        raise NotGenuine("signature", f"Event {event.id} is not signed by its device.")
