"""The decision register: every proposal in one place, what waits for the reader first, found again
by words, by where it stands and by what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goround.collective.decisions import tally
from goround.collective.keeping import is_open_invitation
from goround.collective.proposals import carriers, terms
from goround.collective.status import status
from goround.pages.effects import effects
from goround.pages.names import names_of
from goround.pages.proposals import open_version, proposals, shown_version
from goround.pages.wording import one_line

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]
GROUPS = ("waiting", "open", "decided", "over")
"""Where a proposal stands for one reader, the first first."""
LONGEST_SEARCH = 200


class Row(NamedTuple):
    """One proposal as it is found again."""

    proposal: EventId
    version: Entry
    status: str
    group: str
    matter: str


class Search(NamedTuple):
    """What somebody looks for: words, a group, a matter; each may be left open."""

    words: str = ""
    group: str = ""
    matter: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether nothing in particular is looked for."""
        return not (self.words or self.group or self.matter)


def register(reading: Reading, search: Search) -> list[Row]:
    """Return the proposals that fit, by group, the newest of each first."""
    rows = [_row(reading, proposal) for proposal in reversed(proposals(reading))]
    found = [row for row in rows if _fits(reading, row, search)]
    return sorted(found, key=lambda row: GROUPS.index(row.group))


def _row(reading: Reading, proposal: EventId) -> Row:
    view = reading.view
    asked = open_version(view, proposal)
    version, now = asked or shown_version(view, proposal), status(view, proposal)
    if now == "decided" and is_open_invitation(view, version):
        asked = version if reading.me in tally(view, version).unheard else asked
    group = _group(reading, asked, now)
    return Row(proposal, version, now, group, terms(version).matter)


def _group(reading: Reading, asked: Entry | None, now: str) -> str:
    if asked and reading.me in tally(reading.view, asked).unheard:
        return "waiting"
    if asked or now == "agreed":
        return "open"
    return "decided" if now == "decided" else "over"


def _fits(reading: Reading, row: Row, search: Search) -> bool:
    if search.group and search.group != row.group:
        return False
    if search.matter and search.matter != row.matter:
        return False
    wanted = one_line(search.words, LONGEST_SEARCH).casefold().split()
    if not wanted:
        return True
    written = _written(reading, row).casefold()
    return all(word in written for word in wanted)


def _written(reading: Reading, row: Row) -> str:
    """Return the words that a proposal is found by: its own, and who carries it."""
    own = [reading.word(row.version.id, field) for field in ("title", "text", "why")]
    done = [effect["sentence"] for effect in effects(reading, row.version)]
    names = names_of(reading, carriers(reading.view, row.proposal))
    return "\n".join([*own, *done, *names])
