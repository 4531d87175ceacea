"""What people answer: one position per member on one version, with its words.

Of one person's positions the causally later counts; of concurrent ones the more cautious
(design 4.2). Inviting somebody includes agreeing to it, and a newcomer agrees to the open
invitations that they were shown, so those acts give a position too. What each position
means and asks is in process.md 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from goround.collective.devices import after_retirement, not_given
from goround.collective.entry import Fact
from goround.collective.members import staying
from goround.collective.proposals import find_version, proposal_of, versions
from goround.collective.reasons import Reason
from goround.collective.record import remembered_of
from goround.collective.references import EventRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import Given, View
    from goround.ids import EventId

Stance = Literal["agree", "reservations", "leave-it", "aside", "time", "block"]

CAUTION: tuple[Stance, ...] = ("block", "time", "aside", "reservations", "leave-it", "agree")
"""The more cautious first (C48)."""
BEHIND = frozenset({"agree", "reservations", "leave-it"})
"""Stances that let a proposal pass without more; standing aside does within the rule."""
SUPPORT = BEHIND | {"aside"}
"""Stances of somebody who stands behind a version, as far as the rule lets them (C50)."""
FOR = frozenset({"agree", "reservations"})
"""Stances of somebody who agrees: without any, nothing is decided (C50)."""
NEED_WORDS = frozenset({"block", "aside"})


# --- Facts -------------------------------------------------------------------


class Position(Fact, frozen=True, tag="position"):
    """Somebody took a position on a version."""

    about: ClassVar[str] = "version"
    version: EventRef
    stance: Stance


# --- State -------------------------------------------------------------------


def is_given(view: View, given: Given) -> bool:
    """Tell whether a word counts here: not from a forked or retired device (C48)."""
    return (
        view.counts(given.entry)
        and not not_given(view, given.entry)
        and not after_retirement(view, given.entry)
    )


@remembered_of
def answers(view: View, version: EventId) -> Mapping[PersonId, Given]:
    """Return the position of each member who gave one and has not signed their leaving (C33)."""
    here = staying(view)
    words: dict[PersonId, list[Given]] = {}
    for word in view.record.given.get(version, ()):
        if word.person in here and is_given(view, word):
            words.setdefault(word.person, []).append(word)
    return {who: _latest(view, said) for who, said in words.items()}


def answer_of(view: View, version: EventId, person: PersonId) -> Given | None:
    """Return the position of one person, member or not, if they gave one (C48)."""
    given = view.record.given.get(version, ())
    words = [word for word in given if word.person == person and is_given(view, word)]
    return _latest(view, words) if words else None


def _latest(view: View, words: list[Given]) -> Given:
    if len(words) == 1:
        return words[0]
    latest = {entry.id for entry in view.record.latest(given.entry for given in words)}
    return min(
        (given for given in words if given.entry.id in latest),
        key=lambda given: (CAUTION.index(given.stance), given.entry.order),
    )


# --- Rules -------------------------------------------------------------------


def why_not_position(view: View, entry: Entry, position: Position) -> Reason | None:
    """Tell why a position cannot be taken; `decisions` asks whether it is too late (C49)."""
    version = find_version(view, position.version)
    if version is None:
        return Reason.NOT_A_VERSION
    proposal = proposal_of(version)
    if position.stance in NEED_WORDS and not entry.words:
        return Reason.NEEDS_WORDS
    if position.stance == "time" and _asked_for_time(view, entry, proposal):
        return Reason.TIME_TAKEN
    return None


def _asked_for_time(view: View, entry: Entry, proposal: EventId) -> bool:
    person = view.record.persons[entry.id]
    said = (e for version in versions(view, proposal) for e in view.said(Position, version.id))
    return any(
        isinstance(e.fact, Position) and e.fact.stance == "time" and view.person(e) == person
        for e in said
    )
