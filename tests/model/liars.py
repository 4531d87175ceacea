"""What liars do: fork, pick what they saw, seal anything, and go back to a past to decide alone."""

from __future__ import annotations

from typing import ClassVar

from tests.model.deeds import Deeds
from tests.model.epochs import Epoch
from tests.model.events import Act, bits
from tests.model.rules.rounds import NOTHING
from tests.model.world import Device

# What a liar does not do on a false past: these move more than one device.
NOT_FALSE = ("meet", "talk", "gathering", "closing", "sleep", "device_add", "accept")


class Liars(Deeds):
    """A world in which some lie."""

    weights: ClassVar[dict[str, int]] = {}
    # How often a liar lies, forks in doing so, lies about what is sealed, and conspires.
    lying = 0.5
    forking = 0.25
    sealing = 0.5
    conspiring = 0.15
    # One of how many lies, where anybody does.
    one_liar_in = 3

    def lie(self, device: Device) -> None:
        """Sign something on an old or picked past, perhaps a second time in one place."""
        if self.chance.random() < self.conspiring:
            self.conspire()
            return
        head = device.signed[-1] if device.signed else None
        if head is not None and self.chance.random() < self.forking:
            head = self.chance.choice(device.signed)
        seen = self.picked_past(device)
        known = seen | (0 if head is None else self.rules.history.past[head])
        view = Device(device.id, device.root, honest=False, known=known)
        view.signed = [] if head is None else [head]
        epoch = self.now(view)
        if epoch is None:
            return
        act = self.false_word(view, epoch) if self.chance.random() < self.sealing else None
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

    def conspire(self) -> None:
        """Let all liars go back to one past, and go on from there as if nothing else were."""
        liars = [d for d in self.devices if not d.honest and d.known]
        known = self.pool(liars[0])
        kinds = ("accept", "take_back", "leave", "position", "propose")
        turns = [i for i in bits(known) if self.rules.event(i).kind in kinds]
        secret = self.rules.history.past[self.chance.choice(turns or [0])]
        for _ in range(self.chance.randrange(2, 7)):
            for device in liars:
                secret |= self.go_on_secretly(device, secret)

    def go_on_secretly(self, device: Device, secret: int) -> int:
        """Sign what is due on a secret past, and return the past of that."""
        past = self.rules.history.past
        own = [i for i in device.signed if not past[i] & ~secret]
        if not own:
            return 0
        view = Device(device.id, device.root, honest=True, known=secret, signed=own[-1:])
        act = self.next_word(view)
        epoch = self.now(view)
        if act is None and epoch is not None and self.chance.random() < 0.5:
            act = self.secret_word(view, epoch)
        if act is None:
            return 0
        return past[self.sign(device, act, head=own[-1], seen=secret)]

    def secret_word(self, device: Device, epoch: Epoch) -> Act | None:
        """Say what nobody has to, on a secret past."""
        return self.act_position(device, epoch)
