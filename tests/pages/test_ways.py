"""Where devices signed two histories: who did, with the proof, and where it led."""

import json
from typing import Any

import pytest

from goround.errors import NotGenuine
from goround.ids import DeviceId, encode
from goround.log.keys import DeviceKey
from goround.log.proofs import read_fork
from goround.pages.addressing import plain
from goround.pages.twice import read_twice
from goround.pages.waits_of_people import good_to_know
from goround.pages.ways import doubled, forks, has_ways, ways
from tests.pages.test_genuine import Copy
from tests.told import reads, told

THREE = '-- anna, ben and cleo are together in "Bread"\n'
COPIED = (
    THREE + '-- ben\'s key is copied\nben says something on the founding: "Yes"\n'
    'ben\'s copy says something on the founding: "No"\n-- everyone syncs\n'
)
DOUBLED = """
-- anna, ben and cleo are together in "Bread"
ben adds a phone
-- devices do nothing by themselves
anna leaves
anna nominates anna's leaving in round 0
cleo nominates anna's leaving in round 0
-- ben's phone | anna, ben and cleo
ben seals anna's leaving in round 0
ben's phone takes over
ben's phone seals anna's leaving in round 0
-- everyone syncs
"""
TWO_WAYS = """
-- anna, ben and cleo are together in "Bread"
anna proposes slower (charter), with the rule everyday_notice = 9
-- the devices of anna, ben and cleo are asleep
anna, ben and cleo agree to slower
anna proposes faster (charter), with the rule everyday_notice = 1
anna, ben and cleo agree to faster
-- anna's key is copied
-- ben's key is copied
-- devices do nothing by themselves
-- anna's copy and ben's copy | anna, ben and cleo
anna and ben nominate slower in round 0
anna and ben seal slower in round 0
anna's copy and ben's copy nominate faster in round 0
anna's copy and ben's copy seal faster in round 0
cleo acknowledges the founding
-- everyone syncs
"""


def test_in_a_quiet_collective_there_is_one_way_and_no_fork() -> None:
    world = told(THREE)
    reading = reads(world, "anna")
    assert (has_ways(reading), ways(reading), doubled(reading, Copy(world).fetch)) == (
        False,
        [],
        [],
    )
    assert forks(reading, Copy(world).fetch) == []


def test_a_fork_comes_with_a_proof_that_needs_nothing_else() -> None:
    world = told(COPIED)
    (fork,) = forks(reads(world, "anna"), Copy(world).fetch)
    assert (fork["name"], fork["mine"]) == ("ben", False)
    first, second = read_fork(fork["proof"].encode())
    assert {first.id, second.id} == {event["id"] for event in fork["events"]}
    assert not has_ways(reads(world, "anna"))


def test_everybody_is_told_calmly_until_the_device_is_retired() -> None:
    world = told(COPIED)
    (wait,) = [w for w in good_to_know(reads(world, "anna")) if w.kind == "forks"]
    assert plain(wait.what) == "A device of ben signed two histories."
    assert [w for w in good_to_know(reads(world, "ben")) if w.kind == "forks"] == []
    world = told(
        THREE
        + COPIED.removeprefix(THREE).replace("-- ben's key", "ben adds a phone\n-- ben's key")
        + "ben's phone retires ben\n"
    )
    assert [w for w in good_to_know(reads(world, "anna")) if w.kind == "forks"] == []


def test_a_spoilt_copy_gives_no_proof() -> None:
    world = told(COPIED)
    (fork,) = forks(reads(world, "anna"), Copy(world).fetch)
    copy = Copy(world, fork["events"][0]["id"])
    (fork,) = forks(reads(world, "anna"), copy.fetch)
    assert fork["proof"] is None


def test_two_ways_are_told_with_what_differs_and_which_one_is_mine() -> None:
    world = told(TWO_WAYS)
    reading = reads(world, "cleo")
    assert has_ways(reading)
    ((mine,), (other,)) = ([w for w in ways(reading)[0] if w["mine"] is so] for so in (True, False))
    assert [step[1]["what"] for step in mine["steps"]] == ["slower"]
    assert [step[1]["what"] for step in other["steps"]] == ["faster"]
    assert (mine["can_follow"], other["can_follow"]) == (False, True)
    assert [rule["rule"] for rule in other["rules"]] == ["everyday_notice"]
    assert mine["sealed_by"] == other["sealed_by"] == ["anna", "ben"]
    assert len(forks(reading, Copy(world).fetch)) == 2


