"""What honest people do: for each kind of act, one that makes sense to its author, or none."""

# ruff: noqa: ARG002 - every deed is asked in the same way

from __future__ import annotations

from collections.abc import Callable

from tests.model.epochs import Epoch, effect_of
from tests.model.events import Act
from tests.model.world import HOUR, PROOF, Device, World

STANCES = ("agree", "reservations", "leave-it", "aside", "time", "block")


class Deeds(World):
    """A world in which people can think of something to do."""

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
