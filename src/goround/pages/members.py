"""The members, and who is joining: names, since when, away or here, with what devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.devices import devices, sealing_device
from goround.collective.members import Away, Welcome, away, invitation, joining, leaving
from goround.pages.names import name_of, names_of
from goround.pages.reading import iso
from goround.pages.recalled import about_people
from goround.pages.wording import LONGEST_LINE, one_line

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]


@about_people
def members(reading: Reading) -> list[Json]:
    """Return the members in the order in which they came, then those who are joining."""
    epoch, record = reading.view.epoch, reading.view.record
    here = [
        _member(reading, who, record.entries[event_of(held)]) for who, held in epoch.members.items()
    ]
    return here + [_newcomer(reading, who, entry) for who, entry in joining(reading.view).items()]


def event_of(member: str) -> EventId:
    """Return the event by which somebody became a member: it names the membership."""
    return member  # type: ignore[return-value]


def _member(reading: Reading, person: PersonId, came: Entry) -> Json:
    view = reading.view
    return {
        "id": came.id,
        "name": name_of(reading, person),
        "since": iso(came.at),
        "away": person in away(view),
        "until": _until(reading, person) if person in away(view) else None,
        "leaving": person in leaving(view),
        "devices": list(devices(view, person)),
        "sealing_device": sealing_device(view, person),
        "joining": False,
        "me": person == reading.me,
        "was": replaced(reading, came),
    }


def _until(reading: Reading, person: PersonId) -> str | None:
    """Return until when somebody said that they are away, in their words."""
    said = [entry for entry in reading.view.all_said(Away) if reading.view.person(entry) == person]
    last = max(said, key=lambda entry: entry.order)
    return one_line(reading.word(last.id, "until"), LONGEST_LINE) or None


def who_know(reading: Reading, person: PersonId) -> set[PersonId]:
    """Return who said that they know somebody who was joining."""
    return {reading.view.person(entry) for entry in reading.view.said(Welcome, person)}


def _newcomer(reading: Reading, person: PersonId, accepted: Entry) -> Json:
    return {
        "id": accepted.id,
        "name": name_of(reading, person),
        "since": iso(accepted.at),
        "away": False,
        "until": None,
        "leaving": False,
        "devices": list(devices(reading.view, person)),
        "sealing_device": person,
        "joining": True,
        "me": person == reading.me,
        "was": replaced(reading, accepted),
        "welcomed_by": names_of(reading, who_know(reading, person)),
    }


def replaced(reading: Reading, came: Entry) -> str | None:
    """Return the name of the lost membership in whose place somebody came (design 4.2)."""
    fact: Any = came.fact
    invite = invitation(reading.view, fact) if hasattr(fact, "behind") else None
    if invite is None or not invite.replaces:
        return None
    lost = reading.view.record.entries.get(event_of(invite.replaces))
    return name_of(reading, reading.view.record.persons[lost.id] if lost else None)