def test_whoever_follows_the_other_way_is_on_it_and_can_come_back() -> None:
    world = told(TWO_WAYS + "cleo follows the way on which faster came into force\n")
    mine = [way for way in ways(reads(world, "cleo"))[0] if way["mine"]]
    assert [step[1]["what"] for step in mine[0]["steps"]] == ["faster"]


def test_two_devices_that_speak_for_one_member_at_once_are_told_of() -> None:
    world = told(DOUBLED)
    (both,) = doubled(reads(world, "anna"), Copy(world).fetch)
    assert (both["name"], both["mine"], len(both["events"])) == ("ben", False, 2)
    shown = read_twice(both["proof"].encode())
    assert (shown.collective, shown.first) == (world.collective, world.device("ben").key.public)
    assert sorted(shown.devices) == both["devices"]


def test_a_proof_that_two_devices_spoke_for_one_holds_only_whole_and_as_it_was() -> None:
    world = told(DOUBLED)
    (both,) = doubled(reads(world, "anna"), Copy(world).fetch)
    rows = json.loads(both["proof"])
    tag, one, other, *adds = rows
    spoilt = [
        [tag, one, other],  # whose the second device is, is not shown
        [tag, one, one, *adds],
        ["goround/twice/2", one, other, *adds],
        [tag, one, [other[0].replace('"round":0', '"round":1'), other[1]], *adds],
        [tag, one, [other[0], one[1]], *adds],
        [tag, one, other, [adds[0][0], other[1]]],
        [tag, one],
        [],
        {},
    ]
    for proof in spoilt:
        with pytest.raises(NotGenuine):
            read_twice(json.dumps(proof, separators=(",", ":")).encode())
    assert (
        doubled(reads(world, "anna"), Copy(world, both["events"][0]["id"]).fetch)[0]["proof"]
        is None
    )


def test_what_only_calls_itself_a_seal_proves_nothing() -> None:
    world = told(DOUBLED)
    (both,) = doubled(reads(world, "anna"), Copy(world).fetch)
    tag, *seals, add = json.loads(both["proof"])
    keys = {one.key.public: one.key for one in map(world.device, ("ben", "ben's phone"))}

    def proof(act: dict[str, Any] | None) -> bytes:
        rows = [signed_anew(seal[0], act, keys) for seal in seals]
        return json.dumps([tag, *rows, add], separators=(",", ":")).encode()

    assert read_twice(proof(None))
    with pytest.raises(NotGenuine):
        read_twice(proof({"type": "seal"}))


def signed_anew(raw: str, act: dict[str, Any] | None, keys: dict[DeviceId, DeviceKey]) -> list[str]:
    """Let a device sign what it signed, or another act in its place."""
    head = json.loads(raw)
    head[8] = act or head[8]
    written = json.dumps(head, separators=(",", ":"))
    return [written, encode(keys[head[2]].sign("event", written.encode()))]


def test_nobody_is_said_to_own_a_device_that_did_not_agree_to_it() -> None:
    """Whoever adds a stranger's key in their own name has no proof of it by that key."""
    world = told(DOUBLED)
    (both,) = doubled(reads(world, "anna"), Copy(world).fetch)
    tag, one, other, add = json.loads(both["proof"])
    anna = world.device("anna")
    head = json.loads(add[0])
    head[2] = anna.key.public
    raw = json.dumps(head, separators=(",", ":"))
    claimed = [raw, encode(anna.key.sign("event", raw.encode()))]
    with pytest.raises(NotGenuine):
        read_twice(json.dumps([tag, one, other, claimed], separators=(",", ":")).encode())


def test_what_was_decided_on_one_way_alone_is_told_of_that_way() -> None:
    stove = 'anna proposes stove: "Buy a wood stove"\nanna, ben and cleo agree to stove\n'
    world = told(TWO_WAYS.replace("-- everyone syncs", stove + "-- everyone syncs"))
    found = {way["mine"]: way["decisions"] for way in ways(reads(world, "cleo"))[0]}
    assert [decision["title"] for decision in found[True]] == ["stove"]
    assert found[False] == []
