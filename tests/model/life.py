"""Random life in a world: honest people do what people do, liars whatever their keys can sign."""

from __future__ import annotations

from typing import ClassVar

from tests.model.deeds import STANCES
from tests.model.epochs import Epoch, effect_of
from tests.model.events import bits
from tests.model.liars import Liars
from tests.model.world import HOUR, Device

# How often each act is tried, against meeting somebody.
WEIGHTS = {
    "position": 10, "everyday": 3, "invite": 3, "accept": 6, "welcome": 5, "take_back": 1,
    "leave": 1, "away": 2, "back": 3, "version": 1, "carry": 1, "withdraw": 1, "release": 2,
    "hearing": 1, "charter": 2, "device_add": 1, "take_over": 1, "device_retire": 1, "close": 2,
    "reopen": 1, "replace": 1, "say": 1, "follow": 1, "meet": 30, "talk": 12, "gathering": 2,
    "sleep": 1, "closing": 2,
}  # fmt: skip


class Life(Liars):
    """A world in which things happen."""

    weights: ClassVar[dict[str, int]] = WEIGHTS

    def step(self) -> None:
        """Let one thing happen."""
        self.clock += self.chance.randrange(1, 12) * HOUR
        kinds, weights = list(self.weights), list(self.weights.values())
        kind = self.chance.choices(kinds, weights)[0]
        awake = [d for d in self.devices if d.known and d.root not in self.asleep]
        device = self.chance.choice(awake)
        if kind == "meet":
            self.meet_somebody(device)
        elif kind == "talk":
            self.talk(device)
        elif kind == "gathering":
            self.exchange([d for d in awake if d.honest], rounds=2)
        elif kind == "closing":
            self.close_together(device)
        elif kind == "sleep":
            several = len({d.root for d in awake}) > 2
            self.asleep = self.asleep | {device.root} if several else set()
        elif not device.honest and self.chance.random() < self.lying:
            self.lie(device)
        else:
            self.do(kind, device)

    def meet_somebody(self, device: Device) -> None:
        """Let a device learn what another knows, or a part of it, and then perhaps say so."""
        other = self.chance.choice(self.devices)
        past = self.pool(other)
        if past and self.chance.random() < 0.3:
            part = self.chance.choice(list(bits(past)))
            past = self.rules.history.past[part]
        if device.honest:
            self.learn(device, past)
            self.acknowledge(device)
        else:
            device.known |= past

    def talk(self, device: Device) -> None:
        """Let most people, one after the other or at once, take positions on one version."""
        epoch = self.now(device)
        version = None if epoch is None else self.pick(device, epoch)
        if version is None:
            return
        together = self.chance.random() < 0.4
        told = self.rules.history.past[self.rules.history.number[version]]
        speakers = [d for d in self.devices if d.known and d.root not in self.asleep]
        self.chance.shuffle(speakers)
        for speaker in speakers:
            if self.chance.random() < 0.85 and not self.silenced(speaker):
                self.learn(speaker, told)
                self.speak_on(speaker, version)
                told |= self.pool(speaker) if together and speaker.honest else 0
        self.learn(device, told)

    def close_together(self, device: Device) -> None:
        """Let most people witness a closing date, and later the end of the window after it."""
        epoch = self.now(device)
        found = [] if epoch is None else [v for v in self.versions(device) if v not in epoch.spent]
        if not found:
            return
        version = self.chance.choice(found)
        here = [d for d in self.devices if d.honest and d.known and d.root not in self.asleep]
        for _ in range(2):
            self.clock += 12 * 24 * HOUR
            told = self.rules.history.past[self.rules.history.number[version]]
            for other in here:
                self.learn(other, told)
                now = self.now(other)
                if now is not None and self.is_here(other, now) and not self.silenced(other):
                    self.sign(other, {"type": "close", "version": version})
            self.exchange(here, rounds=2)

    def speak_on(self, device: Device, version: str) -> None:
        """Let somebody say yes to a version, or something else that is needed for it."""
        epoch = self.now(device)
        if epoch is None or not self.is_here(device, epoch):
            return
        said = self.rules.stance(version, device.root, epoch, device.known)
        proposal = self.rules.proposal(version)
        release = self.rules.effect(version).get("do") == "release"
        if release and self.chance.random() < 0.7:
            self.sign(device, {"type": "hearing", "proposal": proposal})
        if said is None or self.chance.random() < 0.1:
            stance = self.chance.choices(STANCES, (24, 2, 2, 1, 1, 1))[0]
            self.sign(device, {"type": "position", "version": version, "stance": stance})
        if self.chance.random() < 0.3 and (welcome := self.act_welcome(device, epoch)):
            self.sign(device, welcome)
        if device.honest:
            self.automatic(device)

    def acknowledge(self, device: Device) -> None:
        """Sign `heard` for a decision that a device has learned of."""
        epoch = self.now(device)
        if epoch is None or self.silenced(device) or self.chance.random() < 0.6:
            return
        new = device.known & ~device.heard
        device.heard = device.known
        done = [i for i in bits(new) if self.rules.completed[i]]
        if (done or self.chance.random() < 0.2) and epoch.member(device.root):
            of = self.rules.event(done[-1]).id if done else epoch.id
            self.sign(device, {"type": "heard", "of": of})

    def do(self, kind: str, device: Device) -> None:
        """Let a device's person do something, where there is something to do."""
        epoch = self.now(device)
        if epoch is None or self.silenced(device):
            return
        if kind == "accept":
            self.use_link(device)
            return
        if not self.is_here(device, epoch):
            return
        act = self.think_of(kind, device, epoch)
        if act is not None:
            self.sign(device, act)
            self.note_link(device)
            if device.honest:
                self.automatic(device)

    def note_link(self, device: Device) -> None:
        """Remember the link of an invitation just put forward: liars invite liars."""
        event = self.rules.event(device.signed[-1])
        if "key" in effect_of(event.act):
            self.links[event.id] = device.honest

    def is_here(self, device: Device, epoch: Epoch) -> bool:
        """Tell whether an honest person would still say something."""
        rules = self.rules
        gone = rules.leaving(device.root, epoch, device.known)
        joining = rules.joining(device.root, epoch, device.known)
        return not gone and (epoch.member(device.root) is not None or joining)

    def use_link(self, device: Device) -> None:
        """Let somebody use a link that this device knows."""
        known = self.rules.invitations(device.known)
        open_ = [v for v in known if v in self.links]
        if open_:
            version = self.chance.choice(open_)
            new = self.accept(version, device)
            if self.chance.random() < 0.8:
                del self.links[version]
            self.learn(device, new.known)
