"""When a change is ripe: everyone who must stand behind it does, and it changes something.

An acceptance needs most: an open invitation that everyone stands behind, room, somebody who
knows the newcomer, and a newcomer who has found whatever was decided meanwhile (design 4.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.decisions import (
    decided,
    is_spent,
    rule_met,
    standing,
    was_decided,
)
from goround.collective.devices import after_retirement
from goround.collective.effects import Invite, Release, SetCharter
from goround.collective.members import (
    Accept,
    Leave,
    TakeBack,
    Welcome,
    invitation,
    leaving,
    taken_back,
)
from goround.collective.positions import SUPPORT, answer_of
from goround.collective.proposals import (
    Propose,
    Version,
    changes,
    find_version,
)
from goround.collective.record import View

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.collective.epoch import Epoch
    from goround.ids import EventId


def ripe_changes(view: View) -> list[Entry]:
    """Return what could come into force next, in order (C12)."""
    known = [
        *view.all_said(Leave),
        *view.all_said(TakeBack),
        *view.all_said(Accept),
        *(version for version in view.record.changing if view.counts(version)),
    ]
    return sorted((e for e in known if is_ripe(view, e)), key=lambda e: e.order)


def is_ripe(view: View, change: Entry) -> bool:
    """Tell whether everyone who must stand behind a change does, and it changes something (C12)."""
    if not view.counts(change) or change.id in view.epoch.changes:
        return False
    match change.fact:
        case Leave():
            gone = after_retirement(view, change)
            return view.person(change) in view.epoch.members and not gone
        case TakeBack(version=version):
            return _can_be_taken_back(view, change, version)
        case Accept() as accept:
            return _acceptance_is_ripe(view, change, accept)
        case Propose() | Version():
            return _version_is_ripe(view, change)
        case _:
            return False


def _can_be_taken_back(view: View, change: Entry, version: EventId) -> bool:
    entry = find_version(view, version)
    invite = changes(entry) if entry else None
    open_ = isinstance(invite, Invite) and invite.key not in view.epoch.used_keys
    return open_ and view.person(change) in view.epoch.members and was_decided(view, version)


def _version_is_ripe(view: View, version: Entry) -> bool:
    match changes(version):
        case Release(member=member) if view.epoch.person(member) is None:
            return False
        case SetCharter(from_=before) if before != view.epoch.charter_id:
            return False
        case Release() | SetCharter():
            return rule_met(view, version)
        case _:
            return False


def _acceptance_is_ripe(view: View, change: Entry, accept: Accept) -> bool:
    version, invite = find_version(view, accept.version), invitation(view, accept)
    newcomer = view.person(change)
    if version is None or invite is None or newcomer in view.epoch.former | leaving(view):
        return False
    if invite.key in view.epoch.used_keys or taken_back(view, version.id):
        return False
    if not _has_room(view, invite):
        return False
    return (
        rule_met(view, version)
        and is_welcomed(view, change, version, invite)
        and not is_stale(view, change)
    )


def _has_room(view: View, invite: Invite) -> bool:
    """Tell whether there is a place: that of a lost membership, or one that the charter leaves."""
    if invite.replaces:
        return view.epoch.person(invite.replaces) is not None
    return len(view.epoch.members) < view.epoch.charter.number("most_members")


def is_welcomed(view: View, change: Entry, version: Entry, invite: Invite) -> bool:
    """Tell whether somebody besides the inviter knows the newcomer, if there is any (C13)."""
    inviter = view.person(version)
    others = view.epoch.members.keys() - leaving(view) - {inviter}
    if invite.replaces:
        others -= {view.epoch.person(invite.replaces)}
    welcomed = {view.person(e) for e in view.said(Welcome, change.device)}
    return not others or bool(welcomed & others)


def is_stale(view: View, change: Entry) -> bool:
    """Tell whether the newcomer has yet to find something that came about meanwhile (C14)."""
    known = view.record.pasts.past(change.id)
    own = view.record.epoch_of[change.id]
    if not all(was_agreed(view, change, epoch) for epoch in view.epoch.steps_after(own)):
        return True
    return any(
        decided(view, version)
        and not is_spent(view, view.record.entries[version])
        and not any(completion.event in known for completion in standing(view, version))
        for version, found in view.record.completions.items()
        if any(completion.event not in known for completion in found)
    )


def was_agreed(view: View, change: Entry, epoch: Epoch) -> bool:
    came = view.record.entries[epoch.change].fact
    if isinstance(came, Leave | TakeBack):
        return True
    return isinstance(came, Accept) and agreed(view, change, came.version)


def agreed(view: View, change: Entry, version: EventId) -> bool:
    """Tell whether a newcomer agreed to an invitation, as their acceptance knows."""
    record, newcomer = view.record, view.person(change)
    own = View(record, record.pasts.past(change.id), record.epochs[record.epoch_of[change.id]])
    given = answer_of(own, version, newcomer)
    return given is not None and given.stance in SUPPORT
