"""What a member's own feed reader is told: what waits for them, and what was decided lately. Each
entry has a name that stays as long as it is about the same, so that a reader shows it once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from goround.collective.proposals import current
from goround.ids import EventId, is_id
from goround.pages.addressing import plain
from goround.pages.names import collective_name
from goround.pages.reading import iso
from goround.pages.round import lately, waits
from goround.pages.waits import GOOD_TO_KNOW
from goround.sentences import _

if TYPE_CHECKING:
    from goround.pages.reading import Reading
    from goround.pages.waits import Wait

MOST = 50


class Entry(NamedTuple):
    """One thing that a feed tells; `path` is where it stands, `at` the time that it claims (ms)."""

    name: str
    title: str
    text: str
    path: str
    at: int


def feed_title(reading: Reading) -> str:
    """Return what the feed is called among others."""
    return _("{collective}: what waits for you").format(collective=collective_name(reading))


def entries(reading: Reading, now: int) -> list[Entry]:
    """Return what a feed tells, what waits first; `now` is the reader's time (ms)."""
    waiting = [wait for wait in waits(reading, now, MOST) if wait.urgency != GOOD_TO_KNOW]
    told = [_of_wait(reading, wait, now) for wait in waiting]
    return (told + [_of_decision(row, now) for row in lately(reading)])[:MOST]


def _of_wait(reading: Reading, wait: Wait, now: int) -> Entry:
    subject = _subject(reading, wait.path)
    at = reading.replay.record.entries[subject].at if subject else _began(reading)
    name = f"{wait.kind}:{subject or wait.path}"
    return Entry(name, plain(wait.what), plain(wait.why), wait.path, min(at, now))


def _subject(reading: Reading, path: str) -> EventId | None:
    """Return what an address is about: of a proposal the version that is asked about."""
    last = EventId(path.rpartition("/")[2])
    if not is_id(last) or last not in reading.replay.graph:
        return None
    version = current(reading.view, last) if path.startswith("/proposals/") else None
    return version.id if version else last


def _began(reading: Reading) -> int:
    """Return when the group became as it is; for what has no time of its own."""
    change = reading.view.epoch.change
    entries = reading.replay.record.entries
    return entries[change].at if change in entries else 0


def _of_decision(row: dict[str, object], now: int) -> Entry:
    title = _("Decided: {title}").format(title=plain(str(row["title"])))
    at = int(datetime.fromisoformat(str(row["at"])).timestamp() * 1000) if row["at"] else 0
    return Entry(f"decided:{row['id']}", title, "", f"/proposals/{row['id']}", min(at, now))


def said_at(at: int) -> str:
    """Return a time as feeds have it."""
    return iso(at) or "1970-01-01T00:00:00Z"
