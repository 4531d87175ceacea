"""How stories put forward proposals and versions: the clauses after the comma.

anna proposes stove (money): "Buy a stove", with the task "carry it" by day 9, until day 5
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from goround.collective.effects import (
    Adopt,
    End,
    Erase,
    Invite,
    NameTask,
    Release,
    SetCharter,
)
from goround.collective.proposals import Propose, Version, current, terms
from goround.ids import EventId, MemberId, encode
from goround.log.keys import DeviceKey
from tests.stories.world import DAY, DAY_ZERO, Act

if TYPE_CHECKING:
    from collections.abc import Callable

    from goround.collective.charter import Matter
    from goround.collective.effects import (
        AnyEffect,
    )
    from tests.stories.world import Device, World


def propose(world: World, device: Device, name: str, matter: str, clauses: str) -> Act:
    said = Said(world, device, name, clauses)
    fact = Propose(_matter(matter), tuple(said.effects), said.review, said.until)
    return Act(fact, said.words(name), then=said.remember)


def change(world: World, device: Device, name: str, matter: str | None, clauses: str) -> Act:
    """Put forward a next version; what is not said anew stays as it was."""
    proposal = world.versions[name][0]
    old = current(device.view(), proposal)
    prev = old.id if old else proposal
    before = terms(world_entry(device, prev))
    said = Said(world, device, name, clauses)
    fact = Version(
        proposal,
        said.after or prev,
        _matter(matter) if matter else before.matter,
        tuple(said.effects) or before.effects,
        said.review or before.review,
        said.until or before.until,
    )
    return Act(fact, said.words(name), then=said.remember)


def _matter(name: str) -> Matter:
    """Take a matter as the story names it, also one that there is not."""
    return cast("Matter", name)


def world_entry(device: Device, event: EventId) -> Any:  # noqa: ANN401 - an entry of the record
    return device.replay.record.entries[event]


class Said:
    """What the clauses of one sentence come to."""

    def __init__(self, world: World, device: Device, name: str, clauses: str) -> None:
        self.world, self.device, self.name = world, device, name
        self.effects: list[AnyEffect] = []
        self.spoken: list[dict[str, str]] = []
        self.until = self.review = 0
        self.after: EventId | None = None
        self.invited: dict[str, DeviceKey] = {}
        for clause in filter(None, (part.strip() for part in clauses.split(","))):
            self._read(clause)

    def words(self, title: str) -> dict[str, Any]:
        return {"title": title, "effects": self.spoken}

    def remember(self, version: EventId) -> None:
        """Let the story find again what this version brings."""
        self.world.add_version(self.name, version)
        for place, spoken in enumerate(self.spoken):
            if "what" in spoken:
                self.world.tasks[spoken["what"]] = f"{version}.{place}"
        for whom, key in self.invited.items():
            self.world.links[whom] = (key, version)

    def _read(self, clause: str) -> None:
        for pattern, read in CLAUSES.items():
            found = re.fullmatch(pattern, clause)
            if found:
                read(self, **found.groupdict())
                return
        message = f"no proposal knows the clause {clause!r}"
        raise LookupError(message)

    def _effect(self, effect: AnyEffect, **words: str) -> None:
        self.effects.append(effect)
        self.spoken.append(words)

    def task(self, what: str, day: str | None) -> None:
        self._effect(NameTask(_day(day) if day else 0), what=what)

    def adopt(self) -> None:
        self._effect(Adopt())

    def end(self, what: str) -> None:
        self._effect(End(self.world.find(what)))

    def end_nothing(self) -> None:
        self._effect(End(EventId(encode(self.world.draw("nothing")))))

    def erase(self, what: str) -> None:
        self._effect(Erase(self.world.find(what)))

    def invite(self, whom: str, link: str | None, lost: str | None) -> None:
        key = DeviceKey.from_seed(self.world.draw(f"invitation {whom}"))
        if link:
            key = self.world.links[link][0]
        self.invited[whom] = key
        self._effect(Invite(key.public, self._member(lost) if lost else None), name=whom)

    def release(self, whom: str) -> None:
        self._effect(Release(self._member(whom)))

    def rule(self, rule: str, value: str) -> None:
        number = int(value) if value.isdecimal() else value
        last = self.effects[-1] if self.effects else None
        if isinstance(last, SetCharter):
            self.effects[-1] = SetCharter(last.from_, {**last.set, rule: number})
            return
        self._effect(SetCharter(self.device.view().epoch.charter_id, {rule: number}))

    def former_rules(self, what: str) -> None:
        first = self.effects[-1]
        assert isinstance(first, SetCharter)
        self.effects[-1] = SetCharter(self.world.find(what), first.set)

    def _member(self, name: str) -> MemberId:
        person = self.world.device(name).person
        epoch = self.device.view().epoch
        nobody = MemberId(encode(bytes(32)))
        while epoch is not None:
            if person in epoch.members:
                return epoch.members[person]
            if epoch.predecessor is None:
                break
            epoch = epoch.predecessor
        return nobody

    def set_until(self, day: str) -> None:
        self.until = _day(day)

    def set_review(self, day: str) -> None:
        self.review = _day(day)

    def set_after(self, what: str) -> None:
        self.after = self.world.find(what)


def _day(number: str) -> int:
    return DAY_ZERO + int(number) * DAY


CLAUSES: dict[str, Callable[..., None]] = {
    r'with the task "(?P<what>[^"]+)"(?: by day (?P<day>\d+))?': Said.task,
    r"adopting it": Said.adopt,
    r"ending an agreement that never was": Said.end_nothing,
    r"ending (?P<what>.+)": Said.end,
    r"erasing (?P<what>.+)": Said.erase,
    r"inviting (?P<whom>[\w-]+)(?: with (?P<link>[\w-]+)'s link)?"
    r"(?: in the place of (?P<lost>[\w-]+))?": Said.invite,
    r"releasing (?P<whom>[\w-]+)": Said.release,
    r"with the rule (?P<rule>\w+) = (?P<value>\w+)": Said.rule,
    r"in the place of the rules of (?P<what>.+)": Said.former_rules,
    r"until day (?P<day>\d+)": Said.set_until,
    r"to be reviewed on day (?P<day>\d+)": Said.set_review,
    r"following (?P<what>.+)": Said.set_after,
}
