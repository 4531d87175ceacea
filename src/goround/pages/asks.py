"""What a proposal asks of its reader: to be heard, to understand a block, to witness a date or a
hearing, to look again. Nothing is asked that they may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from goround.collective.concerns import concerns, is_settled, open_concerns
from goround.collective.decisions import decided, tally
from goround.collective.keeping import is_open_invitation
from goround.collective.proposals import (
    Say,
    Suggest,
    carriers,
    proposal_of,
    versions,
)
from goround.collective.reopening import reviews
from goround.collective.repair import repairs
from goround.pages.addressing import one
from goround.pages.aftermath import is_due
from goround.pages.possible import LIVE, can_confirm, may
from goround.pages.questions import open_question
from goround.pages.seats import concerned, covers, own_answer
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View
    from goround.pages.reading import Reading

Json = dict[str, Any]
What = Literal[
    "answer", "confirm", "close", "hearing", "review", "repair", "carry", "question", "settle"
]


class Ask(NamedTuple):
    """One thing that is asked: where on the page it is answered, and in words."""

    what: What
    sentence: str


def asks(reading: Reading, version: Entry, shown: Json, now: int) -> list[Ask]:
    """Return what is asked of the reader, the most urgent first."""
    if reading.me is None or reading.me not in reading.view.epoch.members:
        return []
    can = may(reading, version, shown, now)
    live = shown["status"] in LIVE
    return [
        *(_to_answer(reading, version) if live else _to_stand_behind(reading, version)),
        *(_to_confirm(reading, version) if live else []),
        *(_of_carriers(reading, version) if live else []),
        *(_to_settle(reading, version) if live else []),
        *([Ask("hearing", _to_hear(reading, version))] if can.hear else []),
        *([Ask("close", _("Its time is over: say so, if you see it too."))] if can.close else []),
        *(_to_review(reading, version, shown, now) if can.review else []),
    ]


def _to_answer(reading: Reading, version: Entry) -> list[Ask]:
    counted = tally(reading.view, version)
    if reading.me in counted.unheard:
        return [Ask("answer", _unheard(reading, version))]
    if reading.me in counted.waiting:
        line = _("You asked for more time. When you are ready, say where you stand.")
        return [Ask("answer", line)]
    return []


def _unheard(reading: Reading, version: Entry) -> str:
    if _is_block_covered(reading, version):
        return _("Say where you stand first; then you see who blocks, and why.")
    if reading.view.person(version) == reading.me:
        return _("You put this forward. Now say where you stand yourself, like everybody.")
    if _answered_before(reading, version):
        return _("There are new words: what you answered was to those before. Answer anew.")
    return _("You have not been heard yet: read it, and say where you stand.")


def _is_block_covered(reading: Reading, version: Entry) -> bool:
    """Tell whether somebody blocks, and the reader has yet to answer before they see who."""
    counted = tally(reading.view, version)
    return counted.blocks > counted.borne and covers(reading, version)


def _to_stand_behind(reading: Reading, version: Entry) -> list[Ask]:
    """Ask somebody who came after an invitation was decided, and has yet to stand behind it."""
    view = reading.view
    is_open = decided(view, version.id) and is_open_invitation(view, version)
    if not is_open or reading.me not in tally(view, version).unheard:
        return []
    line = _("This was decided before you came. Nobody comes in with it before you are heard, too.")
    return [Ask("answer", line)]


def _answered_before(reading: Reading, version: Entry) -> bool:
    known = versions(reading.view, proposal_of(version))
    return any(own_answer(reading, older) for older in known if older != version)


def _to_confirm(reading: Reading, version: Entry) -> list[Ask]:
    """Ask for understanding of blocks, of those who have taken a position themselves."""
    if own_answer(reading, version) is None:
        return []
    found = []
    for repair in repairs(reading.view, version):
        who = one(reading, repair.block.person)
        if repair.block.person == reading.me:
            line = _("You block it: talk with those who carry it, and look for a way together.")
            found.append(Ask("repair", line))
        elif can_confirm(reading, version, repair.block.person, repair.confirmed):
            line = _("Can you state the concern behind the block by {name} in your own words?")
            if len(repair.confirmed) < repair.needed:
                found.append(Ask("confirm", line.format(name=who)))
    return found


def _of_carriers(reading: Reading, version: Entry) -> list[Ask]:
    view = reading.view
    carrying = carriers(view, proposal_of(version))
    if reading.me not in carrying:
        return []
    if tally(view, version).blocks and not covers(reading, version):
        return [Ask("carry", _("You carry it: look for a way with whoever blocks it."))]
    worries = [c for c in concerns(view, version.id) if not is_settled(view, c)]
    if any(not _is_answered(view, worry, carrying) for worry in worries):
        return [Ask("carry", _("You carry it, and there is a concern about it to answer."))]
    if any(not _is_answered(view, s, carrying) for s in view.said(Suggest, version.id)):
        return [Ask("carry", _("You carry it, and a change was suggested for you to take up."))]
    question = open_question(reading, proposal_of(version), carrying)
    return [Ask("question", question)] if question else []


def _is_answered(view: View, said: Entry, carrying: frozenset[PersonId]) -> bool:
    """Tell whether somebody who carries it wrote this, or had the last word on it."""
    last = max([said, *view.said(Say, said.id)], key=lambda entry: entry.order)
    return view.person(last) in carrying


def _to_settle(reading: Reading, version: Entry) -> list[Ask]:
    """Ask whoever has a concern about it, once it was answered or the words are others."""
    view = reading.view
    known = open_concerns(view, proposal_of(version))
    mine = [concern for concern in known if view.person(concern) == reading.me]
    last = [_last_about(view, concern, version) for concern in mine]
    of_others = [entry for entry in last if view.person(entry) != reading.me]
    if any(entry != version for entry in of_others):
        return [Ask("settle", _("Your concern was answered: call it settled, if it is."))]
    if of_others:
        return [Ask("settle", _("There are new words: do they settle your concern?"))]
    return []


def _last_about(view: View, concern: Entry, version: Entry) -> Entry:
    """Return the last word about a concern: itself, an answer to it, or new words."""
    return max([concern, version, *view.said(Say, concern.id)], key=lambda entry: entry.order)


def _to_hear(reading: Reading, version: Entry) -> str:
    if concerned(reading.view, version) == reading.me:
        return _("This is about you. Once you have said what you wanted to say, say that too.")
    return _("Once the hearing was held, say so: two who do not carry this have to.")


def _to_review(reading: Reading, version: Entry, shown: Json, now: int) -> list[Ask]:
    if not is_due(shown["review"], now) or reading.me in reviews(reading.view, version.id):
        return []
    return [Ask("review", _("The day has come to look at it again: would you keep it?"))]
