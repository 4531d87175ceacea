"""The header is the part of an event that is hashed, signed and kept for ever.

It has exactly one spelling: whatever does not encode back to the bytes that arrived is refused, so
no two programs can read different things from it. Rules F1 to F9 of docs/format.md.
"""

import re
from functools import lru_cache
from hashlib import sha256
from typing import Any, NoReturn

import msgspec

from goround.errors import NotGenuine
from goround.ids import CollectiveId, DeviceId, EventId, are_ids, encode, is_id

FORMAT = "goround/1"
LARGEST_INTEGER = 2**53 - 1
LARGEST_HEADER = 8 * 1024
LARGEST_CONTENT = 256 * 1024
MOST_SEEN = 64
DEEPEST = 8

_KEY = re.compile(r"[a-z][a-z_]*")
_PRINTABLE = bytes(range(0x20, 0x7F))
_HASHED = b"goround/event/1\0"


class Header(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """Eleven fields, in this order (F2)."""

    format: str
    collective: CollectiveId
    device: DeviceId
    seq: int
    prev: EventId
    seen: tuple[EventId, ...]
    lamport: int
    at: int
    act: dict[str, Any]
    commit: str
    size: int


def event_id(raw: bytes) -> EventId:
    """Hash the header's bytes as they arrived (F5)."""
    return EventId(encode(sha256(_HASHED + raw).digest()))


def encode_header(header: Header) -> bytes:
    """Write a header in its one spelling; nothing is checked."""
    return msgspec.json.encode(header)


def decode_header(raw: bytes) -> Header:
    """Read a header, or raise NotGenuine with the first rule of syntax that it breaks."""
    if len(raw) > LARGEST_HEADER:
        raise NotGenuine("header-size", "A header is larger than 8 KiB.")  # F1
    if not _is_printable(raw):
        raise NotGenuine("not-ascii", "A header has bytes beside printable ASCII.")  # F1
    header = _read(raw)
    if b"\\" in raw or not _is_plain(header.act):
        _check_act(header.act)
    _check_fields(header)
    if encode_header(header) != raw:  # F3
        raise NotGenuine("not-canonical", "A header is not written in its one spelling.")
    return header


def _is_printable(raw: bytes) -> bool:
    return not raw.translate(None, _PRINTABLE)


def _read(raw: bytes) -> Header:
    try:
        return _decode(raw)
    except RecursionError:
        raise _too_deep() from None
    except msgspec.DecodeError:
        raise NotGenuine("not-json", "A header is not JSON.") from None


def _decode(raw: bytes) -> Header:
    try:
        return _HEADER.decode(raw)
    except msgspec.ValidationError:
        _ANYTHING.decode(raw)  # a number without a spelling (F3) comes before a wrong type (F2)
        raise NotGenuine(
            "shape", "A header is not a list of eleven fields of the right types."
        ) from None


def _no_floats(spelled: str) -> NoReturn:
    raise NotGenuine("not-canonical", f"The number {spelled[:20]} is not a whole one.")  # F3


def _is_plain(act: dict[str, Any]) -> bool:
    """Tell, for nearly all acts, that nothing in it needs a closer look.

    A string without an escape is made of the header's own bytes, which are printable.
    """
    for value in act.values():
        if type(value) is not str and (type(value) is not int or not 0 <= value <= LARGEST_INTEGER):
            return False
    return next(iter(act), None) == "type" and type(act["type"]) is str and _are_keys(tuple(act))


@lru_cache(maxsize=256)
def _are_keys(names: tuple[str, ...]) -> bool:
    return all(map(_KEY.fullmatch, names))


def _check_act(act: dict[str, Any]) -> None:
    if next(iter(act), None) != "type" or type(act["type"]) is not str:  # F4
        raise NotGenuine("act", 'An act does not begin with its "type".')
    _check_object(act, 1)


def _check_object(value: dict[str, Any], depth: int) -> None:
    for key, inner in value.items():
        if not _KEY.fullmatch(key):  # F4: any other key might be reordered by JavaScript
            raise NotGenuine("key", "A key is not made of small letters and underscores.")
        _check_value(inner, depth)


def _check_value(value: object, depth: int) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int):
        _check_integer(value)  # true and false are 1 and 0 to Python, and in range
    elif value is None:
        raise NotGenuine("null", "An act holds a null.")  # F4
    elif depth == DEEPEST:
        raise _too_deep()
    elif isinstance(value, dict):
        _check_object(value, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check_value(inner, depth + 1)


def _check_text(text: str) -> None:
    if not (text.isascii() and text.isprintable()):
        raise NotGenuine("string", "An act holds a string that is not printable ASCII.")  # F4


def _check_integer(number: int) -> None:
    if not 0 <= number <= LARGEST_INTEGER:
        raise NotGenuine("not-canonical", "A number is below 0 or above 2^53-1.")  # F3


def _too_deep() -> NotGenuine:
    return NotGenuine("depth", f"An act is nested deeper than {DEEPEST} levels.")  # F4


def _check_fields(header: Header) -> None:
    if header.format != FORMAT:
        raise NotGenuine("format", 'A header does not begin with "goround/1".')  # F2
    for number in (header.seq, header.lamport, header.at, header.size):
        if not 0 <= number <= LARGEST_INTEGER:
            _check_integer(number)
    _check_ids(header)
    _check_place(header)
    if header.size > LARGEST_CONTENT:
        raise NotGenuine("content-size", "Content is larger than 256 KiB.")  # F9
    if (header.commit == "") != (header.size == 0):
        raise NotGenuine("commit", "Content has a commitment, or a size, but not both.")  # F9


def _check_ids(header: Header) -> None:
    given = [header.device, *header.seen]
    given += [text for text in (header.collective, header.prev, header.commit) if text]
    if not are_ids(given):  # F6
        raise NotGenuine(_misspelled(header), "An id is not 32 bytes in their one spelling.")


def _misspelled(header: Header) -> str:
    for name in ("device", "collective", "prev", "commit"):
        text = getattr(header, name)
        if not is_id(text) and (text or name == "device"):
            return name
    return "seen"


def _check_place(header: Header) -> None:
    if (header.seq == 0) != (header.prev == ""):
        raise NotGenuine("prev", "The first event of a chain follows nothing, each other one does.")
    _check_seen(header.seen)
    if header.collective == "":
        _check_founding(header)
    elif not (header.prev or header.seen):
        raise NotGenuine("rootless", "An event that founds nothing rests on no other.")  # F7
    elif header.lamport < 2:  # noqa: PLR2004 - one more than the founding event's
        raise NotGenuine("lamport", "Only a founding event can be the first.")  # F8


def _check_seen(seen: tuple[EventId, ...]) -> None:
    if len(seen) > MOST_SEEN:
        raise NotGenuine("seen", "More than 64 events are named as seen.")  # F7
    if len(seen) > 1 and list(seen) != sorted(set(seen)):
        raise NotGenuine("seen", "The events named as seen are not sorted and distinct.")  # F7


def _check_founding(header: Header) -> None:
    if header.seq or header.seen:
        raise NotGenuine("collective", "Only a founding event names no collective.")  # F7
    if header.lamport != 1:
        raise NotGenuine("lamport", "The lamport of a founding event is 1.")  # F8


_HEADER = msgspec.json.Decoder(Header, float_hook=_no_floats)
_ANYTHING = msgspec.json.Decoder(float_hook=_no_floats)
