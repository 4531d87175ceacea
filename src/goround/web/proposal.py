"""One proposal: what is asked of whoever looks, and where everybody stands. What is covered until
they have taken a position of their own is not sent to them at all."""

from typing import Any

from goround.collective.repair import Repair, repairs
from goround.collective.status import completion_of
from goround.ids import EventId
from goround.pages.addressing import begun, many, plain
from goround.pages.aftermath import is_due
from goround.pages.asks import Ask, asks
from goround.pages.choices import choices, stance_words
from goround.pages.erasures import erasures, in_words
from goround.pages.look import Look
from goround.pages.notes import notes, understood
from goround.pages.possible import can_confirm, may
from goround.pages.proposals import is_proposal
from goround.pages.reading import iso
from goround.pages.seats import Seat, concerned, own_answer, seats
from goround.pages.thread import Thread
from goround.pages.versions import all_versions, compared, rule_details
from goround.sentences import _
from goround.web.ring import ring
from goround.web.rooms import Page, Visit, nothing
from goround.web.telling import told

Json = dict[str, Any]
LONGEST_THREAD = 60
"""What was said first in the thread and shown at once; there is a link to all of it."""


def proposal(visit: Visit) -> Page:
    """Draw one proposal."""
    reading, named = visit.reading, EventId(visit.path["proposal"])
    if not is_proposal(reading, named):
        return nothing(visit)
    at = Look.at(reading, named, visit.now)
    return Page(
        "proposal.html",
        {
            "proposal": named,
            "shown": at.shown,
            "statuses": at.statuses,
            "lines": [told(line) for line in at.lines],
            "headline": plain(at.lines[0]),
            "is_live": at.is_live,
            "holds": (at.held or at.version).id,
            "asks": _asks(at, visit.now),
            "may": may(reading, at.version, at.shown, visit.now),
            "is_due": is_due(at.shown["review"], visit.now),
            "about_me": reading.me is not None
            and concerned(reading.view, at.version) == reading.me,
            "effects": [_effect(effect) for effect in at.shown["effects"]],
            "notes": notes(reading, named),
            "erasures": _erasures(at, named),
            "rule_details": rule_details(reading, at.version),
            **_round(at),
            **_said(visit),
            **_versions(visit, at),
        },
    )


def _effect(effect: Json) -> Json:
    """Return an effect with what a task has of its own: what is to be done, and by which day."""
    if effect["do"] != "task":
        return effect
    return {**effect, "what": effect.get("what", ""), "day": iso(effect["by"])}


def _erasures(at: Look, named: EventId) -> list[Json]:
    """Return what was erased here or by this, but no reason that is covered still."""
    covered = {position["id"] for position in at.shown["positions"]} if at.covered else set()
    found = erasures(at.reading, named, at.shown)
    shown = [one for one in found if one["event"] not in covered]
    return [{**one, "lines": [told(line) for line in in_words(one)]} for one in shown]


def _asks(at: Look, now: int) -> list[Ask]:
    found = asks(at.reading, at.version, at.shown, now)
    return [ask._replace(sentence=told(ask.sentence)) for ask in found]


def _round(at: Look) -> Json:
    reading = at.reading
    completion = None if at.is_pending else completion_of(reading.view, at.version)
    found = seats(reading, at.version, completion, covered=at.covered)
    mine = own_answer(reading, at.version)
    return {
        "covered": at.covered,
        "seats": found,
        "ring": ring(found),
        "latest": _latest(found),
        "crossed": [p for p in at.shown["positions"] if p["crossed"] and completion],
        "mine": mine.stance if mine else None,
        "my_reason": reading.word(mine.entry.id, "because") if mine else "",
        "my_event": mine.entry.id if mine else None,
        "choices": choices(reading, at.version),
        "repairs": [] if at.covered or not at.is_live else _repairs(at),
    }


def _latest(found: list[Seat]) -> str:
    """Say who answered last, of those whose answers are shown; nothing of one's own."""
    given = [seat for seat in found if seat.at and not seat.me]
    last = max(given, key=lambda seat: seat.at or "", default=None)
    return f"{last.name} {stance_words(last.place)}." if last else ""


def _repairs(at: Look) -> list[Json]:
    known = repairs(at.reading.view, at.version)
    return [
        {
            **told,
            "mine": repair.block.person == at.reading.me,
            "wanted": _wanted(repair),
            "understood": understood(at.reading, repair.block.entry.id),
            "can_confirm": can_confirm(
                at.reading, at.version, repair.block.person, repair.confirmed
            ),
        }
        for told, repair in zip(at.shown["repairs"], known, strict=True)
    ]


def _wanted(repair: Repair) -> str:
    """Say how many more are asked to state the concern behind a block."""
    more = repair.needed - len(repair.confirmed)
    if more <= 0:
        return ""
    if more == 1:
        return _("Somebody else is asked to say it in their own words.")
    line = _("{n} others are asked to say it in their own words.")
    return begun(line.format(n=many(more)))


def _said(visit: Visit) -> Json:
    thread = Thread(visit.reading, EventId(visit.path["proposal"]))
    is_whole = "all" in visit.query or len(thread.said) <= LONGEST_THREAD
    return {
        "thread": thread.said if is_whole else thread.said[-LONGEST_THREAD:],
        "is_whole": is_whole,
        "concerns": thread.concerns,
        "suggestions": thread.suggestions,
        "newest": thread.newest,
        "answered": thread.find(visit.query.get("on", "")),
    }


def _versions(visit: Visit, at: Look) -> Json:
    reading, named = visit.reading, EventId(visit.path["proposal"])
    wanted = visit.query.get("changed", "")
    return {
        "versions": all_versions(reading, named, at.version),
        "changed": compared(reading, named, EventId(wanted) if wanted else at.version.id),
    }
