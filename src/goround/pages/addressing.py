"""How a sentence to one member names people: the reader is "you" and comes first, and each name
stands between marks that keep it from turning the words around it; a day has its moment beside it.
Pages make markup of the marks; nobody can write them into a name, because names are shown without
invisible signs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from goround.pages.names import name_of, names_of
from goround.sentences import _, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import PersonId
    from goround.pages.reading import Reading

BEGIN, END = "\u2068", "\u2069"
"""Unicode's own signs for words that run in a direction of their own."""
ANCHOR, BESIDE, CLOSE = "\ufff9", "\ufffa", "\ufffb"
"""Unicode's own signs for words and what stands beside them: a day, and a moment of it."""
THAT_DAY = re.compile(f"{ANCHOR}([^{BESIDE}]*){BESIDE}([^{CLOSE}]*){CLOSE}")


def apart(words: str) -> str:
    """Return words that somebody chose, kept apart from ours."""
    return f"{BEGIN}{words}{END}"


def plain(sentence: str) -> str:
    """Return a sentence without the marks."""
    return THAT_DAY.sub(r"\1", sentence).replace(BEGIN, "").replace(END, "")


def one(reading: Reading, person: PersonId | None) -> str:
    """Name somebody in the middle of a sentence."""
    return _("you") if person and person == reading.me else apart(name_of(reading, person))


def several(reading: Reading, people: Iterable[PersonId]) -> str:
    """Name people in the order in which they came, the reader first."""
    found = set(people)
    others = [apart(name) for name in names_of(reading, found - {reading.me})]
    return listed([_("you")] * (reading.me in found) + others)


def in_words(milliseconds: int) -> str:
    """Return the day of a time as people say it."""
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return _("a day that no calendar has")
    return f"{moment.day} {moment:%B %Y}"


def day_of(moment: str) -> str:
    """Return the day of a time as JSON has it, as people say it."""
    return in_words(int(datetime.fromisoformat(moment).timestamp() * 1000))


def that_day(moment: str) -> str:
    """Return the day on which something happened; a page makes it that of whoever reads it."""
    return f"{ANCHOR}{day_of(moment)}{BESIDE}{moment}{CLOSE}"


def many(number: int) -> str:
    """Return how many people are meant, in words as far as groups of this kind go."""
    words = (
        *(_("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven")),
        *(_("eight"), _("nine"), _("ten"), _("eleven"), _("twelve")),
    )
    return words[number] if number < len(words) else str(number)


def begun(sentence: str) -> str:
    """Return a sentence that begins with a capital letter, whatever it begins with."""
    return sentence[:1].upper() + sentence[1:]
