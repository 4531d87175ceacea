"""What is put forward: proposals, their versions, who carries them, the talk around them.

A proposal's id is that of its first version, and a version names its exact words, so a
position on it is consent to those words and to nothing else. Those who carry a proposal
put forward its next versions; it is withdrawn when nobody carries it any more (process.md
1.1, 1.2 as far as they need no chairperson; design 4.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from goround.collective.charter import MATTERS, Matter, why_not_values
from goround.collective.effects import (
    MATTER_OF,
    EffectList,
    End,
    Erase,
    Invite,
    Release,
    SetCharter,
    change_of,
)
from goround.collective.entry import Fact
from goround.collective.reasons import Reason
from goround.collective.record import remembered_of
from goround.collective.references import EventRef

if TYPE_CHECKING:
    from goround.collective.effects import (
        AnyEffect,
    )
    from goround.collective.entry import Entry, PersonId
    from goround.collective.epoch import Epoch
    from goround.collective.record import View
    from goround.ids import EventId

LEAST_FOR_RELEASE = 3
"""Below that, nobody is released or replaced (design 4.1)."""


# --- Facts -------------------------------------------------------------------


class Propose(Fact, frozen=True, tag="propose"):
    """Somebody put a proposal forward (C41). Dates are ms since 1970, 0 for none."""

    matter: Matter
    effects: EffectList
    review: int
    until: int


class Version(Fact, frozen=True, tag="version"):
    """Somebody who carries a proposal put forward its next version."""

    about: ClassVar[str] = "proposal"
    proposal: EventRef
    prev: EventRef
    matter: Matter
    effects: EffectList
    review: int
    until: int


class Carry(Fact, frozen=True, tag="carry"):
    """Somebody carries the proposal too."""

    about: ClassVar[str] = "proposal"
    proposal: EventRef


class Withdraw(Fact, frozen=True, tag="withdraw"):
    """Somebody carries the proposal no more."""

    about: ClassVar[str] = "proposal"
    proposal: EventRef


class Say(Fact, frozen=True, tag="say"):
    """Somebody said, asked or answered something, about a proposal or anything in it."""

    about: ClassVar[str] = "on"
    on: EventRef


class Suggest(Fact, frozen=True, tag="suggest"):
    """Somebody suggested a change for those who carry the proposal to take up."""

    about: ClassVar[str] = "version"
    version: EventRef


# --- State -------------------------------------------------------------------


def terms(entry: Entry) -> Propose | Version:
    """Return what a version says it is about and would do."""
    if isinstance(entry.fact, Propose | Version):
        return entry.fact
    message = f"{entry.id} is not a version"
    raise LookupError(message)


def proposal_of(entry: Entry) -> EventId:
    """Return the proposal that a version belongs to."""
    return entry.fact.proposal if isinstance(entry.fact, Version) else entry.id


def find_version(view: View, version: str) -> Entry | None:
    """Return a version by its id, if it counts here (C7)."""
    entry = view.find(version)
    return entry if entry and isinstance(entry.fact, Propose | Version) else None


def find_proposal(view: View, proposal: str) -> Entry | None:
    """Return the first version of a proposal by its id, if it counts here (C7)."""
    entry = view.find(proposal)
    return entry if entry and isinstance(entry.fact, Propose) else None


def versions(view: View, proposal: EventId) -> list[Entry]:
    """Return the versions of a proposal, in order."""
    known = view.record.versions.get(proposal, ())
    return sorted((v for v in known if is_known(view, v)), key=lambda v: v.order)


@remembered_of
def current(view: View, proposal: EventId) -> Entry | None:
    """Return the version that positions are taken on: of several, the greatest in order (C45)."""
    known = view.record.versions.get(proposal, ())
    return max((v for v in known if is_known(view, v)), key=lambda v: v.order, default=None)


def is_known(view: View, version: Entry) -> bool:
    """Tell whether a version counts: one by somebody who went, if it was known by then (C45)."""
    if not view.counts(version):
        return False
    person = view.person(version)
    if person in view.epoch.members or person not in view.epoch.former:
        return True
    went = next(e for e in view.epoch.line()[::-1] if _ended(e, person))
    return was_sealed_knowing(view, went, version)


def _ended(epoch: Epoch, person: PersonId) -> bool:
    before = epoch.predecessor
    return before is not None and person in before.members and person not in epoch.members


def was_sealed_knowing(view: View, epoch: Epoch, entry: Entry) -> bool:
    """Tell whether somebody who sealed an epoch's change had an entry in their past."""
    record, before = view.record, epoch.predecessor
    seals = record.seals.get(before.id, ()) if before else ()
    return any(
        seal.id in view.past
        and getattr(seal.fact, "change", "") == epoch.change
        and entry.id in record.pasts.past(seal.id)
        for seal in seals
    )


