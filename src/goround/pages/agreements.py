"""The agreements: those in force first, then what they were before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective import agreements as rules
from goround.collective.proposals import proposal_of
from goround.collective.status import completion_of
from goround.pages.outcomes import review_date
from goround.pages.reading import iso

if TYPE_CHECKING:
    from goround.ids import EventId
    from goround.pages.reading import Reading


def agreements(reading: Reading) -> list[dict[str, Any]]:
    """Return every agreement with its text; those in force come first."""
    found = rules.agreements(reading.view)
    return [agreement(reading, a) for a in sorted(found, key=lambda a: a.state != "in force")]


def in_force(reading: Reading) -> list[rules.Agreement]:
    """Return the agreements that hold, in the order of the texts."""
    return [found for found in rules.agreements(reading.view) if found.state == "in force"]


def over(reading: Reading) -> list[rules.Agreement]:
    """Return the agreements that held before, the newest first."""
    return [found for found in rules.agreements(reading.view)[::-1] if found.state != "in force"]


def agreement(reading: Reading, found: rules.Agreement) -> dict[str, Any]:
    """Return one agreement with its text."""
    version = found.version
    completion = completion_of(reading.view, version)
    proposal = proposal_of(version)
    event = reading.view.record.entries[completion.event] if completion else None
    return {
        "id": version.id,
        "proposal": proposal,
        "ref": reading.ref(proposal),
        "title": reading.word(version.id, "title"),
        "text": reading.word(version.id, "text"),
        "erased": reading.is_erased(version.id),
        "state": found.state,
        "since": iso(event.at) if event else None,
        "ended_by": found.ended_by,
        "ended_proposal": _proposal_of(reading, found.ended_by),
        "review": review_date(reading, version, completion),
    }


def _proposal_of(reading: Reading, version: EventId | None) -> EventId | None:
    return proposal_of(reading.view.record.entries[version]) if version else None
