"""Which decisions an event completes, without asking about each one that ever was.

Each device remembers the versions that its last event left undecided. Of those only the
ones are asked about again that something touched which is new to the device: an answer, a
close, a hearing, a newer version. What can touch all at once (a new epoch, somebody's going
away, coming back or leaving, a device found out or retired) has everything asked about
again. This is a shortcut and changes no answer: leaving it out gives the same completions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goround.collective.decisions import completion_at, decided
from goround.collective.devices import DeviceRetire
from goround.collective.members import Away, Back, Leave
from goround.collective.proposals import current, proposal_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import Entry
    from goround.collective.record import View
    from goround.ids import DeviceId, EpochId, EventId

TOUCHES_ALL = (Away, Back, Leave, DeviceRetire)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a device's newest event left undecided, and how far it had looked.

    `looked` counts the versions and `touched` the touches known here then; of the proposals
    `ahead` more was known here than to the device.
    """

    event: EventId
    epoch: EpochId
    upsets: tuple[int | None, ...]
    looked: int
    touched: int
    undecided: dict[EventId, Entry]
    ahead: frozenset[EventId]


def complete(view: View, entry: Entry) -> None:
    """Record what an event completes; the view is its own past, itself included."""
    record, last = view.record, _remembered(view, entry.device, entry.prev)
    undecided = dict(last.undecided) if last else {}
    for version in candidates(view, entry.device, entry.prev):
        undecided.pop(version.id, None)
        completion = completion_at(view, entry.id, version)
        if completion:
            record.complete(completion)
        elif not _is_over(view, version):
            undecided[version.id] = version
    record.waiting[entry.device] = Waiting(
        entry.id,
        view.epoch.id,
        _upsets(view),
        len(record.all_versions),
        len(record.touches),
        undecided,
        _ahead(view, last),
    )


def _remembered(view: View, device: DeviceId, prev: EventId | None) -> Waiting | None:
    """Return what a device remembers, unless something since can touch all of it."""
    last: Waiting | None = view.record.waiting.get(device)
    if last is None or prev not in (None, last.event) or last.epoch != view.epoch.id:
        return None
    return last if last.upsets == _upsets(view) else None


def candidates(view: View, device: DeviceId, prev: EventId | None = None) -> list[Entry]:
    """Return the versions that may not be decided for a device; `prev` is its event before."""
    record, last = view.record, _remembered(view, device, prev)
    if last is None:
        return list(record.all_versions)
    touched = {record.touches[n][0] for n in range(last.touched, len(record.touches))}
    touched |= last.ahead
    known = [v for v in last.undecided.values() if proposal_of(v) in touched]
    return [*known, *record.all_versions[last.looked :]]


def _ahead(view: View, last: Waiting | None) -> frozenset[EventId]:
    """Return the proposals that were touched by what this past does not hold yet."""
    touches = view.record.touches
    fresh = touches[last.touched :] if last else touches
    older: Iterable[EventId] = last.ahead if last else ()
    behind = {proposal for proposal, event in fresh if event not in view.past}
    return frozenset(behind | {p for p in older if _is_behind(view, p)})


def _is_behind(view: View, proposal: EventId) -> bool:
    return any(event not in view.past for event in view.record.touching.get(proposal, ()))


def _is_over(view: View, version: Entry) -> bool:
    """Tell whether nothing that this device signs next can complete a version."""
    if not view.counts(version):
        return False
    if decided(view, version.id):
        return True
    newest = current(view, proposal_of(version))
    return newest is not None and newest.order > version.order


def _upsets(view: View) -> tuple[int | None, ...]:
    """Return what this past knows of that can touch every proposal at once."""
    known = (e for kind in TOUCHES_ALL for e in view.record.by_kind.get(kind, ()))
    forks = (view.past.forked(device) for device in view.record.forked)
    return (sum(e.id in view.past for e in known), *forks)
