"""A world of real replicas: the product's own code signs, keeps, folds and talks; chance does the
rest.

Who does what is thought of by the model's lives (tests/model: people, liars, conspiracies). What
they do is signed with real keys by `node/replica.py`, which keeps it on a disk in memory, and
travels in conversations of `sync/session.py` (see `weather`). Whatever is on a disk is shown to the
model too. Each step draws from a chance of its own, so that a story stays the same when steps are
left out of it.
"""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from unittest.mock import patch

from goround.collective.charter import DEFAULTS
from goround.errors import Refused
from goround.ids import CollectiveId, EventId
from goround.log.event import FOUNDING, Event, Place, sign_event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device, prove_invitation
from goround.node.replica import Replica
from goround.store import Store
from goround.wire import fact_of, write_words
from tests.collective.model_histories import product_act
from tests.model.broken import Broken, require
from tests.model.events import Act, bits, opaque
from tests.model.life import Life
from tests.model.rules.judge import Rules
from tests.model.world import Device
from tests.simulation.acts import told, words_for
from tests.simulation.disks import Disk, PowerCut
from tests.simulation.mirror import model_event

LONGEST_STEP = 120.0
"""Seconds after which a step hangs; on a busy machine one takes a second at most."""
YEAR = 365 * 24 * 3_600_000
NAMES = (
    "Anna", "Ben", "Cleo", "Dana", "Emre", "Fay", "Gil", "Hana", "Ivo", "Jana", "Kaya", "Liv",
    "Milo", "Nora", "Odin", "Pia", "Quin",
)  # fmt: skip
NOBODY = DeviceKey.from_seed(bytes(32))


@dataclass
class Home(Device):
    """A device with its key, its clock, its disk, and the replica that runs on it."""

    name: str = ""
    key: DeviceKey = NOBODY
    ahead: int = 0
    island: int = 0
    disk: Disk | None = None
    replica: Replica | None = None
    read: int = 0
    images: list[Any] = field(default_factory=list)
    is_put_back: bool = False
    """Whether it is known here that an old image of this disk was put back."""
    said: int = 0
    """How much this device had said, at most, when an old image was put back."""


