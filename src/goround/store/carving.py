"""What can still be read of a damaged file. Records are looked for wherever they lie, whatever has
become of the tree and the index that led to them: they begin in a way that hardly anything else
does, and hashes and signatures tell what is genuine. So nothing has to be guessed, and what was
moved, or lies in the journal alone, is found as well."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from goround.errors import NotGenuine
from goround.ids import EventId
from goround.log.event import SALT_LENGTH, Content, Event, check_signature, open_event
from goround.log.keys import SIGNATURE_LENGTH
from goround.store.pages import Page, Pages
from goround.store.schema import connect

_VARINT = rb"([\x80-\xff]{0,2}[\x00-\x7f])"
_EVENT = re.compile(rb"[\x06-\x08]\x00\x63" + _VARINT + rb"\x81\x0c", re.DOTALL)
"""How the record of an event begins: its row is no column, an id, a header, a signature."""
_WORDS = re.compile(rb"[\x04-\x06]\x00\x4c" + _VARINT, re.DOTALL)
"""The same of words: their row is no column, a salt, the words."""
_ID_LENGTH = 43
_BLOB = 12
"""What is added to twice the length of bytes, where a record says how long they are."""


class Carved(NamedTuple):
    """Genuine events, without their words; words by what commits to them; what was erased.

    Of the unsure ones it cannot be told whether they were ever kept: they lie in the journal, after
    the place where it breaks off.
    """

    sure: dict[EventId, Event]
    unsure: dict[EventId, Event]
    words: dict[str, Content]
    erased: set[EventId]


def carve(path: Path) -> Carved:
    """Read what there is in a file and its journal, without changing either; raises OSError."""
    pages = Pages(path)
    carved = Carved({}, {}, {}, _erased(path))
    for page in pages.every():
        for event in _events(pages, page):
            (carved.sure if page.is_kept else carved.unsure).setdefault(event.id, event)
    for name in carved.unsure.keys() & carved.sure.keys():
        del carved.unsure[name]
    events = [*carved.sure.values(), *carved.unsure.values()]
    headers = [event.header for event in events]
    commits = {header.commit for header in headers if header.commit}
    sizes = {header.size for header in headers if header.commit}
    for page in pages.every():
        for content in _contents(pages, page, sizes):
            commit = content.commitment()
            if commit in commits:
                carved.words.setdefault(commit, content)
    return carved


def _erased(path: Path) -> set[EventId]:
    """Return whose words were erased here, where SQLite can still read that; mostly acts say so."""
    try:
        with closing(connect(path, wait=1.0, mode="ro&immutable=1")) as connection:
            return {EventId(name) for (name,) in connection.execute("SELECT id FROM erased")}
    except (sqlite3.Error, UnicodeDecodeError):  # what it says of damage can hold any bytes
        return set()


def _events(pages: Pages, page: Page) -> Iterator[Event]:
    for start, head, size in _beginnings(_EVENT, page):
        for record in pages.records(page, start, head + _ID_LENGTH + size + SIGNATURE_LENGTH):
            event = _event(record[head:])
            if event:
                yield event
                break


def _event(fields: bytes) -> Event | None:
    """Return the event that the fields of a record hold, where that is genuine."""
    name, rest = fields[:_ID_LENGTH], fields[_ID_LENGTH:]
    try:
        event = open_event(rest[:-SIGNATURE_LENGTH], rest[-SIGNATURE_LENGTH:], None)
        if event.id.encode() != name:
            return None
        check_signature(event)
    except NotGenuine:
        return None
    return event


def _contents(pages: Pages, page: Page, sizes: set[int]) -> Iterator[Content]:
    for start, head, size in _beginnings(_WORDS, page):
        if size in sizes:
            for record in pages.records(page, start, head + SALT_LENGTH + size):
                yield Content(record[head : head + SALT_LENGTH], record[head + SALT_LENGTH :])


def _beginnings(how: re.Pattern[bytes], page: Page) -> Iterator[tuple[int, int, int]]:
    """Yield where a record begins, how long its head is, and the bytes of which it says how many.

    What begins inside another is tried as well.
    """
    at = 0
    while found := how.search(page.raw, at):
        at = found.start() + 1
        head, size = found.end() - found.start(), (_number(found[1]) - _BLOB) // 2
        if page.raw[found.start()] == head and size > 0:
            yield found.start(), head, size


def _number(varint: bytes) -> int:
    """Read a number as SQLite writes it: seven bits in each byte."""
    number = 0
    for byte in varint:
        number = number << 7 | byte & 0x7F
    return number
