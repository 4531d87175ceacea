"""What a row of the file says, as an event. Bytes that are not the ones that were kept are damage,
and are never shown for what they were."""

from pathlib import Path
from typing import TypeAlias

from goround.errors import NotGenuine
from goround.ids import EventId
from goround.log.event import Content, Event, open_event
from goround.store.schema import damaged

EVENTS = "SELECT row, id, header, signature, salt, words FROM event LEFT JOIN content USING (row)"
Row: TypeAlias = tuple[int, EventId, bytes, bytes, bytes | None, bytes]


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


def _begun(error: NotGenuine) -> str:
    """Return a sentence as what follows in another one."""
    said = str(error).rstrip(".")
    return said[:1].lower() + said[1:]
