"""What a device shows as decided, and whether it may be shown no more (promise P4).

Only somebody's joining or coming back, or a new charter, may open again what was decided; and
somebody's going, where it crossed with a decision that passed over somebody else.
"""

from __future__ import annotations

from typing import NamedTuple

from goround.collective.constitution import word
from goround.collective.decisions import decided, standing
from goround.collective.entry import PersonId
from goround.collective.members import Back, Leave, TakeBack
from goround.collective.record import Completion, View
from goround.ids import DeviceId, EpochId, EventId
from goround.replay import Replay

CALM = (Leave, TakeBack)
"""Changes of members after which everything that was decided still is."""


class Shown(NamedTuple):
    """The decisions that a device shows, in which epoch, and how much could have opened others.

    `stood` and `crossed` hold versions, each with the event at which it was completed.
    """

    decided: frozenset[EventId]
    stood: frozenset[tuple[EventId, EventId]]
    crossed: frozenset[tuple[EventId, EventId]]
    way: EpochId
    chain: frozenset[EpochId]
    unsettling: int
    members: frozenset[PersonId]

    def lost_in(self, later: Shown) -> frozenset[EventId]:
        """Return what was shown as decided and later is not."""
        lost = self.decided - later.decided
        return lost & {version for version, event in self.stood - later.crossed}


def shown(replay: Replay, device: DeviceId) -> Shown:
    """Return what a device shows now."""
    view, record = replay.view(device), replay.record
    now = frozenset(version for version in record.completions if decided(view, version))
    arrivals = sum(not isinstance(record.entries[c].fact, CALM) for c in view.epoch.changes)
    unsettling = arrivals + len(record.by_kind.get(Back, ()))
    return Shown(
        decided=now,
        stood=frozenset((c.version, c.event) for v in now for c in standing(view, v)),
        crossed=frozenset((c.version, c.event) for c in record.completed if crossed(view, c)),
        way=view.epoch.id,
        chain=view.epoch.chain,
        unsettling=unsettling,
        members=frozenset(view.epoch.members),
    )


def crossed(view: View, completion: Completion) -> bool:
    """Tell whether a decision passed somebody over, and its epoch was ended not knowing it."""
    record, past = view.record, view.record.pasts.past
    after = [e for e in view.epoch.line() if e.predecessor and e.predecessor.id == completion.epoch]
    ends = [
        seal
        for step in after
        for seal in record.seals.get(completion.epoch, ())
        if seal.id in view.past and word(seal).change == step.change
    ]
    return bool(completion.passed) and any(completion.event not in past(s.id) for s in ends)
