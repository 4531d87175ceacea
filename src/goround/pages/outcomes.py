"""What came of a proposal: when it was decided, who has heard, when it is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.constitution import quorum
from goround.collective.decisions import standing
from goround.collective.devices import sealing_device
from goround.collective.effects import Release, SetCharter
from goround.collective.members import away, leaving
from goround.collective.proposals import changes, terms
from goround.collective.reopening import reviews
from goround.pages.names import name_of, names_of
from goround.pages.reading import iso, months_later

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import Completion, View
    from goround.ids import EpochId
    from goround.pages.reading import Reading

Json = dict[str, Any]


def outcome(reading: Reading, version: Entry, completion: Completion | None) -> Json | None:
    """Return when and where a version was decided, and who has heard; None if it is not."""
    if completion is None:
        return None
    event = reading.view.record.entries[completion.event]
    heard = heard_by(reading, version, event)
    present = reading.view.epoch.members.keys() - leaving(reading.view) - away(reading.view)
    return {
        "event": event.id,
        "at": iso(event.at),
        "heard_by": names_of(reading, heard & present),
        "not_yet": names_of(reading, present - heard),
        "sealed": _sealed(reading.view, version),
    }


def heard_by(reading: Reading, version: Entry, event: Entry) -> set[PersonId]:
    """Return the members whose sealing device has a completion of a decision in its past."""
    view = reading.view
    completed = [event.id, *(c.event for c in standing(view, version.id))]
    pasts = {
        person: reading.replay.known_to(sealing_device(view, person), view.past)
        for person in view.epoch.members
    }
    return {
        person
        for person, known in pasts.items()
        if any(done in newest for newest in known for done in completed)
    }


def _sealed(view: View, version: Entry) -> list[int] | None:
    """Return how many sealed a release or charter, and how many it takes."""
    if not isinstance(changes(version), Release | SetCharter):
        return None
    for epoch in view.epoch.steps_after(view.epoch.line()[0].id):
        if epoch.change == version.id and epoch.predecessor:
            return _seals(view, epoch.predecessor.id, version)
    return _seals(view, view.epoch.id, version)


def _seals(view: View, epoch_id: EpochId, version: Entry) -> list[int]:
    members = view.record.epochs[epoch_id].members
    seals = [e for e in view.record.seals.get(epoch_id, ()) if e.id in view.past]
    signed = {view.person(e) for e in seals if getattr(e.fact, "change", "") == version.id}
    return [len(signed & members.keys()), quorum(len(members))]


def review_date(reading: Reading, version: Entry, completion: Completion | None) -> str | None:
    """Return when a decision is looked at again, if there is a day for that."""
    return iso(review_at(reading.view, version, completion))


def review_at(view: View, version: Entry, completion: Completion | None) -> int:
    """Return when (ms) a decision is looked at again: its own date, or what the charter says."""
    if terms(version).review or completion is None:
        return terms(version).review
    months = int(view.epoch.charter.rules.get(f"{terms(version).matter}_review", 0))
    at = view.record.entries[completion.event].at
    return months_later(at, months) if months else 0


def looked_at_again(reading: Reading, version: Entry) -> list[Json]:
    """Return who would keep a decision, and who would not."""
    said = reviews(reading.view, version.id)
    return [{"name": name_of(reading, who), "keep": keep} for who, keep in said.items()]
