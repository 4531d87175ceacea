"""Whether a file still holds what was written into it: looked at once, when it is opened after a
stop that was not in order. SQLite says whether its pages and its index fit together; the hashes say
whether each event and its words are the ones that were kept, and whether what it rests on is here.
Signatures are left to `goround verify`: an event with the right hash was signed when it came."""

import sqlite3
from pathlib import Path

import msgspec

from goround.ids import EventId
from goround.log.event import Content
from goround.log.header import Header, event_id
from goround.store.rows import EVENTS, Row
from goround.store.schema import damaged, said_plainly

_READ = msgspec.json.Decoder(Header).decode


def look_through(connection: sqlite3.Connection, path: Path) -> None:
    """Raise Damaged at the first thing that is not as it was."""
    with said_plainly(path):
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise damaged(path, "its pages do not fit together any more")
        here: set[EventId] = set()
        for row in connection.execute(f"{EVENTS} ORDER BY row"):
            wrong = _what_is_wrong(row, here)
            if wrong:
                raise damaged(path, wrong)
            here.add(row[1])


def _what_is_wrong(row: Row, here: set[EventId]) -> str:
    """Say what of an event is not as it was kept; nothing where all of it is."""
    _row, name, raw, _signature, salt, words = row
    if event_id(raw) != name:
        return f"event {name} has other bytes than it had"
    header = _READ(raw)
    if salt is not None and Content(salt, words).commitment() != header.commit:
        return f"the words of event {name} are not the ones that were written"
    if not here.issuperset(header.seen) or (header.prev and header.prev not in here):
        return f"something is missing that event {name} rests on"
    return ""
