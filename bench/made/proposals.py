"""What made-up people know of a proposal: its versions, the answers to them, whether it is decided.

It is the rule of the fold in its simplest form, asked for one device at a time, so that nobody says
what is void: no answer to what they know as decided, no word of their own against the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.made.hub import Device, Said
    from bench.made.people import Member
    from goround.collective.charter import Matter
    from goround.collective.effects import AnyEffect
    from goround.ids import EventId

SHARE_OF_ASIDES = 3


class Answer(NamedTuple):
    """What somebody said to a version."""

    said: Said
    member: Member
    stance: str


@dataclass(slots=True, eq=False)
class Raised:
    """A concern or a block, and who has answered it: settled, or confirmed."""

    said: Said
    member: Member
    answered: list[Member] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Version:
    """Exact words, what was said to them, and the events at which they were decided."""

    said: Said
    answers: list[Answer] = field(default_factory=list)
    completions: list[Said] = field(default_factory=list)
    worries: list[Raised] = field(default_factory=list)
    blocks: list[Raised] = field(default_factory=list)

    def stances(self, device: Device) -> dict[Member, Answer]:
        """Return the last answer of each member that a device knows of."""
        return {answer.member: answer for answer in self.answers if device.knows(answer.said)}

    def is_decided(self, device: Device) -> bool:
        return any(device.knows(said) for said in self.completions)

    def is_ready(self, device: Device, members: Iterable[Member]) -> bool:
        """Tell whether everybody who is asked stands behind it, as far as a device knows."""
        said = self.stances(device)
        asked = [one for one in members if one in said or not one.is_away_for(device)]
        if any(one not in said for one in asked):
            return False
        stances = [said[one].stance for one in asked]
        return (
            not {"block", "time"} & set(stances)
            and stances.count("aside") <= len(asked) // SHARE_OF_ASIDES
            and bool({"agree", "reservations"} & set(stances))
        )


@dataclass(slots=True, eq=False)
class Task:
    """Something to be done that a decision named."""

    version: Version
    holder: Member | None = None
    taken: Said | None = None


@dataclass(slots=True, eq=False)
class Proposal:
    """What lies on the table, from its first words on."""

    author: Member
    matter: Matter
    effects: tuple[AnyEffect, ...]
    review: int
    versions: list[Version]
    title: str
    thread: list[Said] = field(default_factory=list)
    withdrawn: Said | None = None

    @property
    def id(self) -> EventId:
        return self.versions[0].said.id

    def current(self, device: Device) -> Version | None:
        """Return the newest version that a device knows."""
        return next((one for one in self.versions[::-1] if device.knows(one.said)), None)

    def is_over(self, device: Device) -> bool:
        """Tell whether a device knows that there is nothing left to answer."""
        if self.withdrawn and device.knows(self.withdrawn):
            return True
        return any(one.is_decided(device) for one in self.versions)
