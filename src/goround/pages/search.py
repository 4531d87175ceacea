"""Finding proposals again in the register: what waits for the reader first, by words, by where they
stand and by what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goround.collective.decisions import tally
from goround.collective.proposals import carriers, terms
from goround.pages.effects import effects
from goround.pages.names import names_of
from goround.pages.register import register
from goround.pages.wording import one_line

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.pages.reading import Reading
    from goround.pages.rows import Row

GROUPS = ("waiting", "open", "decided", "over")
"""Where a proposal stands for one reader, the first first."""
LONGEST_SEARCH = 200


class Found(NamedTuple):
    """One proposal that was found, and the group that it stands in for the reader."""

    row: Row
    group: str


class Search(NamedTuple):
    """What somebody looks for: words, a group, a matter; each may be left open."""

    words: str = ""
    group: str = ""
    matter: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether nothing in particular is looked for."""
        return not (self.words or self.group or self.matter)


def search(reading: Reading, wanted: Search) -> list[Found]:
    """Return the proposals that fit, by group, the newest of each first."""
    known = register(reading)
    words = one_line(wanted.words, LONGEST_SEARCH).casefold().split()
    groups: dict[str, list[Found]] = {group: [] for group in GROUPS}
    for *_order, proposal in reversed(known.in_order):
        found = Found(known.rows[proposal], _group(reading, known.rows[proposal]))
        if _fits(reading, found, wanted, words):
            groups[found.group].append(found)
    return [found for group in GROUPS for found in groups[group]]


def _group(reading: Reading, row: Row) -> str:
    asked = row.asked or row.invitation
    if asked and reading.me in tally(reading.view, _version(reading, asked)).unheard:
        return "waiting"
    if row.is_live:
        return "open"
    return "decided" if row.status == "decided" else "over"


def _version(reading: Reading, version: EventId) -> Entry:
    return reading.view.record.entries[version]


def _fits(reading: Reading, found: Found, wanted: Search, words: list[str]) -> bool:
    if wanted.group and wanted.group != found.group:
        return False
    version = _version(reading, found.row.asked or found.row.version)
    if wanted.matter and wanted.matter != terms(version).matter:
        return False
    if not words:
        return True
    written = _written(reading, found.row.proposal, version).casefold()
    return all(word in written for word in words)


def _written(reading: Reading, proposal: EventId, version: Entry) -> str:
    """Return the words that a proposal is found by: its own, and who carries it."""
    own = [reading.word(version.id, field) for field in ("title", "text", "why")]
    done = [effect["sentence"] for effect in effects(reading, version)]
    names = names_of(reading, carriers(reading.view, proposal))
    return "\n".join([*own, *done, *names])
