"""Which decisions an event completes, without asking about each one that ever was.

Each device remembers the versions that its last event left undecided; only those and newer
ones are asked about again. A new epoch or somebody's coming back can open what was
decided, so then everything is asked about again. This is a shortcut and
changes no answer: leaving it out gives the same completions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goround.collective.decisions import completion_at, decided
from goround.collective.members import Back
from goround.collective.proposals import proposal_of, versions

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.collective.record import View
    from goround.ids import DeviceId, EpochId, EventId


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a device's newest event left undecided, and how far it had looked."""

    event: EventId
    epoch: EpochId
    returns: int
    looked: int
    undecided: tuple[Entry, ...]


def complete(view: View, entry: Entry) -> None:
    """Record what an event completes; the view is its own past, itself included."""
    record = view.record
    undecided = []
    for version in candidates(view, entry.device, entry.prev):
        completion = completion_at(view, entry.id, version)
        if completion:
            record.completions[version.id].append(completion)
        elif not _is_over(view, version):
            undecided.append(version)
    record.waiting[entry.device] = Waiting(
        entry.id, view.epoch.id, _returns(view), len(record.all_versions), tuple(undecided)
    )


def candidates(view: View, device: DeviceId, prev: EventId | None = None) -> list[Entry]:
    """Return the versions that may not be decided for a device; `prev` is its event before."""
    record, last = view.record, view.record.waiting.get(device)
    if (
        last is None
        or prev not in (None, last.event)
        or last.epoch != view.epoch.id
        or last.returns != _returns(view)
    ):
        return list(record.all_versions)
    return [*last.undecided, *record.all_versions[last.looked :]]


def _is_over(view: View, version: Entry) -> bool:
    """Tell whether nothing that this device signs next can complete a version."""
    if not view.counts(version):
        return False
    if decided(view, version.id):
        return True
    return any(v.order > version.order for v in versions(view, proposal_of(version)))


def _returns(view: View) -> int:
    """Count how often somebody came back, as far as this past knows."""
    return sum(back.id in view.past for back in view.record.by_kind.get(Back, ()))
