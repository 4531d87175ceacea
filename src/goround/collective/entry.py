"""What the fold is fed: an entry is one genuine event without its bytes.

A fact is what its act says; a past is the set of events that somebody could know. Both
come from outside (`wire` and `log`), so this file is all that the rules know of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NewType, Protocol

import msgspec

from goround.ids import DeviceId, EventId

if TYPE_CHECKING:
    from goround.ids import EpochId

PersonId = NewType("PersonId", str)
"""A person is named by the first of their devices: it never changes, whatever they sign (C3)."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """What a member said or did, as `docs/format.md` writes the act."""

    about: ClassVar[str] = ""
    """The field that names the subject; empty where the subject is the person."""


class Unknown(Fact, frozen=True, tag="?"):
    """An act of a kind from a newer Goround: kept and carried, never acted on (C5)."""


class Malformed(Fact, frozen=True, tag="!"):
    """A known kind of act with missing, wrong or extra keys: void, never refused (C5)."""


class Entry(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One event as the rules see it.

    `words` tells whether the header commits to content (also where it was erased since),
    `proved` whether the proof inside the act is genuine (true for acts without one).
    """

    id: EventId
    device: DeviceId
    seq: int
    prev: EventId
    lamport: int
    at: int
    fact: Fact
    words: bool = False
    proved: bool = True

    @property
    def order(self) -> tuple[int, str]:
        """The line-up of design 3: (lamport, id)."""
        return (self.lamport, self.id)


class Past(Protocol):
    """A set of events closed under causes."""

    def __contains__(self, event: object, /) -> bool:
        """Tell whether an event lies in this past."""
        ...

    def forked(self, device: DeviceId, /) -> int | None:
        """Return the smallest seq at which this past holds two events of a device."""
        ...


class Pasts(Protocol):
    """Where pasts come from: the graph of the log."""

    def past(self, event: EventId, /) -> Past:
        """Return the past of an event, itself included."""
        ...

    def before(self, event: EventId, /) -> Past:
        """Return the past of an event without itself."""
        ...


class EpochNames(Protocol):
    """How an epoch is named after its predecessor and the change (design 4.1)."""

    def __call__(self, predecessor: EpochId, change: EventId, /) -> EpochId:
        """Return the id of the epoch that this change makes of its predecessor."""
        ...
