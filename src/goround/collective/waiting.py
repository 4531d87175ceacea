"""Which decisions an event completes, without asking about each one that ever was.

A version can only be decided where everyone who is present said something, or somebody
signed that its date has passed. So whatever is said about a version stirs it only from then
on, and a device looks at what was stirred since its last event, and again at what others
knew more of than it did. What an upheaval can decide is looked at by each device when it
comes to know of it: the versions on which all of those said something whom it takes for
present now. And where somebody new, or somebody back, has not found a decision, that
version is stirred anew. This is a shortcut and changes no answer: asking about all versions
at each event gives the same completions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.constitution import word
from goround.collective.decisions import completion_at
from goround.collective.effects import Invite, Release
from goround.collective.members import Accept, Back, present
from goround.collective.outlook import Behind
from goround.collective.positions import SUPPORT
from goround.collective.proposals import Version, changes, proposal_of
from goround.ids import EpochId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import Entry, Past, PersonId
    from goround.collective.epoch import Epoch
    from goround.collective.outlook import Horizon, Outlook
    from goround.collective.record import Completion, Record, View
    from goround.ids import DeviceId, EventId

NOBODY: frozenset[PersonId] = frozenset()

# --- Stirring ----------------------------------------------------------------


def open_up(record: Record, version: Entry) -> None:
    """Begin to look whether a version is decided."""
    outlook, change = record.outlook, changes(version)
    if isinstance(change, Release) or (isinstance(change, Invite) and change.replaces):
        outlook.anyway.add(version.id)  # somebody who is present is not asked
    spoken = outlook.spoken.setdefault(version.id, NOBODY)
    outlook.undecided.setdefault(spoken, {})[version.id] = version
    older = [o for o in record.versions[proposal_of(version)] if o.order < version.order]
    is_passing = bool(older) and _may_count_no_more(record, version)
    for other in older:
        if is_passing:
            stir_again(record, other.id, version.id)
        else:  # whoever does not know of the newer one may decide it yet
            _settle(outlook, other.id)
            outlook.stirred.append(other)


def _may_count_no_more(record: Record, version: Entry) -> bool:
    """Tell whether whoever worded it is a member no more in an epoch that is known (C45)."""
    person, known = record.persons[version.id], record.outlook.examined.values()
    return any(person in epoch.former and person not in epoch.members for epoch in known)


def _settle(outlook: Outlook, version: EventId) -> None:
    """Look at a version no more when somebody comes to know of an upheaval."""
    outlook.undecided.get(outlook.spoken[version], {}).pop(version, None)


def hear(record: Record, version: EventId, person: PersonId) -> None:
    """Remember that somebody gave a word on a version."""
    outlook = record.outlook
    before = outlook.spoken.get(version, NOBODY)
    if person in before:
        return
    after = outlook.spoken[version] = before | {person}
    entry = outlook.undecided.get(before, {}).pop(version, None)
    if entry:
        outlook.undecided.setdefault(after, {})[version] = entry


def touch(record: Record, proposal: EventId, event: EventId) -> None:
    """Remember that an event may decide a proposal, or keep it from being decided."""
    outlook = record.outlook
    outlook.touch(proposal, event)
    for version in record.versions.get(proposal, ()):
        if outlook.least is None or may_be_met(outlook, version, outlook.least):
            outlook.stirred.append(version)


def may_be_met(outlook: Outlook, version: Entry, here: frozenset[PersonId]) -> bool:
    """Tell whether everyone who is present said something on a version, or need not have."""
    return here <= outlook.spoken[version.id] or version.id in outlook.anyway


def stir_again(record: Record, version: EventId, event: EventId) -> None:
    """Look again at a version that was decided: since this event it may not be any more."""
    outlook = record.outlook
    entry = _stir(record, version, event)
    outlook.undecided.setdefault(outlook.spoken[version], {})[version] = entry


def _stir(record: Record, version: EventId, event: EventId) -> Entry:
    """Let each device look at a version until it knows of an event."""
    entry = record.entries[version]
    record.outlook.touch(proposal_of(entry), event)
    record.outlook.stirred.append(entry)
    return entry


# --- Completing --------------------------------------------------------------


def complete(view: View, entry: Entry, horizon: Horizon, *, steady: bool) -> None:
    """Record what an event completes; the view is its own past, itself included."""
    record, here = view.record, present(view)
    steady = steady and horizon.present is not None
    if not steady:
        _examine(record, view.epoch)
    stirred = list(candidates(view, horizon, steady=steady))
    _learn(record.outlook, horizon, view.past)
    for version in stirred:
        if may_be_met(record.outlook, version, here) and not _stands_surely(view, version):
            completion = completion_at(view, entry.id, version)
            if completion:
                _keep(record, completion)
    _remember(record.outlook, horizon, stirred, view.past)
    if not steady:
        horizon.present = here
        record.outlook.horizons[entry.device] = horizon
        _find_least(record.outlook)


def _stands_surely(view: View, version: Entry) -> bool:
    """Tell, of nearly all that is decided, that it is: in this epoch, while nobody was away."""
    return any(
        known.epoch == view.epoch.id and not known.missed and known.event in view.past
        for known in view.record.completions.get(version.id, ())
    )


def candidates(view: View, horizon: Horizon | None, *, steady: bool) -> Iterable[Entry]:
    """Return the versions that may be decided at a device's event and were not at its last one."""
    outlook = view.record.outlook
    if outlook.several_ways and not steady:
        return list(view.record.all_versions)
    found: dict[EventId, Entry] = {}
    for name, behind in horizon.behind.items() if horizon else ():
        if not steady or any(event in view.past for event in behind.unknown):
            found[name] = behind.version
    for version in outlook.stirred[horizon.reached if horizon else 0 :]:
        found[version.id] = version
    if not steady:
        found |= _upset(view, present(view))
    return found.values()


