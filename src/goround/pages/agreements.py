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
    return [_agreement(reading, a) for a in sorted(found, key=lambda a: a.state != "in force")]


def _agreement(reading: Reading, agreement: rules.Agreement) -> dict[str, Any]:
    version = agreement.version
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
        "state": agreement.state,
        "since": iso(event.at) if event else None,
        "ended_by": agreement.ended_by,
        "ended_proposal": _proposal_of(reading, agreement.ended_by),
        "review": review_date(reading, version, completion),
    }


def _proposal_of(reading: Reading, version: EventId | None) -> EventId | None:
    return proposal_of(reading.view.record.entries[version]) if version else None
