"""The people of a story: each device has its own key, its own clock and its own replay.

Nothing here decides anything. Devices sign real events with the product's own code, carry them to
whomever they are in touch with, and do by themselves what a device of the product does by itself.
Chance is drawn from the seed, so a story runs the same way each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from goround.collective import keeping
from goround.collective.entry import PersonId
from goround.collective.proposals import current
from goround.collective.record import View
from goround.ids import CollectiveId
from goround.log.event import check_signature, sign_event
from goround.log.keys import DeviceKey
from goround.pages.reading import Reading
from goround.replay import Replay
from goround.wire import act_of, write_words
from tests.shown import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from goround.collective.entry import Fact
    from goround.collective.reasons import Reason
    from goround.ids import EventId
    from goround.log.event import Event

MINUTE = 60 * 1000
DAY = 24 * 60 * MINUTE
DAY_ZERO = 1_800_000_000_000
NOWHERE = CollectiveId("")
IN_TOUCH = ""
"""The group of those who are in touch; each other group is cut off from it."""
QUIET = 60
"""So often devices answer each other by themselves at most, before a story is called restless."""


@dataclass
class Act:
    """What a sentence of a story comes to: something to be signed."""

    fact: Fact | None
    words: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    raw: dict[str, Any] | None = None
    then: Callable[[EventId], None] | None = None

    def as_act(self) -> dict[str, Any]:
        if self.raw is not None:
            return self.raw
        assert self.fact is not None
        return act_of(self.fact)


@dataclass(eq=False)
class Device:
    """One device: what it is called in the story, its key, and all that it knows."""

    name: str
    key: DeviceKey
    replay: Replay
    group: str = IN_TOUCH
    events: list[Event] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    ahead: int = 0
    silent: bool = False
    shown: Shown | None = None

    @property
    def person(self) -> PersonId:
        return self.replay.person(self.key.public) or PersonId(self.key.public)

    def take(self, event: Event) -> None:
        """Take an event in as a node does: its signature first."""
        check_signature(event)
        if self.replay.add(event):
            self.events.append(event)

    def hear(self, other: Device) -> bool:
        """Take in what another device has; tell whether anything was new."""
        start = self.read.get(other.name, 0)
        self.read[other.name] = len(other.events)
        fresh = [e for e in other.events[start:] if e.id not in self.replay.graph]
        for event in fresh:
            self.take(event)
        return bool(fresh)

    def view(self) -> View:
        return self.replay.view(self.key.public)

    def reading(self) -> Reading:
        return Reading(self.replay, self.view(), None, {})

    def next_view(self) -> View:
        """Return what counts where this device signs next: on a fork, one branch alone."""
        place = self.replay.graph.next_place(self.key.public)
        parents = [*place.seen, *([place.prev] if place.prev else [])]
        past = self.replay.graph.union(parents)
        return View(self.replay.record, past, self.replay.epoch(self.key.public))

    def look(self) -> None:
        """See what is decided; what was decided before still is (P4)."""
        now = shown(self.replay, self.key.public)
        lost = self.shown.lost_in(now) if self.shown else None
        may = self.shown is not None and now.unsettling > self.shown.unsettling
        assert not lost or may, f"{self.name} saw that decided: {lost}"
        self.shown = now

    def owed(self) -> Fact | None:
        """Return what this device has yet to sign by itself: nothing, where it is found out."""
        if self.replay.graph.everything().forked(self.key.public) is not None:
            return None
        heads = self.replay.graph.heads().get(self.key.public, ())
        graph = self.replay.graph
        own = graph.past(heads[0]) if heads else graph.union(())
        return keeping.next_of(self.view(), self.key.public, own)


@dataclass
class World:
    """Everybody in a story, and what things are called in it."""

    seed: int = 0
    now: int = DAY_ZERO
    collective: CollectiveId = NOWHERE
    devices: dict[str, Device] = field(default_factory=dict)
    names: dict[str, EventId] = field(default_factory=dict)
    versions: dict[str, list[EventId]] = field(default_factory=dict)
    links: dict[str, tuple[DeviceKey, EventId]] = field(default_factory=dict)
    tasks: dict[str, str] = field(default_factory=dict)
    by_themselves: bool = True
    drawn: int = 0

    # Making

    def draw(self, purpose: str) -> bytes:
        """Draw 32 bytes that are different each time and the same in each run."""
        self.drawn += 1
        return sha256(f"{self.seed} {self.drawn} {purpose}".encode()).digest()

    def make(self, name: str, group: str = IN_TOUCH, key: DeviceKey | None = None) -> Device:
        """Give somebody a device; it knows nothing yet."""
        key = key or DeviceKey.from_seed(self.draw(name))
        device = Device(name, key, Replay.of(self.collective), group)
        self.devices[name] = device
        return device

    # Signing

    def sign(self, device: Device, act: Act, key: DeviceKey | None = None) -> Event:
        """Sign an act where the device would sign next; nobody has it yet."""
        self.now += MINUTE
        key = key or device.key
        return sign_event(
            key,
            collective=device.replay.collective,
            place=device.replay.graph.next_place(key.public),
            at=max(0, self.now + device.ahead),
            act=act.as_act(),
            words=write_words(act.words),
            salt=self.draw("salt"),
        )

    def why_refused(self, device: Device, event: Event) -> Reason | None:
        """Ask the judge about an event before it is given to anybody."""
        return device.replay.why_refused(event)

    def utter(self, device: Device, act: Act) -> tuple[Event, Reason | None]:
        """Sign an act, keep it and pass it on; return it with why it was refused before.

        What the judge refuses is void then, for the same reason, or it is needless: no harm.
        """
        event = self.sign(device, act)
        refusal = self.why_refused(device, event)
        device.take(event)
        reason = device.replay.void(event.id)
        assert reason in (None, refusal), f"before signing: {refusal}, afterwards: {reason}"
        if act.name:
            self.names[act.name] = event.id
        if act.then and reason is None:
            act.then(event.id)
        self.exchange(device.group)
        return event, refusal

    # Passing on

    def together(self, group: str) -> list[Device]:
        return [device for device in self.devices.values() if device.group == group]

    def exchange(self, group: str = IN_TOUCH) -> None:
        """Let those of a group pass on what they have, and their devices answer, until quiet."""
        for _ in range(QUIET):
            heard = self._pass_on(group)
            if not (self._tend(group) or heard):
                break
        else:
            message = "the devices of this story never come to rest"
            raise AssertionError(message)
        for device in self.together(group):
            device.look()

    def _pass_on(self, group: str) -> bool:
        members = self.together(group)
        heard = [one.hear(other) for one in members for other in members if one is not other]
        return any(heard)

    def _tend(self, group: str) -> bool:
        if not self.by_themselves:
            return False
        signed = [self._tend_one(d) for d in self.together(group) if not d.silent]
        return any(signed)

    def _tend_one(self, device: Device) -> bool:
        for step in range(QUIET):
            fact = device.owed()
            if fact is None:
                return step > 0
            event = self.sign(device, Act(fact))
            device.take(event)
            reason = device.replay.void(event.id)
            assert reason is None, f"{device.name} signed {fact} by itself, void: {reason}"
        message = f"{device.name} never comes to rest"
        raise AssertionError(message)

    # Finding

    def void(self) -> set[EventId]:
        """Return what anybody's replay counts for nothing."""
        return {event for d in self.devices.values() for event in d.replay.record.void}

    def device(self, name: str) -> Device:
        if name not in self.devices:
            message = f"nobody here is called {name!r}"
            raise LookupError(message)
        return self.devices[name]

    def called(self, person: str) -> str:
        """Return what a person is called: the name of their first device."""
        names = (d.name for d in self.devices.values() if d.key.public == person)
        return next(names, person)

    def find(self, name: str) -> EventId:
        """Find whatever has a name: a version first, then anything else."""
        base, _, number = name.rpartition(" ")
        if number.isdecimal() and base in self.versions:
            return self.versions[base][int(number) - 1]
        if name in self.versions:
            return self.versions[name][0]
        if name not in self.names:
            message = f"nothing here is called {name!r}"
            raise LookupError(message)
        return self.names[name]

    def version(self, name: str, view: View) -> EventId:
        """Find the version that a name means: the current one, where it names a proposal."""
        if name in self.versions:
            newest = current(view, self.versions[name][0])
            return newest.id if newest else self.versions[name][0]
        return self.find(name)

    def add_version(self, name: str, event: EventId) -> None:
        self.versions.setdefault(name, []).append(event)