def _upset(view: View, here: frozenset[PersonId]) -> dict[EventId, Entry]:
    """Return what an upheaval may decide."""
    record, outlook = view.record, view.record.outlook
    found: dict[EventId, Entry] = {}
    for spoken, versions in outlook.undecided.items():
        if here <= spoken:
            found |= versions
    for name in outlook.anyway:
        if name in outlook.undecided.get(outlook.spoken[name], ()):
            found[name] = record.entries[name]
    return found


def asked_again(view: View, device: DeviceId) -> Iterable[Entry]:
    """Return the versions that may be decided by all that is here and not by a device's chain."""
    horizon = view.record.outlook.horizons.get(device)
    outlook, here = view.record.outlook, present(view)
    steady = (
        horizon is not None
        and horizon.present is not None
        and horizon.epoch is view.epoch
        and outlook.is_steady(horizon, view.past)
    )
    is_known = view.epoch.id in outlook.examined  # else nobody has said anything in it yet
    found = candidates(view, horizon, steady=steady) if is_known else view.record.all_versions
    return [version for version in found if may_be_met(outlook, version, here)]


def _learn(outlook: Outlook, horizon: Horizon, past: Past) -> None:
    """Go on to the first touch that a device does not know."""
    touches, known = outlook.touches, horizon.known
    while known < len(touches) and touches[known] in past:
        known += 1
    horizon.known = known


def _remember(outlook: Outlook, horizon: Horizon, stirred: Iterable[Entry], past: Past) -> None:
    """Remember of which versions others knew more than a device did."""
    if stirred:
        horizon.behind = dict(horizon.behind)
    for version in stirred:
        unknown = outlook.unknown(horizon, proposal_of(version), past)
        horizon.behind.pop(version.id, None)
        if unknown:
            horizon.behind[version.id] = Behind(version, unknown)
    horizon.reached = len(outlook.stirred)


