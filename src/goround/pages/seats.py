"""The round about one proposal: everybody in their seat, in the order in which they came, and what
each of them answered. Of a decision it is the round in which it was decided. Where the charter says
so, others' answers stay covered until the reader has taken a position of their own: nothing that is
drawn from here tells them before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goround.collective.decisions import asked
from goround.collective.effects import Invite, Release
from goround.collective.members import away, staying
from goround.collective.positions import answer_of, answers
from goround.collective.proposals import changes, proposal_of
from goround.pages.answers import at_completion
from goround.pages.names import name_of
from goround.pages.proposals import open_version
from goround.pages.reading import iso

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import Completion, Given, View
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]


class Seat(NamedTuple):
    """One member in the round about a proposal.

    `place` is what to show: a stance; `covered` for an answer that is not shown yet; `unheard`; or
    why somebody is not asked: `away`, `leaving`, `concerned`.
    """

    member: str
    name: str
    me: bool
    place: str
    event: EventId | None = None
    at: str | None = None
    because: str = ""
    erased: bool = False


def hides_positions(reading: Reading, shown: Json) -> bool:
    """Tell whether others' positions are kept from a member who has yet to take their own."""
    return covers(reading, reading.view.record.entries[shown["version"]])


def covers(reading: Reading, version: Entry) -> bool:
    """Tell whether others' positions on a version are kept from the reader."""
    view, me = reading.view, reading.me
    if me not in view.epoch.members or view.epoch.charter.word("hide_positions") != "yes":
        return False
    if open_version(view, proposal_of(version)) != version:
        return False
    if concerned(view, version) == me:
        return False  # nobody asks them, so they would never see anything
    return me not in answers(view, version.id)


def seats(
    reading: Reading, version: Entry, completion: Completion | None, *, covered: bool
) -> list[Seat]:
    """Return who sits in the round about a version; `covered` keeps others' answers back."""
    view = at_completion(reading.view, completion) if completion else reading.view
    given = answers(view, version.id)
    return [
        _seat(reading, view, version, (person, held, given.get(person)), covered=covered)
        for person, held in view.epoch.members.items()
    ]


def _seat(
    reading: Reading,
    view: View,
    version: Entry,
    who: tuple[PersonId, str, Given | None],
    *,
    covered: bool,
) -> Seat:
    person, held, given = who
    seat = Seat(held, name_of(reading, person), person == reading.me, "unheard")
    if person == concerned(view, version):
        return seat._replace(place="concerned")
    if given is None:
        return seat._replace(place=_silent(view, version, person))
    if covered and not seat.me:
        return seat._replace(place="covered")
    return _answered(reading, seat, given)


def _answered(reading: Reading, seat: Seat, given: Given) -> Seat:
    event = given.entry.id
    return seat._replace(
        place=given.stance,
        event=event,
        at=iso(given.entry.at),
        because=reading.word(event, "because"),
        erased=reading.is_erased(event),
    )


def _silent(view: View, version: Entry, person: PersonId) -> str:
    if person not in staying(view):
        return "leaving"
    if person in asked(view, version):
        return "unheard"
    return "away" if person in away(view) else "unheard"


def concerned(view: View, version: Entry) -> PersonId | None:
    """Return whom a version would part from the collective, or replace; they are not asked."""
    match changes(version):
        case Release(member=member):
            return view.epoch.person(member)
        case Invite(replaces=member) if member:
            return view.epoch.person(member)
        case _:
            return None


def own_answer(reading: Reading, version: Entry) -> Given | None:
    """Return the reader's own position on a version, also of somebody who is joining."""
    return answer_of(reading.view, version.id, reading.me) if reading.me else None
