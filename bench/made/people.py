"""Made-up members, and how they come, go, bring further devices and change their charter.

For what changes members or charter everybody comes to the table, so that all know the same; that
is seldom, and the rest of a history needs nobody to wait.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.made.hub import Device, Hub, secret
from bench.made.words import name
from goround.collective.charter import DEFAULTS, Found
from goround.collective.constitution import Heard, Nominate, Seal, quorum
from goround.collective.devices import DeviceAdd
from goround.collective.effects import Invite, SetCharter
from goround.collective.members import Accept, Away, Back, Leave, Welcome
from goround.collective.positions import Position
from goround.collective.proposals import Propose
from goround.ids import EpochId, EventId, encode
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device, prove_invitation
from goround.replay import name_epoch

if TYPE_CHECKING:
    import random

    from bench.made.hub import Said
    from bench.made.words import Writer
    from goround.collective.charter import Matter, Value


@dataclass(slots=True, eq=False)
class Member:
    """Somebody at the table; the first of their devices keeps the constitution for them."""

    name: str
    devices: list[Device]
    words: list[tuple[Said, bool]] = field(default_factory=list)
    """What they said of being away, and whether it was that they are."""

    @property
    def first(self) -> Device:
        return self.devices[0]

    @property
    def is_away(self) -> bool:
        return bool(self.words) and self.words[-1][1]

    def is_away_for(self, device: Device) -> bool:
        return next((away for said, away in self.words[::-1] if device.knows(said)), False)


class People:
    """Those at the table, from the founding on."""

    def __init__(self, seed: int, chance: random.Random, writer: Writer) -> None:
        self.hub, self.chance, self.writer = Hub(seed), chance, writer
        self.joined = self.links = 0
        self.keys: list[DeviceKey] = []
        founder = self._new_device()
        self.here = [self._newcomer(founder)]
        words = {"name": "Bread", "person": name(0), "purpose": writer.text(8, 20)}
        nonce = encode(secret(seed, "nonce"))
        self.hub.sign(founder, Found(nonce, dict(DEFAULTS), 1), words)
        self.epoch = EpochId(self.hub.collective)
        self.charter = EventId(self.hub.collective)

    def _new_device(self) -> Device:
        key = DeviceKey.from_seed(secret(self.hub.seed, "device", len(self.keys)))
        self.keys.append(key)
        return Device(key)

    def _newcomer(self, device: Device) -> Member:
        self.joined += 1
        return Member(name(self.joined - 1), [device])

    def _new_link(self) -> DeviceKey:
        self.links += 1
        return DeviceKey.from_seed(secret(self.hub.seed, "link", self.links))

    # Away and back.

    def go_away(self, member: Member) -> None:
        self.hub.sync(member.first)
        said = self.hub.sign(member.first, Away(), {"until": self.writer.text(2, 6)})
        member.words.append((said, True))

    def come_back(self, member: Member) -> None:
        self.hub.sync(member.first)
        member.words.append((self.hub.sign(member.first, Back()), False))

    def gather(self) -> None:
        """Call everybody to the table: whoever is away is back, and all know everything."""
        for member in self.here:
            if member.is_away:
                self.come_back(member)
        devices = [device for member in self.here for device in member.devices]
        for device in devices * 2:
            device.is_cut_off = False
            self.hub.sync(device)

    # What changes members or charter.

    def _say(self, device: Device, *said: object) -> Said:
        """Let a device say something that knows all that was said before."""
        self.hub.sync(device)
        return self.hub.sign(device, *said)  # type: ignore[arg-type]

    def admit(self) -> None:
        """Invite somebody, let them in, and seal it."""
        self.gather()
        inviter, link = self.chance.choice(self.here), self._new_link()
        newcomer = self._newcomer(self._new_device())
        version = self._propose_change(inviter, Invite(link.public), newcomer.name)
        others = [member for member in self.here if member is not inviter]
        for member in others:
            self._say(member.first, Position(version.id, "agree"))
        proof = prove_invitation(link, self.hub.collective, newcomer.first.key.public)
        accept = Accept(version.id, 0, self.epoch, proof, ())
        accepted = self._say(newcomer.first, accept, {"person": newcomer.name})
        for member in others[:1]:
            self._say(member.first, Welcome(newcomer.first.key.public))
        self._seal(self.here, accepted)
        self.here.append(newcomer)
        self._hear_of_it()

    def part(self, member: Member) -> None:
        """Let somebody leave."""
        self.gather()
        left = self._say(member.first, Leave(), {"because": self.writer.text(5, 30)})
        everyone, self.here = self.here, [one for one in self.here if one is not member]
        self._seal(everyone, left)
        self._hear_of_it()

    def change_charter(self, rules: dict[str, Value]) -> None:
        self.gather()
        author = self.chance.choice(self.here)
        version = self._propose_change(author, SetCharter(self.charter, rules), "")
        for member in self.here:
            self._say(member.first, Position(version.id, "agree"))
        self._seal(self.here, version)
        self.charter = version.id
        self._hear_of_it()

    def add_device(self, member: Member) -> None:
        """Let a member bring a further device."""
        new = self._new_device()
        proof = prove_device(new.key, self.hub.collective, member.first.key.public)
        self._say(member.first, DeviceAdd(new.key.public, proof), {"name": "phone"})
        self.hub.sync(new)
        member.devices.append(new)

    def _propose_change(self, author: Member, effect: Invite | SetCharter, about: str) -> Said:
        matter: Matter = "membership" if isinstance(effect, Invite) else "charter"
        words = {"title": self.writer.title(), "text": self.writer.text(20, 80)}
        if about:
            words["effects"] = [{"name": about}]  # type: ignore[assignment]
        return self._say(author.first, Propose(matter, (effect,), 0, 0), words)

    def _seal(self, epoch: list[Member], change: Said) -> None:
        """Let two thirds of the members' devices nominate a change, and then seal it."""
        willing = [member.first for member in epoch if member in self.here]
        keepers = willing[: quorum(len(epoch))]
        for device in keepers:
            self._say(device, Nominate(self.epoch, 0, change.id))
        for device in (keepers[-1], *keepers[:-1]):
            self._say(device, Seal(self.epoch, 0, change.id))
        self.epoch = name_epoch(self.epoch, change.id)

    def _hear_of_it(self) -> None:
        heard = self.hub.row[-1].device
        for member in self.here:
            if member.first is not heard:
                self._say(member.first, Heard(EventId(self.epoch)))
