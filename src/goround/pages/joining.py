"""The moment between accepting an invitation and being a member, as the newcomer lives it: who can
say that they know them, how far it has come, and what changed since they accepted.

A newcomer's device accepts anew by itself as long as everything is as they were shown it; where it
is not, it asks, and this is what it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.keeping import open_invitations, renewed_acceptance
from goround.collective.members import (
    Accept,
    Welcome,
    acceptances,
    invitation,
    joining,
    leaving,
)
from goround.collective.positions import answers
from goround.collective.proposals import find_version
from goround.collective.record import View
from goround.collective.ripeness import is_stale
from goround.ids import DeviceId
from goround.pages.charter import summary
from goround.pages.four_words import four_words
from goround.pages.invitations import invited
from goround.pages.names import name_of, names_of

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]


def has_to_ask(reading: Reading) -> bool:
    """Tell whether the reader's acceptance went stale by something that they were not shown."""
    accepted = joining(reading.view).get(reading.me) if reading.me else None
    if accepted is None or not is_stale(reading.view, accepted):
        return False
    return renewed_acceptance(reading.view, accepted) is None


def of_newcomer(reading: Reading) -> Json | None:
    """Return how the reader's joining stands; None for whoever is not joining."""
    me = reading.me
    accepted = joining(reading.view).get(me) if me else None
    if me is None or accepted is None or not isinstance(accepted.fact, Accept):
        return None
    asks = has_to_ask(reading)
    return {
        "name": name_of(reading, me),
        "words": four_words(DeviceId(me)),
        "inviter": name_of(reading, _inviter(reading, accepted.fact)),
        "can_welcome": names_of(reading, who_can_welcome(reading, accepted)),
        "welcomed_by": names_of(reading, _welcomed_by(reading, me)),
        "asks": asks,
        "again": _again(reading, accepted) if asks else None,
    }


def who_can_welcome(reading: Reading, accepted: Entry) -> set[PersonId]:
    """Return the members whose word it takes that they know a newcomer; any one of them."""
    view, fact = reading.view, accepted.fact
    invite = invitation(view, fact) if isinstance(fact, Accept) else None
    able = view.epoch.members.keys() - leaving(view)
    inviter = {_inviter(reading, fact)} if isinstance(fact, Accept) else set()
    lost = {view.epoch.person(invite.replaces)} if invite and invite.replaces else set()
    return able - inviter - lost


def _inviter(reading: Reading, fact: Accept) -> PersonId | None:
    return reading.view.record.persons.get(fact.version)


def _welcomed_by(reading: Reading, newcomer: PersonId) -> set[PersonId]:
    view = reading.view
    said = {view.person(entry) for entry in view.said(Welcome, newcomer)}
    return said & view.epoch.members.keys()


def _again(reading: Reading, accepted: Entry) -> Json:
    """Return what the newcomer would accept now, and how it differs from what they were shown."""
    view, fact = reading.view, accepted.fact
    assert isinstance(fact, Accept)  # noqa: S101 - joining() returns nothing else
    first = acceptances(view, reading.me)[0].fact if reading.me else fact
    known = set(first.behind) if isinstance(first, Accept) else set()
    return {
        "act": {
            "version": fact.version,
            "effect": fact.effect,
            "epoch": view.epoch.id,
            "proof": fact.proof,
        },
        "others": [_other(reading, version, known) for version in _others(view, fact)],
        **_changed(reading, accepted),
    }


def _others(view: View, fact: Accept) -> list[EventId]:
    return sorted(open_invitations(view) - {fact.version})


def _other(reading: Reading, version: EventId, known: set[EventId]) -> Json:
    entry = find_version(reading.view, version)
    answered = reading.me is not None and reading.me in answers(reading.view, version)
    return {
        "version": version,
        "name": invited(reading, entry) if entry else "",
        "by": name_of(reading, reading.view.person(entry)) if entry else "",
        "known": version in known,
        "answered": answered,
    }


def _changed(reading: Reading, accepted: Entry) -> Json:
    view, record = reading.view, reading.view.record
    then = record.epochs[record.epoch_of[accepted.id]]
    shown = View(record, record.pasts.past(accepted.id), then)
    before, now = shown.epoch, view.epoch
    old = set(summary(before.charter, len(before.members)))
    sentences = summary(now.charter, len(now.members))
    return {
        "came": names_of(reading, now.members.keys() - before.members.keys()),
        "gone": names_of(reading, before.members.keys() - now.members.keys()),
        "charter": [line for line in sentences if line not in old]
        if before.charter_id != now.charter_id
        else [],
        "invited": [
            invited(reading, view.record.entries[version])
            for version in sorted(open_invitations(view) - open_invitations(shown))
        ],
    }
