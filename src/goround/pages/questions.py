"""Questions in the thread of a proposal that nobody who carries it has answered: they wait for
those who carry it, quietly, until one of them says something after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.proposals import Say
from goround.pages.addressing import apart, begun, one
from goround.pages.talk import spoken
from goround.pages.wording import one_line
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.ids import EventId
    from goround.pages.reading import Reading

MARKS = ("?", "？", "؟", "⸮")
"""What a question has at its end in the writings of people."""
LONGEST = 80


def open_question(reading: Reading, proposal: EventId, carrying: frozenset[PersonId]) -> str:
    """Return the oldest question that waits for those who carry a proposal, as a sentence."""
    view = reading.view
    said = spoken(view, proposal)
    answered = max((e.order for e in said if view.person(e) in carrying), default=None)
    for entry in said:
        is_new = answered is None or entry.order > answered
        if is_new and _is_on(entry, proposal) and _asks(reading, entry):
            text = apart(one_line(reading.word(entry.id, "text"), LONGEST))
            who = begun(one(reading, view.person(entry)))
            return _("{name} asks: “{text}”").format(name=who, text=text)
    return ""


def _is_on(entry: Entry, proposal: EventId) -> bool:
    """Tell whether something was said to everybody, and not under what somebody else said."""
    return isinstance(entry.fact, Say) and entry.fact.on == proposal


def _asks(reading: Reading, entry: Entry) -> bool:
    return any(mark in reading.word(entry.id, "text") for mark in MARKS)
