"""What a row of the file says, as an event. Bytes that are not the ones that were kept are damage,
and are never shown for what they were."""

from pathlib import Path
from typing import TypeAlias

from goround.errors import NotGenuine
from goround.ids import EventId
from goround.log.event import Content, Event, commitment, open_event
from goround.log.header import event_id
from goround.store.schema import damaged

EVENTS = "SELECT row, id, header, signature, salt, words FROM event LEFT JOIN content USING (row)"
NAMES = (
    "SELECT max(row), group_concat(id, '') FROM"
    " (SELECT row, id FROM event WHERE row > ? ORDER BY row LIMIT ?)"
)
WORDS = "SELECT row, id, header, salt, words FROM content JOIN event USING (row)"
UNPROVED = "SELECT row, id, words FROM content JOIN event USING (row)"
Row: TypeAlias = tuple[int, EventId, bytes, bytes, bytes | None, bytes]
Written: TypeAlias = tuple[int, EventId, bytes, bytes, bytes]


def event_of(row: Row, path: Path) -> Event:
    """Open the event that a row holds, or raise Damaged."""
    _row, name, raw, signature, salt, words = row
    content = None if salt is None else Content(salt, words)
    try:
        event = open_event(raw, signature, content)
    except NotGenuine as error:
        raise damaged(path, f"an event in it is not what was kept, {_begun(error)}") from error
    if event.id != name:
        raise damaged(path, f"event {name} has other bytes")
    return event


def words_of(row: Written, path: Path) -> bytes:
    """Give the words that belong to a row, or raise Damaged; the rest of the event is not read."""
    _row, name, raw, salt, words = row
    if event_id(raw) != name:
        raise damaged(path, f"event {name} has other bytes")
    commit = raw.rsplit(b",", 2)[1]  # of eleven fields the last but one, as it has one spelling
    if commit != b'"%b"' % commitment(salt, words).encode():
        raise damaged(path, f"the words of event {name} are not the ones that were written")
    return words


def _begun(error: NotGenuine) -> str:
    """Return a sentence as what follows in another one."""
    said = str(error).rstrip(".")
    return said[:1].lower() + said[1:]