@remembered_of
def carriers(view: View, proposal: EventId) -> frozenset[PersonId]:
    """Return who carries a proposal: its author and whoever said so, until they let go (C43)."""
    first = find_proposal(view, proposal)
    said = [
        *view.said(Carry, proposal),
        *view.said(Withdraw, proposal),
        *([first] if first else []),
    ]
    by_person: dict[PersonId, list[Entry]] = {}
    for entry in said:
        by_person.setdefault(view.person(entry), []).append(entry)
    return frozenset(
        person
        for person, words in by_person.items()
        if any(not isinstance(e.fact, Withdraw) for e in view.record.latest(words))
    )


def withdrawn(view: View, proposal: EventId) -> bool:
    """Tell whether nobody carries a proposal any more (C43)."""
    return bool(view.said(Withdraw, proposal)) and not carriers(view, proposal)


# --- Rules -------------------------------------------------------------------


def why_not_terms(view: View, fact: Propose | Version) -> Reason | None:
    """Tell why a version cannot say or do what it does (C41)."""
    if any(fact.matter not in MATTER_OF.get(type(e), MATTERS) for e in fact.effects):
        return Reason.WRONG_MATTER
    if sum(isinstance(e, Invite | Release | SetCharter) for e in fact.effects) > 1:
        return Reason.TWO_CHANGES
    reasons = (why_not_effect(view, effect) for effect in fact.effects)
    return next((reason for reason in reasons if reason), None)


def why_not_effect(view: View, effect: AnyEffect) -> Reason | None:
    """Tell why an effect cannot be put forward; most can, and do nothing without ground (C42)."""
    match effect:
        case Invite(replaces=None) if len(view.epoch.members) >= _most(view):
            return Reason.TOO_MANY
        case SetCharter():
            return why_not_values(effect.set) if effect.set else Reason.MALFORMED
        case End():
            return None if find_version(view, effect.agreement) else Reason.NO_AGREEMENT
        case Erase():
            return None if view.find(effect.event) else Reason.NOT_KNOWN
        case _:
            return None


def _most(view: View) -> int:
    return view.epoch.charter.number("most_members")


def why_not_version(view: View, entry: Entry, version: Version) -> Reason | None:
    """Tell why a next version cannot be put forward (C44); `reopening` asks if it is too late."""
    if find_proposal(view, version.proposal) is None:
        return Reason.NOT_A_PROPOSAL
    if concerns_signer(view, entry, terms(entry).effects):
        return Reason.CONCERNS_SIGNER
    if view.record.persons[entry.id] not in carriers(view, version.proposal):
        return Reason.NOT_CARRIED
    prev = find_version(view, version.prev)
    if prev is None or proposal_of(prev) != version.proposal:
        return Reason.WRONG_PREVIOUS
    return why_not_terms(view, version)


def why_not_propose(view: View, entry: Entry, propose: Propose) -> Reason | None:
    """Tell why a proposal cannot be put forward (C43)."""
    if concerns_signer(view, entry, propose.effects):
        return Reason.CONCERNS_SIGNER
    return why_not_terms(view, propose)


def concerns_signer(view: View, entry: Entry, effects: tuple[AnyEffect, ...]) -> bool:
    """Tell whether effects would part whoever signed from the collective, or replace them (C47)."""
    change = change_of(effects)
    person = view.record.persons[entry.id]
    match change:
        case Release(member=member):
            return view.epoch.person(member) == person
        case Invite(replaces=member) if member:
            return view.epoch.person(member) == person
        case _:
            return False


def why_not_carry(view: View, entry: Entry, carry: Carry) -> Reason | None:
    """Tell why somebody cannot carry a proposal (C43)."""
    if find_proposal(view, carry.proposal) is None:
        return Reason.NOT_A_PROPOSAL
    known = versions(view, carry.proposal)
    concerned = any(concerns_signer(view, entry, terms(version).effects) for version in known)
    return Reason.CONCERNS_SIGNER if concerned else None


def why_not_withdraw(view: View, entry: Entry, withdraw: Withdraw) -> Reason | None:
    """Tell why somebody cannot let go of a proposal (C43)."""
    if find_proposal(view, withdraw.proposal) is None:
        return Reason.NOT_A_PROPOSAL
    carried = view.record.persons[entry.id] in carriers(view, withdraw.proposal)
    return None if carried else Reason.NOT_CARRYING


def why_not_suggest(view: View, suggest: Suggest) -> Reason | None:
    """Tell why a change cannot be suggested (C46)."""
    return None if find_version(view, suggest.version) else Reason.NOT_A_VERSION


def why_not_say(view: View, say: Say) -> Reason | None:
    """Tell why something cannot be said: only that nobody could know what it is about (C7)."""
    return None if say.on in view.past else Reason.NOT_KNOWN


def invitation_in(version: Entry, effect: int) -> Invite | None:
    """Return the invitation at a place among a version's effects."""
    effects = terms(version).effects
    found = effects[effect] if effect < len(effects) else None
    return found if isinstance(found, Invite) else None


def changes(version: Entry) -> Invite | Release | SetCharter | None:
    """Return how a version would change members or charter, if it does."""
    return change_of(terms(version).effects)
