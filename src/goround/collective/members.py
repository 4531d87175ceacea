"""Who we are: how people come, are welcomed, go away for a while, come back and leave.

Coming takes an invitation that everyone stands behind and an acceptance that the newcomer
signs; between the acceptance and its seal they are joining. Leaving takes nobody's leave.
What of this changes the constitution, and when, stands in `constitution` (design 4.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from msgspec import Meta

from goround.collective.devices import after_retirement
from goround.collective.effects import Invite
from goround.collective.entry import Fact, PersonId
from goround.collective.proposals import (
    changes,
    concerns_signer,
    find_version,
    invitation_in,
    terms,
)
from goround.collective.reasons import Reason
from goround.collective.record import remembered, settled_by_upheavals
from goround.collective.references import EpochRef, EventRef, KeyRef, Signature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goround.collective.entry import Entry
    from goround.collective.epoch import Epoch
    from goround.collective.record import View
    from goround.ids import EventId

# --- Facts -------------------------------------------------------------------


class Accept(Fact, frozen=True, tag="accept"):
    """A newcomer accepted an invitation, and agreed to the open ones named in `behind` (C27)."""

    about: ClassVar[str] = "version"
    version: EventRef
    effect: Annotated[int, Meta(ge=0, le=31)]
    epoch: EpochRef
    proof: Signature
    behind: Annotated[tuple[EventRef, ...], Meta(max_length=64)]


class Welcome(Fact, frozen=True, tag="welcome"):
    """Somebody knows who it is that joins with this device."""

    about: ClassVar[str] = "device"
    device: KeyRef


class TakeBack(Fact, frozen=True, tag="take_back"):
    """A member took an invitation back."""

    about: ClassVar[str] = "version"
    version: EventRef


class Leave(Fact, frozen=True, tag="leave"):
    """Somebody leaves."""


class Away(Fact, frozen=True, tag="away"):
    """Somebody is away until they say that they are back."""


class Back(Fact, frozen=True, tag="back"):
    """Somebody is back."""


class Name(Fact, frozen=True, tag="name"):
    """Somebody said in words what they are called from now on."""


# --- State -------------------------------------------------------------------


@settled_by_upheavals
def leaving(view: View) -> frozenset[PersonId]:
    """Return who has signed their leaving: they are not asked and not waited for (C33)."""
    said = [e for e in view.all_said(Leave) if not after_retirement(view, e)]
    return frozenset(view.person(e) for e in said)


@settled_by_upheavals
def staying(view: View) -> frozenset[PersonId]:
    """Return the members who have not signed their leaving (C33)."""
    return frozenset(view.epoch.members.keys() - leaving(view))


@settled_by_upheavals
def heirs(view: View) -> dict[PersonId, PersonId]:
    """Return who came in whose place, having lost every device: what they held moves along."""
    found: dict[PersonId, PersonId] = {}
    for epoch in view.epoch.line():
        came, before = view.record.entries[epoch.change], epoch.predecessor
        if before and isinstance(came.fact, Accept):
            lost = before.members.keys() - epoch.members.keys()
            found |= dict.fromkeys(lost, view.record.signer(came))
    return found


def now_known_as(view: View, person: PersonId) -> PersonId:
    """Return who somebody is now, if they came back in their own place."""
    known = heirs(view)
    while person in known:
        person = known[person]
    return person


@settled_by_upheavals
def away(view: View) -> frozenset[PersonId]:
    """Return the members who are away; of away and back that crossed, back counts (C34)."""
    words: dict[PersonId, list[Entry]] = {}
    for entry in [*view.all_said(Away), *view.all_said(Back)]:
        words.setdefault(view.person(entry), []).append(entry)
    return frozenset(
        person
        for person, said in words.items()
        if person in view.epoch.members
        and all(isinstance(e.fact, Away) for e in view.record.latest(said))
    )


@settled_by_upheavals
def present(view: View) -> frozenset[PersonId]:
    """Return the members who neither are away nor have signed their leaving."""
    return staying(view) - away(view)


def invitation(view: View, accept: Accept) -> Invite | None:
    """Return the invitation that an acceptance names."""
    version = find_version(view, accept.version)
    return invitation_in(version, accept.effect) if version else None


def acceptances(view: View, person: PersonId) -> list[Entry]:
    """Return what somebody accepted, in order; several acceptances are one person's."""
    said = (e for e in view.all_said(Accept) if view.person(e) == person)
    return sorted(said, key=lambda e: e.order)