class Simulated(Life):
    """A life of which every replica is real."""

    def __init__(self, seed: int, rules: Rules | None = None) -> None:
        super().__init__(seed, rules)
        self.collective = CollectiveId("")
        self.events: list[Event] = []
        self.keys: dict[str, DeviceKey] = {}
        self.homes: dict[str, Home] = {}
        self.told: list[str] = []
        self.counts: Counter[str] = Counter()
        self.talks_at: list[int] = []
        """How many exchanges there had been when each event was first on a disk."""
        self._in_force: dict[str, int] = {}

    def tell(self, line: str) -> None:
        """Write a line of the story."""
        self.told.append(line)

    def step_with(self, number: int) -> None:
        """Let a thing happen that depends on nothing but its number and what there is."""
        self.chance = random.Random(f"{self.seed} {number}")
        with drawn_salts(self.chance), ends_within(LONGEST_STEP, f"step {number}"):
            self.step()

    # Who there is.

    def fresh_id(self, kind: str) -> str:
        """Return a nonce, or the public half of a real key."""
        if kind == "nonce":
            return opaque(self.seed, kind)
        key = DeviceKey.from_seed(self.chance.randbytes(32))
        self.keys[key.public] = key
        return key.public

    def device(self, root: str = "", *, honest: bool = True) -> Home:
        """Make a device, whose clock may be years off."""
        key = self.keys[self.fresh_id("device")]
        person = self.homes.get(root)
        count = sum(home.root == home.id for home in self.homes.values())
        name = f"{person.name}'s other" if person else NAMES[count % len(NAMES)]
        ahead = self.chance.choice((0, 0, 0, -9 * YEAR, 7 * YEAR))
        home = Home(key.public, root or key.public, honest, name=name, key=key, ahead=ahead)
        self.homes[home.id] = home
        self.devices.append(home)
        return home

    def home(self, device: Device) -> Home:
        """Return where a device lives: liars also act through views of it."""
        return self.homes[device.id]

    def running(self, device: Device) -> Replica:
        """Return the replica of a device; a new one begins with what its person was shown."""
        home = self.home(device)
        if home.disk is None:
            home.disk = self.disk_of(home)
            home.disk.append(self.events[i] for i in bits(home.known))
        if home.replica is None:
            store = cast("Store", home.disk)
            home.replica = Replica(
                self.collective, store, home.key, clock=lambda: max(0, self.clock + home.ahead)
            )
        return home.replica

    def disk_of(self, home: Home) -> Disk:
        """Give a home a disk; what is kept there is looked at."""

        def told(events: list[Event]) -> None:
            mine = [event for event in events if event.header.device == home.id]
            heard = [event for event in mine if event.id in self.rules.history.number]
            self.witness(events)
            self.stays_silent(home, heard, said=len(mine) > len(heard))

        return Disk(told)

    def stays_silent(self, home: Home, heard: list[Event], *, said: bool) -> None:
        """Check that a device says nothing once it is known there that an old image was put back.

        That is known where it heard from somebody what it has said. It may leave, or be retired,
        where it has signed two histories already.
        """
        home.is_put_back |= any(event.header.seq for event in heard)
        may = not home.honest or (home.replica and home.replica.is_forked)
        require("put_back_is_silent", may or not (said and home.is_put_back), home.name)

    def witness(self, events: list[Event]) -> None:
        """Show what is on a disk to the model."""
        for event in events:
            if event.id not in self.rules.history.number:
                self.rules.add(model_event(event, event.collective, self.rules))
                self.events.append(event)
                self.talks_at.append(self.counts["exchanges"])
                epoch = self.rules.epoch[-1].id
                self._in_force.setdefault(epoch, self.counts["exchanges"])

    def came_into_force(self, epoch: str) -> int | None:
        """Tell how many exchanges there had been when an epoch was first in force anywhere."""
        return self._in_force.get(epoch)

    def note(self, what: str) -> None:
        """Count something."""
        self.counts[what] += 1

    def catch_up(self, device: Device) -> None:
        """Note what a device knows and has signed by now."""
        home, number = self.home(device), self.rules.history.number
        if home.disk is None:
            return
        for event in home.disk.kept.events[home.read :]:
            home.known |= 1 << number[event.id]
            if event.header.device == home.id:
                home.signed.append(number[event.id])
        home.read = len(home.disk.kept.events)

    # Power.

    @contextmanager
    def powered(self, *homes: Home) -> Iterator[None]:
        """Let replicas do something; whose power goes meanwhile starts again afterwards."""
        try:
            yield
        except PowerCut:
            self.note("power cuts")
            for home in homes:
                if home.disk and home.disk.fuse is None:
                    self.restart(home)
        finally:
            for home in homes:
                self.catch_up(home)

    def restart(self, home: Home) -> None:
        """Start a replica from its disk; all that anybody was told of is there (P7)."""
        home.replica = None
        after = self.running(home)
        kept = {event.id for event in home.disk.kept.events} if home.disk else set()
        require("kept", set(after.graph) == kept, f"{home.name} reads something else")

    def on_disk(self, home: Home) -> None:
        """Check that what a replica is about to tell anybody is on its disk (P7)."""
        replica, disk = self.running(home), home.disk
        require("kept", disk and len(replica.graph) == len(disk.kept.events), home.name)

    # Signing.

    def sign(
        self, device: Device, act: Act, *, head: int | None = None, seen: int | None = None
    ) -> int:
        """Let a device sign: an honest one by its replica, which may refuse, a liar anything."""
        home = self.home(device)
        act = self._proved(home, product_act(act))
        with self.powered(home):
            if not self.events:
                self._found(home, act)
            elif home.honest:
                self._say(home, act)
            else:
                self._lie_with(home, act, home.signed[-1:] if head is None else [head], seen)
        return home.signed[-1] if home.signed else 0

    def _proved(self, home: Home, act: Act) -> Act:
        """Put in the proof that the model leaves out, where there is a key for it."""
        if act["type"] == "device_add":
            new = self.keys[act["device"]]
            return {**act, "proof": prove_device(new, self.collective, home.key.public)}
        if act["type"] != "accept":
            return act
        version = self.rules.event(self.rules.history.number[act["version"]]).act
        link = self.keys[version["effects"][act["effect"]]["key"]]
        return {**act, "proof": prove_invitation(link, self.collective, home.key.public)}

    def _found(self, home: Home, act: Act) -> None:
        first = sign_event(
            home.key,
            collective=CollectiveId(""),
            place=FOUNDING,
            at=self.clock,
            act={**act, "charter": {**DEFAULTS, **act["charter"]}},
            words=write_words({"name": "Bread", "person": home.name}),
        )
        self.collective = first.collective
        home.disk = self.disk_of(home)
        home.disk.append([first])
        self.tell(f"{home.name} founds")

    def _say(self, home: Home, act: Act) -> None:
        replica = self.running(home)
        try:
            name = replica.sign(fact_of(act), words_for(home.name, act))
        except Refused as refusal:
            self.tell(f"{home.name} may not {told(act)}: {refusal}")
            return
        self.on_disk(home)
        self.tell(f"{home.name} signs {told(act)} ({name[:6]})")

    def _lie_with(self, home: Home, act: Act, heads: list[int], seen: int | None) -> None:
        replica, head = self.running(home), heads[0] if heads else None
        parents = self.parents(home, head, self.pool(home) if seen is None else seen)
        basis = [self.rules.history.events[i] for i in [*parents, *heads[:1]]]
        place = Place(
            0 if head is None else basis[-1].seq + 1,
            EventId("" if head is None else basis[-1].id),
            tuple(EventId(name) for name in sorted(e.id for e in basis[: len(parents)])),
            1 + max(e.lamport for e in basis),
        )
        event = sign_event(
            home.key,
            collective=self.collective,
            place=place,
            at=max(0, self.clock + self.chance.randrange(-3, 3) * YEAR),
            act=act,
            words=write_words(words_for(home.name, act)),
        )
        replica.take([e for e in self.past_of(event) if e.id not in replica.graph])
        self.tell(f"{home.name} lies: {told(act)} ({event.id[:6]}, after {place.prev[:6]})")

    def past_of(self, event: Event) -> list[Event]:
        """Return an event and, before it, all that it rests on."""
        number, past = self.rules.history.number, 0
        for name in filter(None, (event.header.prev, *event.header.seen)):
            past |= self.rules.history.past[number[name]]
        return [*(self.events[i] for i in bits(past)), event]

    def automatic(self, device: Device) -> None:
        """Sign all that carries no opinion and is due, unless the device is lazy just now."""
        home = self.home(device)
        if not home.honest or (self.lazy and self.chance.random() < self.lazy):
            return
        with self.powered(home):
            signed = self.running(home).tend()
            self.on_disk(home)
            acts = [self.rules.event(self.rules.history.number[s]).act for s in signed]
            for name, act in zip(signed, acts, strict=True):
                self.tell(f"  {home.name} signs {told(act)} by itself ({name[:6]})")

    def note_link(self, device: Device) -> None:
        """Remember the link of an invitation, where something was signed at all."""
        if device.signed:
            super().note_link(device)

    def acknowledge(self, device: Device) -> None:
        """Leave that to the replica, which does it by itself."""


@contextmanager
def ends_within(seconds: float, what: str) -> Iterator[None]:
    """Break off what does not end, so that it is told as a story like any broken promise."""

    def broken_off(*_: object) -> None:
        raise Broken("each_step_ends", f"{what} did not, within {seconds:g} s")

    before = signal.signal(signal.SIGALRM, broken_off)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def drawn_salts(chance: random.Random) -> Iterator[None]:
    """Draw the salts of what is written from the seed, so that ids are the same in each run."""
    with patch("goround.log.event.fresh_salt", lambda: chance.randbytes(32)):
        yield


def everybody(homes: Iterable[Home]) -> list[Home]:
    """Return the honest ones who know anything."""
    return [home for home in homes if home.honest and home.known]
