"""Everything that a device signed can be looked at: by whoever lost it, and by everybody else."""

from goround.ids import DeviceId
from goround.pages.devices import (
    is_too_late,
    named,
    one_device,
    own_devices,
    retired_ones,
    signed_by,
)
from goround.pages.reading import Reading
from tests.stories.world import World
from tests.told import reads, told

STOLEN = """
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben adds a phone
ben's phone agrees to stove
-- ben's phone is offline
ben retires ben's phone
ben's phone says something on the founding: "I am Ben, send money"
ben's phone blocks stove: "Too dear"
-- everyone syncs
"""


def of(world: World, who: str) -> tuple[Reading, DeviceId]:
    return reads(world, "anna"), world.device(who).key.public


def test_a_stolen_device_shows_all_that_it_signed_and_what_came_too_late() -> None:
    world = told(STOLEN)
    reading, phone = of(world, "ben's phone")
    events = signed_by(reading, phone)
    assert set(events) == {
        e.id for e in world.device("ben's phone").events if e.header.device == phone
    }
    late = [event for event in events if is_too_late(reading, event)]
    assert late == events[:2]
    about = one_device(reading, phone, None)
    assert about
    assert (about["owner"], about["is_retired"], about["signed"]) == ("ben", True, len(events))


def test_ones_own_retired_devices_are_still_named() -> None:
    world = told(STOLEN)
    reading = reads(world, "ben")
    here = world.device("ben").key.public
    assert [row["id"] for row in own_devices(reading, here)] == [here]
    assert [row["id"] for row in retired_ones(reading, here)] == [
        world.device("ben's phone").key.public
    ]


def test_a_device_that_nobody_knows_is_none() -> None:
    assert one_device(reads(told(STOLEN), "anna"), DeviceId("A" * 43), None) is None


def test_a_device_is_meant_by_the_start_of_its_id() -> None:
    reading, phone = of(told(STOLEN), "ben's phone")
    assert named(reading, phone[:12]) == [phone]
    assert named(reading, "nothing like that") == []
