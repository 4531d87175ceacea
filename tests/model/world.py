"""A world of people with devices, who act, meet, leave and lie; it signs events and moves them.

Who is honest signs with everything their device knows, and lets it nominate and seal by itself.
Who is not owns several members and devices, shares what they know among them, forks, backdates,
cherry-picks and withholds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.model.broken import Broken
from tests.model.epochs import Epoch
from tests.model.events import Act, ModelEvent, bits, opaque
from tests.model.rules.judge import Rules

HOUR = 3_600_000
START = 1_700_000_000_000
PROOF = "A" * 86


@dataclass
class Device:
    """A key: what it knows, and what it has signed."""

    id: str
    root: str
    honest: bool
    known: int = 0
    signed: list[int] = field(default_factory=list)
    heard: int = 0


class World:
    """Devices, and the history of everything that any of them signed."""

    founder_lies = False
    # How often a device that should nominate or seal waits until it has learned more.
    laziness = 0.0

    def __init__(self, seed: int, rules: Rules | None = None) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.rules = rules or Rules()
        self.devices: list[Device] = []
        self.links: dict[str, bool] = {}
        self.clock = START
        self.count = 0
        self.lazy = 0.0
        self.asleep: set[str] = set()

    def fresh_id(self, kind: str) -> str:
        """Return an id that nothing else has."""
        self.count += 1
        return opaque(self.seed, kind, self.count)

    def device(self, root: str = "", *, honest: bool = True) -> Device:
        """Make a device: of a new person, or of the one whose root device is given."""
        id_ = self.fresh_id("device")
        new = Device(id_, root or id_, honest)
        self.devices.append(new)
        return new

    def pool(self, device: Device) -> int:
        """Return what a device can sign with: liars share what they know."""
        if device.honest:
            return device.known
        known = 0
        for other in self.devices:
            if not other.honest:
                known |= other.known
        return known

    def sign(
        self, device: Device, act: Act, *, head: int | None = None, seen: int | None = None
    ) -> int:
        """Sign an act on top of a device's own event `head`, having seen a past."""
        history = self.rules.history
        if head is None and device.signed:
            head = device.signed[-1]
        parents = self.parents(device, head, device.known if seen is None else seen)
        known = [*parents, *([] if head is None else [head])]
        event = ModelEvent(
            id=self.fresh_id("event"),
            device=device.id,
            seq=0 if head is None else history.events[head].seq + 1,
            prev="" if head is None else history.events[head].id,
            seen=tuple(sorted(history.events[p].id for p in parents)),
            lamport=1 + max((history.events[p].lamport for p in known), default=0),
            at=self.clock + (0 if device.honest else self.chance.randrange(-300, 300) * HOUR),
            act=act,
            words=act["type"] in ("position", "propose", "version", "say"),
        )
        i = self.rules.add(event)
        device.signed.append(i)
        device.known |= history.past[i]
        return i

    def parents(self, device: Device, head: int | None, seen: int) -> list[int]:
        """Return the newest events of others in a past, without what the head knows."""
        history = self.rules.history
        rest = seen if head is None else seen & ~history.past[head]
        for own in list(bits(rest)):
            if history.events[own].device == device.id:
                rest &= ~(1 << own)
        return history.heads(rest)[:64]

    def now(self, device: Device) -> Epoch | None:
        """Return the epoch in which a device finds itself."""
        rules = self.rules
        if device.signed:
            return rules.walk(rules.epoch[device.signed[-1]], device.known)
        adder = rules.adder(device.id, device.known)
        return None if adder is None else rules.walk(rules.epoch[adder], device.known)

    def learn(self, device: Device, past: int) -> None:
        """Let a device come to know a past, and do by itself what it does by itself."""
        if past & ~device.known:
            device.known |= past
            if device.honest and device.root not in self.asleep:
                self.automatic(device)

    def automatic(self, device: Device) -> None:
        """Sign all that carries no opinion and is due, or, if lazy, perhaps the first of it."""
        if self.lazy:
            if self.chance.random() > self.lazy:
                self.sign_word(device)
            return
        for _ in range(40):
            if not self.sign_word(device) and not self.sign_again(device):
                return
        raise Broken("everybody_becomes_quiet", device.id)

    def sign_word(self, device: Device) -> bool:
        """Nominate or seal, where that is due."""
        word = self.next_word(device)
        if word is None:
            return False
        self.sign(device, word)
        return True

    def next_word(self, device: Device) -> Act | None:
        """Return the nomination or seal that is due on a device."""
        rules, epoch = self.rules, self.now(device)
        if epoch is None or not device.known:
            return None
        member = epoch.member(device.root)
        if member is None or self.silenced(device):
            return None
        if not rules.seals_with(device.id, device.root, epoch, device.known):
            return None
        view = rules.view(epoch, device.known)
        word = rules.next_word(view, member, rules.ripe(epoch, device.known))
        if word is None:
            return None
        return {"type": word[0], "epoch": epoch.id, "round": word[1], "change": word[2]}

    def silenced(self, device: Device) -> bool:
        """Tell whether a device is forked or retired, as far as it knows."""
        forked = self.rules.history.fork(device.id, device.known) is not None
        return forked or any(self.rules.hits(device.known, "device_retire of", device.id))

    def sign_again(self, device: Device) -> bool:
        """Accept again, where an acceptance has become stale."""
        rules, epoch = self.rules, self.now(device)
        if epoch is None or not rules.joining(device.root, epoch, device.known):
            return False
        last = list(rules.hits(device.known, "accept", device.root))[-1]
        act = rules.event(last).act
        stale = not rules.fresh(last, epoch, device.known)
        gone = act["version"] in epoch.spent or rules.leaving(device.root, epoch, device.known)
        if device.id != device.root or not stale or gone or self.silenced(device):
            return False
        self.sign(device, {**act, "epoch": epoch.id})
        return True

    def meet(self, one: Device, other: Device) -> None:
        """Let two devices exchange all they know."""
        known = self.pool(one) | self.pool(other)
        self.learn(one, known)
        self.learn(other, known)

    def exchange(self, devices: list[Device], rounds: int = 40) -> None:
        """Let devices exchange everything until nothing new is said."""
        for _ in range(rounds):
            known = 0
            for device in devices:
                known |= device.known
            if all(device.known == known for device in devices):
                return
            for device in devices:
                self.learn(device, known)

    def found(self, *, honest: bool = True) -> Device:
        """Let somebody found the collective."""
        first = self.device(honest=honest)
        pass_, borne = self.chance.choice(("pass", "wait")), self.chance.choice((0, 0, 1))
        charter = {"everyday": {"unheard": pass_, "blocks": borne}}
        nonce = self.fresh_id("nonce")
        self.sign(first, {"type": "found", "nonce": nonce, "charter": charter, "rules": 1})
        return first

    def invite(self, device: Device, *, honest: bool, replaces: str = "") -> str:
        """Put forward an invitation, and return its version."""
        effect = {"do": "invite", "key": self.fresh_id("key"), "replaces": replaces}
        version = self.propose(device, "membership", [effect])
        self.links[version] = honest
        return version

    def propose(self, device: Device, matter: str, effects: list[Act], until: int = 0) -> str:
        """Put forward a proposal, and return its id."""
        act = {"type": "propose", "matter": matter, "effects": effects, "review": 0}
        return self.rules.event(self.sign(device, {**act, "until": until})).id

    def accept(self, version: str, inviter: Device, share: float = 0.8) -> Device:
        """Let somebody new use a link, shown what the inviter knows, agreeing to a share of it."""
        epoch = self.now(inviter)
        assert epoch is not None
        new = self.device(honest=self.links[version])
        new.known = inviter.known
        behind = [
            v
            for v in self.rules.invitations(new.known)
            if v != version and v not in epoch.spent and self.chance.random() < share
        ]
        self.sign(new, self.acceptance(version, epoch, behind))
        return new

    def acceptance(self, version: str, epoch: Epoch, behind: list[str]) -> Act:
        """Return the act of accepting the invitation that a version holds."""
        act = self.rules.event(self.rules.history.number[version]).act
        effect = next(n for n, e in enumerate(act["effects"]) if e["do"] == "invite")
        return {
            "type": "accept", "version": version, "effect": effect,
            "epoch": epoch.id, "proof": PROOF, "behind": sorted(behind),
        }  # fmt: skip

    def gather(self, members: int, liars: int = 0) -> None:
        """Found a collective and let it grow to a number of members, the last of them liars."""
        first = self.found(honest=not (liars and self.founder_lies))
        honest = [n < members - liars for n in range(1, members)]
        versions = [self.invite(first, honest=h) for h in honest]
        joining = [self.accept(version, first, share=1) for version in versions]
        self.settle()
        self.welcome_each_other(joining)
        self.settle()

    def welcome_each_other(self, joining: list[Device]) -> None:
        """Let whoever of the newcomers came in first say that they know the others."""
        inside = [d for d in joining if (epoch := self.now(d)) and epoch.member(d.root)]
        for device in inside[:1]:
            for other in joining:
                if other not in inside:
                    self.sign(device, {"type": "welcome", "device": other.id})

    def settle(self) -> None:
        """Let everybody exchange everything, liars playing by the rules meanwhile."""
        liars = [d for d in self.devices if not d.honest]
        for device in liars:
            device.honest = True
        self.exchange(self.devices)
        for device in self.devices:
            self.automatic(device)
        self.exchange(self.devices)
        for device in liars:
            device.honest = False
