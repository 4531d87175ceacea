"""What a proposal would do by itself once it is decided: only decisions have effects.

Each effect is a value inside a version; the noun that it belongs to carries it out. Here
stands what they may be, which matter each belongs to, and what a version with effects
must not do (design 4.2).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from goround.collective.charter import Value
from goround.collective.references import EventRef, KeyRef, MemberRef


class Effect(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do"):
    """Something that happens by itself once everyone consented."""


class Invite(Effect, frozen=True, tag="invite", omit_defaults=True):
    """Somebody who holds this key may join; in the place of a lost membership, if named."""

    key: KeyRef
    replaces: MemberRef | None = None


class Release(Effect, frozen=True, tag="release"):
    """The others part from a member."""

    member: MemberRef


class SetCharter(Effect, frozen=True, tag="charter"):
    """Some rules are set anew; `from_` names the charter that is replaced."""

    from_: EventRef = msgspec.field(name="from")
    set: dict[str, Value]


class Adopt(Effect, frozen=True, tag="adopt"):
    """The version's text is in force as an agreement."""


class End(Effect, frozen=True, tag="end"):
    """An agreement is no longer in force."""

    agreement: EventRef


class NameTask(Effect, frozen=True, tag="task"):
    """Something is there to be done, by a date in ms since 1970 (0: no date)."""

    by: int


class Erase(Effect, frozen=True, tag="erase"):
    """The words of an event are erased; what was done stays."""

    event: EventRef


AnyEffect = Invite | Release | SetCharter | Adopt | End | NameTask | Erase

EffectList = Annotated[tuple[AnyEffect, ...], msgspec.Meta(max_length=32)]

MATTER_OF: dict[type[Effect], tuple[str, ...]] = {
    Invite: ("membership",),
    Release: ("membership",),
    SetCharter: ("charter",),
    Adopt: ("agreement", "money", "neighbours"),
    End: ("agreement", "money", "neighbours"),
    Erase: ("agreement", "money", "neighbours", "membership", "charter"),
}
"""Effects that belong to certain matters; the others go with any."""


def change_of(effects: tuple[AnyEffect, ...]) -> Invite | Release | SetCharter | None:
    """Return the one effect that changes members or charter, if there is one."""
    changes = [e for e in effects if isinstance(e, Invite | Release | SetCharter)]
    return changes[0] if changes else None
