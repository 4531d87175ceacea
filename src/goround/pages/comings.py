"""Who came and who went in the last few days: a newcomer is not to arrive in silence, nor is
anybody to be gone unnoticed. After that the list of members and the history tell it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from goround.collective.members import Accept, Leave
from goround.pages.addressing import apart
from goround.pages.happening import kind
from goround.pages.history import GROUPS
from goround.pages.names import name_of
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import PersonId
    from goround.collective.epoch import Epoch
    from goround.pages.reading import Reading

A_FEW_DAYS = 5 * 24 * 60 * 60 * 1000
"""Milliseconds for which it is said that somebody came or went."""
MOST = 3
VOICES = {*GROUPS["proposals"], *GROUPS["answers"], *GROUPS["tasks"]}
"""Kinds by which somebody has been heard."""


def comings(reading: Reading, now: int) -> list[str]:
    """Return in sentences who came and went of late, the last one first; `now` in ms."""
    steps = list(pairwise(reading.view.epoch.line()))
    fresh = [step for step in reversed(steps) if _is_fresh(reading, *step, now)]
    return [said for step in fresh if (said := _told(reading, *step))][:MOST]


def _is_fresh(reading: Reading, before: Epoch, epoch: Epoch, now: int) -> bool:
    """Tell whether a change was heard of lately: one may have said yes long before."""
    record = reading.view.record
    heard = [
        seal.at
        for seal in record.seals.get(before.id, ())
        if getattr(seal.fact, "change", "") == epoch.change
    ]
    at = max(heard, default=record.entries[epoch.change].at)
    return abs(now - at) < A_FEW_DAYS


def _told(reading: Reading, before: Epoch, epoch: Epoch) -> str:
    came = epoch.members.keys() - before.members.keys()
    gone = before.members.keys() - epoch.members.keys()
    if reading.me in came:
        waited = _("You are a member now: everybody waits for your voice.")
        return "" if _has_spoken(reading, reading.me) else waited
    fact = reading.view.record.entries[epoch.change].fact
    if isinstance(fact, Accept):
        sentence = _("Lately: {name} is here again.") if gone else _("Lately: {name} joined.")
        return _of(reading, sentence, came)
    if isinstance(fact, Leave):
        return _of(reading, _("Lately: {name} left."), gone)
    return _of(reading, _("Lately: we parted from {name}."), gone)


def _has_spoken(reading: Reading, person: PersonId | None) -> bool:
    """Tell whether somebody said anything yet beside that they come."""
    said = reading.view.record.by_person.get(person, ()) if person else ()
    return any(kind(entry.fact) in VOICES and entry.id in reading.view.past for entry in said)


def _of(reading: Reading, sentence: str, people: set[PersonId]) -> str:
    """Put the one whom a change was about into a sentence; nothing where it was the charter."""
    for person in people:
        return sentence.format(name=apart(name_of(reading, person)))
    return ""
