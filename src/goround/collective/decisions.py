"""When a version is decided, and for whom that stands.

A decision is complete at an event in whose past its rule is met; that is judged once and
stays. It stands for the epoch of that event and for each next one if everyone who became
party to the next had found it, so nobody is bound by what they neither took part in nor
found (design 4.2). What no longer stands is open again, positions kept.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from goround.collective.charter import PROTECTED
from goround.collective.closing import window_ended
from goround.collective.constitution import ends_knowing
from goround.collective.effects import Invite, Release
from goround.collective.entry import PersonId
from goround.collective.members import Accept, Back, away, staying, why_dead
from goround.collective.positions import FOR, SUPPORT, answers
from goround.collective.proposals import (
    LEAST_FOR_RELEASE,
    changes,
    current,
    proposal_of,
    terms,
    was_sealed_knowing,
    withdrawn,
)
from goround.collective.reasons import Reason
from goround.collective.record import Completion, Given, View, remembered_of
from goround.collective.release import heard_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.collective.entry import Entry
    from goround.collective.epoch import Epoch
    from goround.ids import EpochId, EventId


# --- State -------------------------------------------------------------------


class Tally(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Where a version stands with those who are asked.

    `asked` must be heard; `unheard` of them said nothing yet; `waiting` asked for more
    time; `blocks` is how many blocks there are, `borne` how many the rule bears, `asides`
    and `most_asides` likewise; `closed_over` says that those unheard are passed over.
    """

    asked: frozenset[PersonId]
    answers: dict[PersonId, Given]
    unheard: frozenset[PersonId]
    waiting: frozenset[PersonId]
    blocks: int
    borne: int
    asides: int
    most_asides: int
    closed_over: bool

    @property
    def met(self) -> bool:
        """Tell whether the rule is met: silence is never agreement, and somebody agrees (C58)."""
        return (
            (self.closed_over or not (self.unheard or self.waiting))
            and self.blocks <= self.borne
            and self.asides <= self.most_asides
            and any(given.stance in FOR for given in self.answers.values())
        )


def asked(view: View, version: Entry) -> frozenset[PersonId]:
    """Return who must be heard on a version (design 4.1 for changes, 4.2 for the rest) (C11)."""
    everyone = staying(view) - _concerned(view, version)  # who is joining is not asked (C32)
    matter = terms(version).matter
    if matter in PROTECTED or view.epoch.charter.word(f"{matter}_heard") == "everyone":
        return everyone
    gone = away(view)
    return everyone - (gone - answers(view, version.id).keys()) if gone else everyone


def _concerned(view: View, version: Entry) -> frozenset[PersonId | None]:
    match changes(version):
        case Release(member=member):
            return frozenset({view.epoch.person(member)})
        case Invite(replaces=member) if member:
            return frozenset({view.epoch.person(member)})
        case _:
            return frozenset()


@remembered_of
def tally(view: View, version: Entry) -> Tally:
    """Count what everybody said on a version in this view (C57)."""
    must, matter = asked(view, version), terms(version).matter
    concerned = _concerned(view, version)
    said = {p: g for p, g in answers(view, version.id).items() if p not in concerned}
    stances = [given.stance for given in said.values()]
    unheard = must - said.keys()
    waiting = frozenset(p for p, given in said.items() if given.stance == "time")
    charter = view.epoch.charter
    return Tally(
        asked=must,
        answers=said,
        unheard=unheard,
        waiting=waiting,
        blocks=stances.count("block"),
        borne=charter.bears(matter, len(view.epoch.members)),
        asides=stances.count("aside"),
        most_asides=charter.asides(matter, len(must)),
        closed_over=bool(unheard or waiting) and _passes_unheard(view, version),
    )


def _passes_unheard(view: View, version: Entry) -> bool:
    matter = terms(version).matter
    if matter in PROTECTED or view.epoch.charter.word(f"{matter}_unheard") != "pass":
        return False
    return window_ended(view, version)


def rule_met(view: View, version: Entry) -> bool:
    """Tell whether a version's rule is met in this view, and nothing newer is there (C58)."""
    proposal = proposal_of(version)
    if current(view, proposal) != version or withdrawn(view, proposal):
        return False
    if is_spent(view, version):
        return False
    return changes_possible(view, version) and tally(view, version).met


def is_spent(view: View, version: Entry) -> bool:
    """Tell whether what a version would change is in force: it can change nothing more."""
    change = changes(version)
    used = isinstance(change, Invite) and change.key in view.epoch.used_keys
    return used or version.id in view.epoch.changes


def changes_possible(view: View, version: Entry) -> bool:
    """Tell whether a release or a replacing has what it needs beside consent (design 4.1) (C35)."""
    match changes(version):
        case Release() as release:
            return _enough(view) and heard_out(view, version, release)
        case Invite(replaces=member) if member:
            return _enough(view)
        case _:
            return True


def _enough(view: View) -> bool:
    return len(view.epoch.members) >= LEAST_FOR_RELEASE


# --- Completing --------------------------------------------------------------


