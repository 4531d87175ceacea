"""The constitution from one change to the next: who we are and how we decide.

An epoch is a value. What makes the next one of it stands in `constitution`; here is only
what an epoch knows about itself and those before it (design 4.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goround.ids import EpochId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goround.collective.charter import Charter
    from goround.collective.entry import PersonId
    from goround.ids import EventId, MemberId


@dataclass(frozen=True, slots=True)
class Epoch:
    """Members, in the order in which they came, and charter (C8).

    `chain` holds this epoch and all before it, `changes` what made them, `former`
    everybody who ever was a member, `used_keys` the keys of invitations that are used up.
    """

    id: EpochId
    predecessor: Epoch | None
    change: EventId
    chain: frozenset[EpochId]
    changes: frozenset[EventId]
    members: Mapping[PersonId, MemberId]
    former: frozenset[PersonId]
    charter: Charter
    charter_id: EventId
    used_keys: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """How many changes lie between the founding and this epoch."""
        return len(self.changes)

    def person(self, member: str) -> PersonId | None:
        """Return who holds a membership, None if nobody does in this epoch (C10)."""
        return next((who for who, held in self.members.items() if held == member), None)

    def line(self) -> list[Epoch]:
        """Return the epochs of the chain, the founding first."""
        return list(self.steps_after(EpochId("")))[::-1]

    def steps_after(self, earlier: EpochId) -> Iterator[Epoch]:
        """Yield the epochs after an earlier one of the chain, the newest first."""
        epoch: Epoch | None = self
        while epoch is not None and epoch.id != earlier:
            yield epoch
            epoch = epoch.predecessor
