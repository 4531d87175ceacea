"""Invitations: who is invited, how far it has come, and whose device has the link.

The secret of a link is where it was made, in one browser or home, and nowhere else; a node knows
only its public half. So a page says with whom the link is, and the browser that has it adds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.decisions import tally
from goround.collective.effects import Invite
from goround.collective.members import Accept, joining, staying, taken_back
from goround.collective.proposals import changes, current, proposal_of, terms, withdrawn
from goround.pages.card import state_of
from goround.pages.names import name_of, names_of
from goround.pages.proposals import proposals
from goround.pages.reading import iso
from goround.pages.wording import LONGEST_NAME, one_line
from goround.sentences import _
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]
OPEN = ("open", "undecided")


def invitations(reading: Reading) -> list[Json]:
    """Return all invitations, the newest first."""
    known = (current(reading.view, proposal) for proposal in reversed(proposals(reading)))
    return [
        _row(reading, version, effect)
        for version in known
        if version is not None and isinstance(effect := changes(version), Invite)
    ]


def open_ones(reading: Reading) -> list[Json]:
    """Return the invitations that somebody can yet come with, the newest first."""
    return [row for row in invitations(reading) if row["state"] in OPEN]


def _row(reading: Reading, version: Entry, invite: Invite) -> Json:
    view = reading.view
    inviter = view.person(version)
    return {
        "proposal": proposal_of(version),
        "ref": reading.ref(proposal_of(version)),
        "version": version.id,
        "key": invite.key,
        "name": invited(reading, version),
        "why": reading.word(version.id, "text"),
        "by": name_of(reading, inviter),
        "mine": inviter == reading.me,
        "at": iso(version.at),
        "unheard": names_of(reading, tally(view, version).unheard),
        "replaces": invite.replaces,
        "was": name_of(reading, view.record.persons.get(_membership(invite)))
        if invite.replaces
        else None,
        "joining": names_of(reading, _joining_with(view, version)),
        "is_welcomed": bool(staying(view) - {inviter, view.epoch.person(invite.replaces or "")}),
        **_state(reading, version),
    }


def _state(reading: Reading, version: Entry) -> Json:
    if withdrawn(reading.view, proposal_of(version)):
        return {"state": "withdrawn"}
    found = state_of(reading, version)
    if found["state"] == "undecided" and taken_back(reading.view, version.id):
        return {"state": "taken back"}
    return found


def invited(reading: Reading, version: Entry) -> str:
    """Return the name of whoever a version invites."""
    place = next(n for n, e in enumerate(terms(version).effects) if isinstance(e, Invite))
    words = effect_words(reading.replay.words(version.id), place)
    return one_line(text_of(words, "name"), LONGEST_NAME) or _("Somebody")


def _membership(invite: Invite) -> EventId:
    return invite.replaces  # type: ignore[return-value]  # a membership is named by an event


def _joining_with(view: View, version: Entry) -> list[PersonId]:
    return [
        person
        for person, accepted in joining(view).items()
        if isinstance(accepted.fact, Accept) and accepted.fact.version == version.id
    ]
