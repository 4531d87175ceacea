"""What each device's newest event could know, so that its next one is judged without asking again.

Few events change who is asked, whose word counts or in which epoch somebody lives: seals,
comings and goings, devices added, retired or found to have forked. These are the upheavals.
Where the next event of a device knows of no more of them than the one before it, all that
follows from them is the same; and of the versions that may be decided only those are asked
about again that something stirred. All of this can be worked out anew from the record, and
leaving it out changes no answer (`waiting` says why).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from goround.collective.entry import Entry, Past, PersonId
    from goround.collective.epoch import Epoch
    from goround.collective.record import Completion
    from goround.ids import DeviceId, EpochId, EventId


def _index() -> Any:  # noqa: ANN401 - one maker of empty indexes, whatever they hold
    return defaultdict(list)


class Behind(NamedTuple):
    """A version that a device looked at, and what touched it without that device knowing."""

    version: Entry
    unknown: tuple[EventId, ...]


@dataclass(slots=True)
class Horizon:
    """How far the newest event of a device could see.

    Of the first `looked` upheavals it knew all but `missing`. `free` tells that its person is
    a member whom nothing silences, `shared` holds what follows from the upheavals. Of what was
    stirred it looked at the first `reached`; it has to look once more at those `behind`. It
    knew the first `known` touches. `present` is None until it looked at everything.
    """

    head: EventId
    person: PersonId | None
    epoch: Epoch
    looked: int
    missing: tuple[EventId, ...]
    free: bool = False
    shared: dict[object, Any] = field(default_factory=dict)
    reached: int = 0
    behind: dict[EventId, Behind] = field(default_factory=dict)
    known: int = 0
    present: frozenset[PersonId] | None = None


@dataclass(slots=True)
class Outlook:
    """What is stirred, undecided and upset in a record.

    `spoken` tells who gave a word on a version; `undecided` has the versions by that, and
    `anyway` those that may be decided whoever has spoken. `least` are the people whom every
    device takes for present; None where that is not known.
    """

    upheavals: list[EventId] = field(default_factory=list)
    horizons: dict[DeviceId, Horizon] = field(default_factory=dict)
    touches: list[EventId] = field(default_factory=list)
    touching: dict[EventId, list[int]] = field(default_factory=_index)
    stirred: list[Entry] = field(default_factory=list)
    spoken: dict[EventId, frozenset[PersonId]] = field(default_factory=dict)
    undecided: dict[frozenset[PersonId], dict[EventId, Entry]] = field(default_factory=dict)
    anyway: set[EventId] = field(default_factory=set)
    missed_by: dict[PersonId, list[Completion]] = field(default_factory=_index)
    examined: dict[EpochId, Epoch] = field(default_factory=dict)
    several_ways: bool = False
    least: frozenset[PersonId] | None = None
    heard_up_to: dict[DeviceId, int] = field(default_factory=dict)

    def horizon_before(self, entry: Entry) -> Horizon | None:
        """Return how far the event before an entry in its chain could see, if that is known."""
        horizon = self.horizons.get(entry.device)
        return horizon if horizon and horizon.head == entry.prev else None

    def steady(self, entry: Entry, past: Past) -> Horizon | None:
        """Return the horizon before an entry if its past holds no upheaval beyond it."""
        horizon = self.horizon_before(entry)
        if horizon is None or not self.is_steady(horizon, past):
            return None
        self._look_on(horizon)
        return horizon

    def is_steady(self, horizon: Horizon, past: Past) -> bool:
        """Tell whether a past holds no upheaval beyond a horizon."""
        if horizon.looked == len(self.upheavals) and not horizon.missing:
            return True
        return not any(upheaval in past for upheaval in self._beyond(horizon))

    def _beyond(self, horizon: Horizon) -> tuple[EventId, ...]:
        return (*horizon.missing, *self.upheavals[horizon.looked :])

    def _look_on(self, horizon: Horizon) -> None:
        horizon.missing = self._beyond(horizon)
        horizon.looked = len(self.upheavals)

    def touch(self, proposal: EventId, event: EventId) -> None:
        """Remember that an event may decide a proposal, or keep it from being decided."""
        self.touching[proposal].append(len(self.touches))
        self.touches.append(event)

    def unknown(self, horizon: Horizon, proposal: EventId, past: Past) -> tuple[EventId, ...]:
        """Return what touched a proposal and does not lie in the past that ends at a horizon."""
        found: list[EventId] = []
        for number in reversed(self.touching.get(proposal, ())):
            if number < horizon.known:
                break
            if self.touches[number] not in past:
                found.append(self.touches[number])
        return tuple(found)

    def is_upheaval(self, entry: Entry) -> bool:
        """Tell whether the entry that was put away last was an upheaval."""
        return bool(self.upheavals) and self.upheavals[-1] == entry.id

    def further(self, entry: Entry, past: Past, person: PersonId | None, epoch: Epoch) -> Horizon:
        """Return a horizon that holds all the upheavals that a past holds."""
        before = self.horizon_before(entry)
        beyond = self._beyond(before) if before else self.upheavals
        missing = tuple(upheaval for upheaval in beyond if upheaval not in past)
        made = Horizon(entry.id, person, epoch, len(self.upheavals), missing)
        if before:
            made.reached, made.known, made.behind = before.reached, before.known, before.behind
        return made
