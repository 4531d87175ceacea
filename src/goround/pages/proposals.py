"""Proposals as people read them: the text, who said what, what is missing, what came of it.

The shapes are those of design 6. Everything a page or command shows of a proposal comes
from here, so that a phone and a terminal can never tell two stories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.closing import Close, closed, date_of, window_ended
from goround.collective.concerns import concerns, is_settled
from goround.collective.decisions import changes_possible, tally
from goround.collective.keeping import is_open_invitation
from goround.collective.positions import FOR, answers
from goround.collective.proposals import (
    LEAST_FOR_RELEASE,
    Propose,
    Suggest,
    carriers,
    current,
    find_proposal,
    terms,
    versions,
    withdrawn,
)
from goround.collective.release import Hearing
from goround.collective.reopening import reopened
from goround.collective.repair import repairs
from goround.collective.status import (
    completion_of,
    decided_version,
    ground_has_gone,
    status,
)
from goround.pages.answers import at_completion, positions
from goround.pages.charter import rule_in_words
from goround.pages.effects import effects
from goround.pages.names import name_of, names_of
from goround.pages.outcomes import looked_at_again, outcome, review_date
from goround.pages.reading import iso
from goround.pages.talk import saying, talk
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import Completion, View
    from goround.collective.repair import Repair
    from goround.collective.status import Status
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]


def listing(reading: Reading) -> list[Json]:
    """Return all proposals, in the order in which they were put forward, without texts."""
    return [_without_texts(outline(reading, proposal)) for proposal in proposals(reading)]


def waiting(reading: Reading) -> list[EventId]:
    """Return the proposals that wait for what the reader answers, in order."""
    asked = ((name, open_version(reading.view, name)) for name in proposals(reading))
    return [
        proposal
        for proposal, version in asked
        if version and reading.me in tally(reading.view, version).unheard
    ]


def proposals(reading: Reading) -> list[EventId]:
    """Return the ids of all proposals that anybody here came to know, in order (C45)."""
    view = reading.view
    return [entry.id for entry in view.all_said(Propose) if current(view, entry.id)]


def is_proposal(reading: Reading, named: EventId) -> bool:
    """Tell whether there is a proposal of that id."""
    view = reading.view
    return find_proposal(view, named) is not None and current(view, named) is not None


def _without_texts(shown: Json) -> Json:
    slim = {key: value for key, value in shown.items() if key not in ("text", "why")}
    slim["versions"] = [{k: v for k, v in old.items() if k != "text"} for old in shown["versions"]]
    return slim


def show(reading: Reading, proposal: EventId) -> Json:
    """Return everything about one proposal, with all that was said around it."""
    return outline(reading, proposal) | {"talk": talk(reading, proposal)}


def outline(reading: Reading, proposal: EventId, newer: Entry | None = None) -> Json:
    """Return where one proposal stands; of a `newer` version, beside one that holds.

    All that `show` gives but the thread, which grows without an end and which no list needs.
    """
    view, record = reading.view, reading.view.record
    version = newer or shown_version(view, proposal)
    completion = completion_of(view, version)
    fact, known = terms(version), versions(view, proposal)
    now = _status_of_newer(view, newer) if newer else status(view, proposal)
    unheard = _unheard(view, version, completion) if now in _UNHEARD_MATTERS else frozenset()
    return {
        "id": proposal,
        "ref": reading.ref(proposal),
        "title": reading.word(version.id, "title"),
        "text": reading.word(version.id, "text"),
        "erased": reading.is_erased(version.id),
        "why": reading.word(version.id, "why"),
        "matter": fact.matter,
        "rule": rule_in_words(view.epoch.charter, fact.matter, len(view.epoch.members)),
        "status": now,
        "version": version.id,
        "versions": [_version(reading, v, n) for n, v in enumerate(known, 1)],
        "by": name_of(reading, record.persons[proposal]),
        "at": iso(record.entries[proposal].at),
        "carriers": names_of(reading, carriers(view, proposal)),
        "effects": effects(reading, version),
        "concerns": [_concern(reading, c) for v in known for c in concerns(view, v.id)],
        "positions": positions(reading, version, completion),
        "unheard": names_of(reading, unheard),
        "kept_out_by": _kept_out_by(reading, version) if now == "decided" else [],
        "missing": _missing(view, version) if now in ("open", "blocked") else None,
        "repairs": [_repair(reading, repair) for repair in _open_repairs(view, version, now)],
        "closing": _closing(reading, version) if now in ("open", "blocked") else None,
        "hearing": names_of(reading, {view.person(e) for e in view.said(Hearing, proposal)}),
        "suggestions": [saying(reading, s) for v in known for s in view.said(Suggest, v.id)],
        "newer": _newer(reading, proposal, version),
        "reopened": reopened(view, version.id),
        "decided": outcome(reading, version, completion),
        "review": review_date(reading, version, completion),
        "reviews": looked_at_again(reading, version),
    }


def brief(reading: Reading, proposal: EventId, version: Entry) -> Json:
    """Return what is asked about a version by: as `show` has it, of a version that is open."""
    view = reading.view
    is_newer = version == newer_version(view, proposal)
    return {
        "status": _status_of_newer(view, version) if is_newer else status(view, proposal),
        "review": review_date(reading, version, completion_of(view, version)),
        "reopened": reopened(view, version.id),
    }


_UNHEARD_MATTERS = ("open", "blocked", "agreed", "decided", "superseded", "ended")


def shown_version(view: View, proposal: EventId) -> Entry:
    """Return the version that a proposal is known by: the decided one, else the newest."""
    version = decided_version(view, proposal) or current(view, proposal)
    if version is None:
        message = f"{proposal} has no version"
        raise LookupError(message)
    return version


def newer_version(view: View, proposal: EventId) -> Entry | None:
    """Return the version that is open while an older one is decided, if there is one."""
    version, newest = decided_version(view, proposal), current(view, proposal)
    if version is None or newest is None or newest == version or withdrawn(view, proposal):
        return None
    return None if ground_has_gone(view, newest) else newest


def open_version(view: View, proposal: EventId) -> Entry | None:
    """Return the version that people are asked about now, if there is one."""
    is_open = status(view, proposal) in ("open", "blocked")
    return current(view, proposal) if is_open else newer_version(view, proposal)


def _status_of_newer(view: View, version: Entry) -> Status:
    counted = tally(view, version)
    return "blocked" if counted.blocks > counted.borne else "open"


def _newer(reading: Reading, proposal: EventId, version: Entry) -> EventId | None:
    """Return the open version that would take a decided one's place, if there is one."""
    newest = newer_version(reading.view, proposal)
    return newest.id if newest and newest != version else None