def completion_at(view: View, event: EventId, version: Entry) -> Completion | None:
    """Return the completion of a version at an event, whose reflexive view this is (C59)."""
    if not view.counts(version) or decided(view, version.id) or not rule_met(view, version):
        return None
    said = answers(view, version.id).items()
    answered = {who for who, given in said if given.stance != "time"}
    silent = frozenset(view.epoch.members.keys() - answered)
    passed = (silent & staying(view)) - away(view) - _concerned(view, version)
    return Completion(version.id, event, view.epoch.id, silent & away(view), passed)


# --- Standing ----------------------------------------------------------------


def standing(view: View, version: EventId) -> Iterator[Completion]:
    """Yield the completions of a version that stand in this view (C62)."""
    return (c for c in view.record.completions.get(version, ()) if stands(view, c))


def decided(view: View, version: EventId) -> bool:
    """Tell whether a version is decided for those of this view's epoch (C63)."""
    return version in view.epoch.changes or any(standing(view, version))


def was_decided(view: View, version: EventId) -> bool:
    """Tell whether a version was ever decided for those of this view's chain of epochs."""
    known = view.record.completions.get(version, ())
    return any(c.event in view.past and c.epoch in view.epoch.chain for c in known)


@remembered_of
def stands(view: View, completion: Completion) -> bool:
    """Tell whether a decision stands: all who became party to a later epoch had found it (C62)."""
    if completion.event not in view.past or completion.epoch not in view.epoch.chain:
        return False
    later = list(view.epoch.steps_after(completion.epoch))
    return (
        all(_found(view, completion, epoch) for epoch in later)
        and not any(_passed_by(view, completion, person) for person in completion.missed)
        and not (later and _is_late(view, completion, later[-1]))
    )


def _is_late(view: View, completion: Completion, step: Epoch) -> bool:
    """Tell whether its epoch may have been over for somebody whom it passed over."""
    unheard = any(_never_heard(view, completion, person) for person in completion.passed)
    return unheard and not ends_knowing(view, step, completion.event)


def _never_heard(view: View, completion: Completion, person: PersonId) -> bool:
    """Tell whether somebody was passed over, and had not found it before the next epoch came."""
    record, chain = view.record, view.record.epochs[completion.epoch].chain
    return person in view.epoch.members and not any(
        entry.id in view.past
        and record.epoch_of[entry.id] in chain
        and completion.event in record.pasts.past(entry.id)
        for entry in record.by_person.get(person, ())
    )


def _found(view: View, completion: Completion, epoch: Epoch) -> bool:
    change = view.record.entries[epoch.change]
    if isinstance(change.fact, Accept):
        return completion.event in view.record.pasts.past(change.id)
    if epoch.charter_id != epoch.change or epoch.predecessor is None:
        return True
    knew, past = _consents(view, epoch.id), view.record.pasts.past
    silent = [
        person
        for person in epoch.predecessor.members
        if not any(completion.event in past(word) for word in knew.get(person, ()))
    ]
    if not silent:
        return True
    then = View(view.record, past(completion.event), epoch.predecessor)
    return staying(then).isdisjoint(silent)


@remembered_of
def _consents(view: View, epoch: EpochId) -> dict[PersonId, list[EventId]]:
    """Return the words for a charter, of each person, that were known when it was sealed."""
    record, changed = view.record, view.record.epochs[epoch]
    before = View(record, view.past, changed.predecessor or changed)
    found: dict[PersonId, list[EventId]] = {}
    for given in record.given.get(changed.change, ()):
        counts = given.stance in SUPPORT and before.counts(given.entry)
        if counts and was_sealed_knowing(before, changed, given.entry):
            found.setdefault(given.person, []).append(given.entry.id)
    return found


def _passed_by(view: View, completion: Completion, person: PersonId) -> bool:
    if person not in view.epoch.members:
        return False
    after = view.record.pasts.past(completion.event)
    backs = [back for back in view.said(Back, person) if back.id not in after]
    return any(not _found_before(view, completion, back, person) for back in backs)


def _found_before(view: View, completion: Completion, back: Entry, person: PersonId) -> bool:
    return any(
        completion.event in view.record.pasts.past(entry.id)
        for entry in _last_before(view, back, person)
    )


def _last_before(view: View, back: Entry, person: PersonId) -> Iterator[Entry]:
    """Yield somebody's return, and the last that each other device of theirs said not after it.

    What one device knew, its next event knows too; so no other event can have known more.
    """
    yield back
    record = view.record

    def is_later(entry: Entry) -> bool:
        return entry.id not in view.past or record.before(back, entry)

    for device in record.devices_of.get(person, ()):
        said = record.by_device[device]
        if device in record.forked:
            yield from (entry for entry in said if not is_later(entry))
        elif device != back.device:
            before = bisect_left(said, True, key=is_later)  # noqa: FBT003 - False comes before it
            yield from said[max(0, before - 1) : before]


# --- Rules -------------------------------------------------------------------


def why_too_late(view: View, version: Entry) -> Reason | None:
    """Tell why nothing more can be said on a version: it is in force, or decided (C51)."""
    if version.id in view.epoch.changes:
        return Reason.DECIDED
    change = changes(version)
    if isinstance(change, Invite):
        return why_dead(view, version.id) if is_spent(view, version) else None
    if change is not None:
        return None
    return Reason.DECIDED if decided(view, version.id) else None
