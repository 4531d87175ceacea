"""One member, or one person who is joining: what they are called, what waits for them, and what
is open about them. It says nothing that would rank anybody: no counts, no last time seen."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from goround.collective.charter import Found
from goround.collective.constitution import PAIR, quorum
from goround.collective.decisions import rule_met, tally
from goround.collective.effects import Invite, Release
from goround.collective.members import (
    Accept,
    Leave,
    Welcome,
    away,
    invitation,
    joining,
    leaving,
    staying,
)
from goround.collective.proposals import (
    LEAST_FOR_RELEASE,
    changes,
    current,
    proposal_of,
)
from goround.collective.ripeness import is_stale, is_welcomed
from goround.collective.status import status
from goround.ids import DeviceId, EventId
from goround.pages.four_words import four_words
from goround.pages.joining import who_can_welcome
from goround.pages.members import event_of, members, who_know
from goround.pages.names import alike, name_of, names_of
from goround.pages.proposals import proposals
from goround.pages.reading import iso

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.epoch import Epoch
    from goround.pages.reading import Reading

Json = dict[str, Any]
LIVE = ("open", "blocked", "agreed")


def member(reading: Reading, named: str) -> Json | None:
    """Return one member, one newcomer or one who was here, by the event of their coming."""
    view = reading.view
    came = view.record.entries.get(EventId(named))
    if came is None or not isinstance(came.fact, Accept | Found):
        return None
    person = view.record.persons[came.id]
    if person is None:
        return None
    if person in view.epoch.members:
        return _here(reading, person)
    if person in joining(view):
        return _coming(reading, person)
    return next((row for row in former(reading) if row["person"] == person), None)


def _here(reading: Reading, person: PersonId) -> Json:
    held = reading.view.epoch.members[person]
    row = next(row for row in members(reading) if row["id"] == held)
    knowing = who_know(reading, person)
    return {
        **row,
        "person": person,
        "former": False,
        "forked": held in forked(reading),
        "about": _about(reading, held),
        "others": names_of(reading, staying(reading.view) - {person}),
        "welcomed_by": names_of(reading, knowing - {reading.me}),
        "welcomed": reading.me in knowing,
        "enough": len(reading.view.epoch.members) >= LEAST_FOR_RELEASE,
    }


def forked(reading: Reading) -> set[str | None]:
    """Return the memberships of which a device signed two histories."""
    view = reading.view
    people = {view.record.persons[fork.events[0]] for fork in reading.replay.graph.forks()}
    return {view.epoch.members.get(person) for person in people if person}


def _about(reading: Reading, held: str) -> list[Json]:
    """Return the open proposals that would part somebody from us, or put them in a new place."""
    found = [current(reading.view, proposal) for proposal in proposals(reading)]
    return [
        {
            "proposal": proposal_of(version),
            "title": reading.word(version.id, "title"),
            "releases": isinstance(changes(version), Release),
        }
        for version in found
        if version
        and _concerned(version) == held
        and status(reading.view, proposal_of(version)) in LIVE
    ]


def _concerned(version: Entry) -> str | None:
    match changes(version):
        case Release(member=concerned):
            return concerned
        case Invite(replaces=concerned):
            return concerned
        case _:
            return None


# --- Coming ------------------------------------------------------------------


def coming(reading: Reading) -> list[Json]:
    """Return those who are joining, with what each of them waits for."""
    return [_coming(reading, person) for person in joining(reading.view)]


def _coming(reading: Reading, person: PersonId) -> Json:
    view = reading.view
    accepted = joining(view)[person]
    accept = accepted.fact
    assert isinstance(accept, Accept)  # noqa: S101 - joining() returns nothing else
    row = next(row for row in members(reading) if row["id"] == accepted.id)
    version = view.record.entries[accept.version]
    return {
        **row,
        "person": person,
        "former": False,
        "words": four_words(DeviceId(person)),
        "looks_like": alike(row["name"], names_of(reading, view.epoch.members.keys() - {person})),
        "invited_by": name_of(reading, view.person(version)),
        "invitation": proposal_of(version),
        "title": reading.word(version.id, "title"),
        "waits": _waits(reading, accepted, accept, version),
        "welcome": _welcome(reading, accepted),
    }


def _waits(reading: Reading, accepted: Entry, accept: Accept, version: Entry) -> Json:
    """Return what a newcomer waits for, one thing at a time: the first that is missing."""
    view, invite = reading.view, invitation(reading.view, accept)
    if not rule_met(view, version):
        counted = tally(view, version)
        held = {who for who, given in counted.answers.items() if given.stance in ("time", "block")}
        return {"for": "consent", "of": names_of(reading, counted.unheard | held)}
    if invite is None or not is_welcomed(view, accepted, version, invite):
        able = who_can_welcome(reading, accepted)
        return {"for": "welcome", "of": names_of(reading, able), "me": reading.me in able}
    if is_stale(view, accepted):
        return {"for": "news"}
    seals = view.record.seals.get(view.epoch.id, ())
    sealed = {view.person(s) for s in seals if getattr(s.fact, "change", "") == accepted.id}
    many = len(view.epoch.members)
    heard = names_of(reading, sealed)
    return {"for": "hearing", "heard": heard, "needed": quorum(many), "members": many}


def _welcome(reading: Reading, accepted: Entry) -> str:
    """Tell whether the reader can say that they know a newcomer: yes, said, inviter, or no."""
    view, me = reading.view, reading.me
    if me is None or me not in staying(view) or me == view.person(accepted):
        return "no"
    if me in {view.person(entry) for entry in view.said(Welcome, accepted.device)}:
        return "said"
    return "yes" if me in who_can_welcome(reading, accepted) else "inviter"


# --- Gone --------------------------------------------------------------------


def former(reading: Reading) -> list[Json]:
    """Return who was here before, in the order in which they went, and how each went."""
    line = reading.view.epoch.line()
    now = line[-1].members
    return [
        _gone(reading, person, before.members[person], epoch)
        for before, epoch in pairwise(line)
        for person in before.members
        if person not in epoch.members and person not in now
    ]


def _gone(reading: Reading, person: PersonId, held: str, epoch: Epoch) -> Json:
    view, record = reading.view, reading.view.record
    change, came = record.entries[epoch.change], record.entries[event_of(held)]
    left, again = isinstance(change.fact, Leave), isinstance(change.fact, Accept)
    return {
        "id": came.id,
        "person": person,
        "name": name_of(reading, person),
        "since": iso(came.at),
        "until": iso(change.at),
        "how": "left" if left else "again" if again else "released",
        "because": reading.word(change.id, "because") if left else "",
        "now": name_of(reading, view.person(change)) if again else None,
        "me": person == reading.me,
        "joining": False,
        "former": True,
    }


def mine(reading: Reading) -> Json:
    """Return what the reader may say of themself just now: away, back, and leaving."""
    me, view = reading.me, reading.view
    return {
        "away": me in away(view),
        "leaving": me in leaving(view),
        "alone": staying(view) == {me},
        "pair": me in staying(view) and len(staying(view)) == PAIR,
    }