@remembered
def joining(view: View) -> Mapping[PersonId, Entry]:
    """Return the newcomers whose acceptance can yet come into force, with their last (C31)."""
    found: dict[PersonId, Entry] = {}
    for entry in sorted(view.all_said(Accept), key=lambda e: e.order):
        person = view.person(entry)
        if person not in view.epoch.former | leaving(view) and not _is_dead(view, entry):
            found[person] = entry
    return found


def _is_dead(view: View, accepted: Entry) -> bool:
    """Tell whether an invitation was used by somebody else or taken back meanwhile."""
    invite = invitation(view, accepted.fact) if isinstance(accepted.fact, Accept) else None
    return invite is None or invite.key in view.epoch.used_keys


def taken_back(view: View, version: EventId) -> list[Entry]:
    """Return the takings back of an invitation by members of this epoch."""
    return [e for e in view.said(TakeBack, version) if view.person(e) in view.epoch.members]


# --- Rules -------------------------------------------------------------------


def why_not_accept(  # noqa: PLR0911 - a newcomer is asked seven things, one after the other
    view: View, entry: Entry, accept: Accept, named: Epoch | None
) -> Reason | None:
    """Tell why an acceptance counts for nothing (C26); `named` is its epoch, if in force."""
    person = PersonId(entry.device)
    if view.record.persons[entry.id] != person or person in view.epoch.former:
        return Reason.BELONGS_TO_SOMEBODY
    if named is None:
        return Reason.EPOCH_NOT_IN_FORCE
    invite = invitation(view, accept)
    if invite is None:
        return Reason.NO_INVITATION
    if not entry.proved:  # asked only of a version in its past, so the same for everybody
        return Reason.NOT_PROVED
    if invite.key in view.epoch.used_keys:
        return why_dead(view, accept.version)
    if not all(_invites(view, version) for version in accept.behind):
        return Reason.NO_INVITATION
    return Reason.AGREES_TO_MORE if _agrees_to_more(view, person, accept) else None


def _invites(view: View, version: EventId) -> bool:
    entry = find_version(view, version)
    return entry is not None and isinstance(changes(entry), Invite)


def why_dead(view: View, version: EventId) -> Reason:
    """Tell how an invitation ended: taken back, or used."""
    gone = any(e.id in view.epoch.changes for e in taken_back(view, version))
    return Reason.TAKEN_BACK if gone else Reason.INVITATION_USED


def _agrees_to_more(view: View, person: PersonId, accept: Accept) -> bool:
    # a repetition's `behind` lies within that of the first (C28)
    first = next((e.fact for e in acceptances(view, person)), None)
    return isinstance(first, Accept) and not set(accept.behind) <= set(first.behind)


def why_not_welcome(view: View, welcome: Welcome) -> Reason | None:
    """Tell why somebody cannot be welcomed (C29)."""
    known = view.record.by_kind.get(Accept, ())
    accepted = any(e.device == welcome.device and e.id in view.past for e in known)
    return None if accepted else Reason.NOT_JOINING


def why_not_take_back(view: View, entry: Entry, taking: TakeBack) -> Reason | None:
    """Tell why an invitation cannot be taken back (C30)."""
    version = find_version(view, taking.version)
    if version is None or not isinstance(changes(version), Invite):
        return Reason.NO_INVITATION
    concerned = concerns_signer(view, entry, terms(version).effects)
    return Reason.CONCERNS_SIGNER if concerned else None