def _version(reading: Reading, version: Entry, number: int) -> Json:
    return {
        "id": version.id,
        "number": number,
        "by": name_of(reading, reading.view.person(version)),
        "at": iso(version.at),
        "title": reading.word(version.id, "title"),
        "text": reading.word(version.id, "text"),
    }


def _concern(reading: Reading, concern: Entry) -> Json:
    return {**saying(reading, concern), "settled": is_settled(reading.view, concern)}


# --- What is missing ---------------------------------------------------------


def _unheard(view: View, version: Entry, completion: Completion | None) -> frozenset[PersonId]:
    then = at_completion(view, completion) if completion else view
    return tally(then, version).unheard


def _missing(view: View, version: Entry) -> str | None:
    """Say what a version lacks beside people's answers; None if those are all it waits for."""
    counted = tally(view, version)
    if counted.asides > counted.most_asides:
        return _("{asides} stand aside, and of {asked} at most {most} can.").format(
            asides=counted.asides, asked=len(counted.asked), most=counted.most_asides
        )
    if counted.unheard or counted.waiting or counted.blocks > counted.borne:
        return None
    if not any(given.stance in FOR for given in counted.answers.values()):
        return _("Nobody agrees so far, and leaving it to each other decides nothing.")
    return None if changes_possible(view, version) else _why_not_possible(view)


def _why_not_possible(view: View) -> str:
    if len(view.epoch.members) < LEAST_FOR_RELEASE:
        return _("It takes three members or more.")
    return _("Everyone else agrees; the hearing has yet to be put on record.")


def _kept_out_by(reading: Reading, version: Entry) -> list[str]:
    """Return who blocks an invitation that was decided and that nobody has come with yet."""
    if not is_open_invitation(reading.view, version):
        return []
    given = answers(reading.view, version.id).items()
    return names_of(reading, {who for who, answer in given if answer.stance == "block"})


def _open_repairs(view: View, version: Entry, now: str) -> list[Repair]:
    return list(repairs(view, version)) if now in ("open", "blocked") else []


def _repair(reading: Reading, repair: Repair) -> Json:
    return {
        "block": repair.block.entry.id,
        "by": name_of(reading, repair.block.person),
        "confirmed": names_of(reading, repair.confirmed),
        "needed": repair.needed,
        "until": iso(repair.until),
    }


def _closing(reading: Reading, version: Entry) -> Json | None:
    view, matter = reading.view, terms(version).matter
    if matter in ("membership", "charter"):
        return None
    signed = {view.person(e) for e in view.said(Close, version.id)}
    return {
        "date": iso(date_of(view, version)),
        "signed": names_of(reading, signed),
        "closed": closed(view, version),
        "window_ended": window_ended(view, version),
    }
