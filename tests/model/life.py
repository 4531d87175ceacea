"""Random life in a world: honest people do what people do, liars whatever their keys can sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from tests.model.epochs import Epoch, effect_of
from tests.model.events import Act, bits
from tests.model.rules.rounds import NOTHING
from tests.model.world import HOUR, PROOF, Device, World

STANCES = ("agree", "reservations", "leave-it", "aside", "time", "block")
# How often each act is tried, against meeting somebody.
WEIGHTS = {
    "position": 10, "everyday": 3, "invite": 3, "accept": 6, "welcome": 5, "take_back": 1,
    "leave": 1, "away": 2, "back": 3, "version": 1, "carry": 1, "withdraw": 1, "release": 2,
    "hearing": 1, "charter": 2, "device_add": 1, "take_over": 1, "device_retire": 1, "close": 2,
    "reopen": 1, "replace": 1, "say": 1, "follow": 1, "meet": 30, "talk": 12, "gathering": 2,
    "sleep": 1,
}  # fmt: skip
# What a liar does not do on a false past: these move more than one device.
NOT_FALSE = ("meet", "talk", "gathering", "sleep", "device_add", "accept")


class Life(World):
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
        elif kind == "sleep":
            several = len({d.root for d in awake}) > 2
            self.asleep = self.asleep | {device.root} if several else set()
        elif not device.honest and self.chance.random() < 0.5:
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
            self.note_link(device, epoch)
            if device.honest:
                self.automatic(device)

    def note_link(self, device: Device, epoch: Epoch) -> None:
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

    def think_of(self, kind: str, device: Device, epoch: Epoch) -> Act | None:
        """Return an act of a kind, or nothing."""
        make: Callable[[Device, Epoch], Act | None] | None = getattr(self, f"act_{kind}", None)
        return {"type": kind} if make is None else make(device, epoch)

    # Each of these returns an act that makes sense to its author, or nothing.

    def versions(self, device: Device) -> list[str]:
        """Return the versions that a device knows, the newest first."""
        found = list(self.rules.hits(device.known, "versions"))
        return [self.rules.event(i).id for i in reversed(found)]

    def pick(self, device: Device, epoch: Epoch) -> str | None:
        """Return a version, rather a new one."""
        found = [v for v in self.versions(device) if v not in epoch.spent][:6]
        return self.chance.choice(found) if found else None

    def act_position(self, device: Device, epoch: Epoch) -> Act | None:
        rules = self.rules
        found = [v for v in self.versions(device) if v not in epoch.spent]
        lacking = [v for v in found if not rules.stance(v, device.root, epoch, device.known)]
        version = self.chance.choice(lacking) if lacking else self.pick(device, epoch)
        if version is None:
            return None
        stance = self.chance.choices(STANCES, (16, 2, 2, 2, 1, 1))[0]
        return {"type": "position", "version": version, "stance": stance}

    def new_proposal(self, matter: str, effects: list[Act]) -> Act:
        until = self.clock + self.chance.randrange(0, 100) * HOUR
        return {
            "type": "propose", "matter": matter, "effects": effects, "review": 0, "until": until,
        }  # fmt: skip

    def act_everyday(self, device: Device, epoch: Epoch) -> Act:
        return self.new_proposal(self.chance.choice(("everyday", "agreement")), [])

    def invitation(self, device: Device, replaces: str) -> Act:
        effect = {"do": "invite", "key": self.fresh_id("key"), "replaces": replaces}
        return self.new_proposal("membership", [effect])

    def act_invite(self, device: Device, epoch: Epoch) -> Act | None:
        if len(epoch.members) >= 12:
            return None
        return self.invitation(device, "")

    def act_replace(self, device: Device, epoch: Epoch) -> Act | None:
        other = self.somebody(device, epoch)
        return None if other is None else self.invitation(device, other)

    def somebody(self, device: Device, epoch: Epoch) -> str | None:
        """Return another member."""
        others = [m for m, r in epoch.members.items() if r != device.root]
        return self.chance.choice(others) if others else None

    def act_release(self, device: Device, epoch: Epoch) -> Act | None:
        other = self.somebody(device, epoch)
        effect = {"do": "release", "member": other}
        return None if other is None else self.new_proposal("membership", [effect])

    def act_charter(self, device: Device, epoch: Epoch) -> Act:
        rule: Act = self.chance.choice(
            ({"blocks": 1}, {"asides": 2}, {"unheard": "pass"}, {"window": 1}, {})
        )
        matter = self.chance.choice(("everyday", "agreement", "membership"))
        effect = {"do": "charter", "from": epoch.charter_by, "set": {matter: rule}}
        return self.new_proposal("charter", [effect])

    def act_welcome(self, device: Device, epoch: Epoch) -> Act | None:
        rules = self.rules
        joining = [
            rules.root[i]
            for i in rules.hits(device.known, "accept")
            if rules.root[i] not in epoch.roots and rules.root[i] != device.root
        ]
        return {"type": "welcome", "device": self.chance.choice(joining)} if joining else None

    def act_take_back(self, device: Device, epoch: Epoch) -> Act | None:
        found = [v for v in self.rules.invitations(device.known) if v not in epoch.spent]
        return {"type": "take_back", "version": self.chance.choice(found)} if found else None

    def act_version(self, device: Device, epoch: Epoch) -> Act | None:
        version = self.pick(device, epoch)
        if version is None:
            return None
        old = self.rules.event(self.rules.history.number[version]).act
        effect = effect_of(old)
        effects = [{**effect, "key": self.fresh_id("key")}] if "key" in effect else old["effects"]
        return {
            "type": "version", "proposal": self.rules.proposal(version), "prev": version,
            "matter": old["matter"], "effects": effects, "review": 0, "until": old["until"],
        }  # fmt: skip

    def about_proposal(self, kind: str, device: Device, epoch: Epoch) -> Act | None:
        version = self.pick(device, epoch)
        if version is None:
            return None
        return {"type": kind, "proposal": self.rules.proposal(version)}

    def act_carry(self, device: Device, epoch: Epoch) -> Act | None:
        return self.about_proposal("carry", device, epoch)

    def act_withdraw(self, device: Device, epoch: Epoch) -> Act | None:
        return self.about_proposal("withdraw", device, epoch)

    def act_hearing(self, device: Device, epoch: Epoch) -> Act | None:
        rules = self.rules
        found = [v for v in self.versions(device) if rules.effect(v).get("do") == "release"]
        if not found:
            return None
        return {"type": "hearing", "proposal": rules.proposal(self.chance.choice(found))}

    def act_device_add(self, device: Device, epoch: Epoch) -> Act:
        new = self.device(device.root, honest=device.honest)
        self.sign(device, {"type": "device_add", "device": new.id, "proof": PROOF})
        new.known = device.known
        return {"type": "say", "on": self.rules.event(0).id}

    def act_device_retire(self, device: Device, epoch: Epoch) -> Act | None:
        own = [d for d in self.devices if d.root == device.root and d is not device]
        return {"type": "device_retire", "device": self.chance.choice(own).id} if own else None

    def act_take_over(self, device: Device, epoch: Epoch) -> Act | None:
        own = [d for d in self.devices if d.root == device.root]
        return {"type": "take_over"} if len(own) > 1 else None

    def act_close(self, device: Device, epoch: Epoch) -> Act | None:
        version = self.pick(device, epoch)
        return None if version is None else {"type": "close", "version": version}

    def act_reopen(self, device: Device, epoch: Epoch) -> Act | None:
        found = self.rules.decided(epoch, device.known)
        return {"type": "reopen", "version": self.chance.choice(found)} if found else None

    def act_say(self, device: Device, epoch: Epoch) -> Act | None:
        version = self.pick(device, epoch)
        return None if version is None else {"type": "say", "on": version}

    def act_follow(self, device: Device, epoch: Epoch) -> Act | None:
        ways = self.rules.successors(epoch, device.known)
        return {"type": "follow", "epoch": ways[-1].id} if len(ways) > 1 else None

    # What liars do besides.

    def lie(self, device: Device) -> None:
        """Sign something on an old or picked past, perhaps a second time in one place."""
        head = device.signed[-1] if device.signed else None
        if head is not None and self.chance.random() < 0.25:
            head = self.chance.choice(device.signed)
        seen = self.picked_past(device)
        known = seen | (0 if head is None else self.rules.history.past[head])
        view = Device(device.id, device.root, honest=False, known=known)
        view.signed = [] if head is None else [head]
        epoch = self.now(view)
        if epoch is None:
            return
        act = self.false_word(view, epoch) if self.chance.random() < 0.5 else None
        if act is None:
            kind = self.chance.choice([k for k in self.weights if k not in NOT_FALSE])
            act = self.think_of(kind, view, epoch)
        if act is not None:
            self.sign(device, act, head=head, seen=seen)

    def picked_past(self, device: Device) -> int:
        """Return what a liar pretends to have seen."""
        known = self.pool(device)
        if self.chance.random() < 0.4:
            return known
        past = 0
        for _ in range(self.chance.randrange(0, 4)):
            past |= self.rules.history.past[self.chance.choice(list(bits(known)))]
        return past

    def false_word(self, device: Device, epoch: Epoch) -> Act | None:
        """Return any nomination or seal that the rules let this past sign."""
        rules = self.rules
        member = epoch.member(device.root)
        if member is None:
            return None
        past = device.known
        view = rules.view(epoch, past)
        ripe = rules.ripe(epoch, past)
        named = {w.change for w in view.nominations | view.seals} | set(ripe)
        found: list[tuple[str, int, str]] = []
        for number in range(max((w.round for w in view.nominations | view.seals), default=0) + 2):
            for change in sorted(named | {NOTHING}):
                if not rules.why_not_nominate(view, member, number, change, ripe=change in ripe):
                    found.append(("nominate", number, change))
                if not rules.why_not_seal(view, member, number, change):
                    found.append(("seal", number, change))
        if not found:
            return None
        kind, number, change = self.chance.choice(found)
        return {"type": kind, "epoch": epoch.id, "round": number, "change": change}
