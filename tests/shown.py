"""What a device shows as decided, and whether it may be shown no more (promise P4).

Only somebody's joining or coming back, or a new charter, may open again what was decided.
"""

from __future__ import annotations

from typing import NamedTuple

from goround.collective.decisions import decided
from goround.collective.entry import PersonId
from goround.collective.members import Back, Leave, TakeBack
from goround.ids import DeviceId, EpochId, EventId
from goround.replay import Replay

CALM = (Leave, TakeBack)
"""Changes of members after which everything that was decided still is."""


class Shown(NamedTuple):
    """The decisions that a device shows, in which epoch, and how much could have opened others."""

    decided: frozenset[EventId]
    way: EpochId
    chain: frozenset[EpochId]
    unsettling: int
    members: frozenset[PersonId]

    def lost_in(self, later: Shown) -> frozenset[EventId]:
        """Return what was shown as decided and later is not."""
        return self.decided - later.decided


def shown(replay: Replay, device: DeviceId) -> Shown:
    """Return what a device shows now."""
    view, record = replay.view(device), replay.record
    now = frozenset(version for version in record.completions if decided(view, version))
    arrivals = sum(not isinstance(record.entries[c].fact, CALM) for c in view.epoch.changes)
    unsettling = arrivals + len(record.by_kind.get(Back, ()))
    return Shown(now, view.epoch.id, view.epoch.chain, unsettling, frozenset(view.epoch.members))