def _find_least(outlook: Outlook) -> None:
    known = [h.present for h in outlook.horizons.values() if h.present is not None]
    sure = known and not outlook.several_ways
    outlook.least = frozenset.intersection(*known) if sure else None


# --- What becomes of decisions -----------------------------------------------


def _keep(record: Record, completion: Completion) -> None:
    outlook, version, event = record.outlook, completion.version, completion.event
    record.completions[version].append(completion)
    record.completed.append(completion)
    _settle(outlook, version)
    _stir(record, version, event)  # whoever does not know of it may complete the same
    for person in completion.missed:
        outlook.missed_by[person].append(completion)
        for back in record.by_subject.get((Back, person), ()):
            if back.id not in record.pasts.past(event):
                stir_again(record, version, back.id)
    if any(_is_later(epoch, completion) for epoch in outlook.examined.values()):
        stir_again(record, version, event)


def _is_later(epoch: Epoch, completion: Completion) -> bool:
    return epoch.id != completion.epoch and completion.epoch in epoch.chain


def come_back(record: Record, back: Entry, person: PersonId) -> None:
    """Look again at what was decided without somebody who is back and has not found it."""
    past = record.pasts.past(back.id)
    for completion in record.outlook.missed_by.get(person, ()):
        if completion.event not in past:
            stir_again(record, completion.version, back.id)


def _examine(record: Record, epoch: Epoch) -> None:
    """Look at each epoch once, as soon as somebody lives in it: which decisions may it not find?"""
    outlook = record.outlook
    for step in epoch.steps_after(EpochId("")):
        if step.id in outlook.examined:
            return
        known = [e.predecessor for e in outlook.examined.values()]
        outlook.several_ways |= step.predecessor is not None and step.predecessor in known
        outlook.examined[step.id] = step
        for device in [d for d, h in outlook.horizons.items() if h.person not in step.members]:
            del outlook.horizons[device]
        _look_behind_newer_words(record, step)
        consents = _consents(record, step)
        for completion in record.completed:
            if _is_later(step, completion) and _may_fall(record, completion, step, consents):
                stir_again(record, completion.version, step.change)


def _look_behind_newer_words(record: Record, step: Epoch) -> None:
    """Look at what came before the words of somebody who went: those may count no more (C45)."""
    gone = step.predecessor.members.keys() - step.members.keys() if step.predecessor else ()
    for version in record.by_kind.get(Version, ()) if gone else ():
        if record.persons[version.id] in gone:
            for other in record.versions[proposal_of(version)]:
                stir_again(record, other.id, step.change)


def _consents(record: Record, step: Epoch) -> list[tuple[Past, ...]] | None:
    """Return what those knew who consented to a new charter, as all who sealed it know."""
    before = step.predecessor
    if before is None or step.charter_id != step.change:
        return None
    seals = [e for e in record.seals.get(before.id, ()) if word(e).change == step.change]
    sealed = [record.pasts.past(seal.id) for seal in seals]
    given = [
        g
        for g in record.given.get(step.change, ())
        if g.stance in SUPPORT and all(g.entry.id in past for past in sealed)
    ]
    past = record.pasts.past
    return [tuple(past(g.entry.id) for g in given if g.person == p) for p in before.members]


def _may_fall(
    record: Record, completion: Completion, step: Epoch, consents: list[tuple[Past, ...]] | None
) -> bool:
    """Tell whether somebody who became party to an epoch may not have found a decision (C62)."""
    event, change = completion.event, record.entries[step.change]
    past = record.pasts.past(change.id)
    if isinstance(change.fact, Accept) and event not in past:
        return True
    if consents and not all(any(event in known for known in own) for own in consents):
        return True
    members = completion.passed & step.members.keys()
    return any(not _knew(record, person, completion, past) for person in members)


def _knew(record: Record, person: PersonId, completion: Completion, past: Past) -> bool:
    known = (e for e in reversed(record.by_person.get(person, ())) if e.id in past)
    last = next(known, None)
    return last is not None and completion.event in record.pasts.past(last.id)
