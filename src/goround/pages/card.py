"""What somebody with an invitation sees before they accept: purpose, charter, names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.effects import Invite
from goround.collective.keeping import open_invitations
from goround.collective.members import Accept, leaving, taken_back
from goround.collective.proposals import changes, terms
from goround.log.header import MOST_SEEN
from goround.pages.charter import summary
from goround.pages.names import collective_name, name_of, names_of
from goround.pages.reading import iso
from goround.pages.wording import LONGEST_NAME, one_line
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.pages.reading import Reading

Json = dict[str, Any]


def card(reading: Reading, key: str) -> Json | None:
    """Return the card for whoever holds an invitation's key; None if no invitation has it.

    A link that is not open shows no more than how it stands and whom to ask.
    """
    view = reading.view
    inviting = [v for v in view.record.all_versions if _invites(v, key) and view.counts(v)]
    version = min(inviting, key=lambda v: v.order, default=None)
    if version is None:
        return None
    invitation = _invitation(reading, version) | state_of(reading, version)
    shown = {"collective": reading.replay.collective, "invitation": invitation}
    if invitation["state"] != "open":
        return {**shown, "members": [invitation["by"]]}
    return _open_card(reading, version) | shown


def _open_card(reading: Reading, version: Entry) -> Json:
    view, graph = reading.view, reading.replay.graph
    newest = sorted(graph.frontier(), key=lambda head: graph[head].lamport, reverse=True)
    heads = sorted(newest[:MOST_SEEN])
    return {
        "name": collective_name(reading),
        "purpose": reading.word(reading.replay.collective, "purpose"),
        "charter": summary(view.epoch.charter, len(view.epoch.members)),
        "members": names_of(reading, view.epoch.members.keys() - leaving(view)),
        "epoch": view.epoch.id,
        "heads": heads,
        "lamport": max((graph[head].lamport for head in heads), default=0),
        "others": [
            _invitation(reading, view.record.entries[other])
            for other in sorted(open_invitations(view) - {version.id})
        ],
    }


def _invites(version: Entry, key: str) -> bool:
    invite = changes(version)
    return isinstance(invite, Invite) and invite.key == key


def _invitation(reading: Reading, version: Entry) -> Json:
    place = next(n for n, e in enumerate(terms(version).effects) if isinstance(e, Invite))
    words = effect_words(reading.replay.words(version.id), place)
    return {
        "version": version.id,
        "effect": place,
        "name": one_line(text_of(words, "name"), LONGEST_NAME),
        "by": name_of(reading, reading.view.person(version)),
    }


def state_of(reading: Reading, version: Entry) -> Json:
    """Return whether an invitation is open, undecided, used (when, by whom) or taken back."""
    view, invite = reading.view, changes(version)
    if version.id in open_invitations(view):
        return {"state": "open"}
    for epoch in reversed(view.epoch.line()):
        change = view.record.entries[epoch.change]
        if isinstance(change.fact, Accept) and change.fact.version == version.id:
            who = name_of(reading, view.person(change))
            return {"state": "used", "at": iso(change.at), "used_by": who}
    used = isinstance(invite, Invite) and invite.key in view.epoch.used_keys
    if used or taken_back(view, version.id):
        return {"state": "taken back"}
    return {"state": "undecided"}
