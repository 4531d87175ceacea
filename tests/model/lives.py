"""Lives that dwell on one thing each, so that a rule about it is asked often enough."""

from __future__ import annotations

from typing import ClassVar

from tests.model.epochs import Epoch
from tests.model.events import Act
from tests.model.life import Life
from tests.model.world import HOUR, Device


class Arrivals(Life):
    """People come, and go again, while everyday matters are decided; devices are slow to seal."""

    laziness = 0.5

    weights: ClassVar[dict[str, int]] = {
        "meet": 25, "talk": 16, "invite": 5, "accept": 10, "welcome": 10, "everyday": 6,
        "leave": 3, "charter": 1, "take_back": 1, "gathering": 1, "sleep": 2, "reopen": 1,
    }  # fmt: skip


class Crossings(Life):
    """Decisions cross with arrivals, and who came last soon leaves again."""

    laziness = 0.6
    weights: ClassVar[dict[str, int]] = {
        "meet": 18, "talk": 24, "invite": 3, "accept": 10, "welcome": 10, "everyday": 9,
        "leave": 12, "gathering": 1,
    }  # fmt: skip

    def act_leave(self, device: Device, epoch: Epoch) -> Act | None:
        """Let only the newest of several members leave."""
        newest = list(epoch.members.values())[-1:]
        return {"type": "leave"} if newest == [device.root] and len(epoch.members) > 2 else None


class ManyDevices(Life):
    """Everybody soon has several devices, which take over sealing, and are lost."""

    weights: ClassVar[dict[str, int]] = {
        "meet": 20, "talk": 10, "invite": 10, "accept": 20, "welcome": 8, "device_add": 6,
        "take_over": 1, "device_retire": 2, "position": 6, "leave": 1, "everyday": 3,
    }  # fmt: skip


class Charters(Life):
    """Charters change while everyday matters are decided, and people leave."""

    weights: ClassVar[dict[str, int]] = {
        "meet": 25, "talk": 22, "everyday": 6, "charter": 5, "leave": 2, "position": 8,
        "version": 2, "gathering": 3, "sleep": 2, "away": 1, "back": 1,
    }  # fmt: skip


class Absences(Life):
    """People go away and come back, and what is decided passes them by."""

    weights: ClassVar[dict[str, int]] = {
        "meet": 25, "talk": 16, "everyday": 6, "away": 8, "back": 8, "position": 5,
        "device_add": 1, "close": 2, "closing": 5, "gathering": 1, "release": 1, "hearing": 1,
    }  # fmt: skip


class Partings(Life):
    """Few people, who release and replace each other, take invitations back, and leave."""

    weights: ClassVar[dict[str, int]] = {
        "meet": 30, "talk": 14, "release": 4, "replace": 8, "invite": 3, "accept": 8,
        "welcome": 8, "leave": 3, "take_back": 3, "hearing": 2, "withdraw": 3, "version": 2,
        "gathering": 1, "device_retire": 1, "device_add": 2, "take_over": 1,
    }  # fmt: skip


class Ways(Life):
    """A founder who kept a device from when they were alone, forks, and seals what it likes."""

    founder_lies = True
    lying = 0.8
    forking = 0.5
    sealing = 0.7
    conspiring = 0.4
    weights: ClassVar[dict[str, int]] = {
        "meet": 30, "talk": 10, "invite": 5, "accept": 8, "welcome": 5, "leave": 1, "everyday": 4,
        "take_back": 3, "follow": 4, "gathering": 3, "charter": 1, "position": 5, "say": 3,
    }  # fmt: skip


class Remnants(Life):
    """Liars leave, and go back to what they were in, to decide over the heads of who stayed."""

    lying = 0.7
    conspiring = 0.7
    one_liar_in = 1
    weights: ClassVar[dict[str, int]] = {
        "meet": 30, "talk": 6, "everyday": 8, "leave": 4, "position": 8, "gathering": 3,
        "closing": 2, "sleep": 1,
    }  # fmt: skip

    def secret_word(self, device: Device, epoch: Epoch) -> Act | None:
        """Close, or take a position, as the others of them do."""
        self.clock += 3 * 24 * HOUR
        kind = self.chance.choice((self.act_close, self.act_position))
        return kind(device, epoch)


BY_SEED: tuple[type[Life], ...] = (
    Life,
    Arrivals,
    Crossings,
    ManyDevices,
    Charters,
    Absences,
    Partings,
    Ways,
)
"""What seeds stand for, by this order."""

ALL = (*BY_SEED, Remnants)
