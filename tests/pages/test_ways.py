"""Where devices signed two histories: who did, with the proof, and where it led."""

from goround.log.proofs import read_fork
from goround.pages.ways import doubled, forks, has_ways, ways
from tests.pages.test_genuine import Copy
from tests.told import reads, told

THREE = '-- anna, ben and cleo are together in "Bread"\n'
COPIED = (
    THREE + '-- ben\'s key is copied\nben says something on the founding: "Yes"\n'
    'ben\'s copy says something on the founding: "No"\n-- everyone syncs\n'
)
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
    assert (has_ways(reading), ways(reading), doubled(reading)) == (False, [], [])
    assert forks(reading, Copy(world).fetch) == []


def test_a_fork_comes_with_a_proof_that_needs_nothing_else() -> None:
    world = told(COPIED)
    (fork,) = forks(reads(world, "anna"), Copy(world).fetch)
    assert (fork["name"], fork["mine"]) == ("ben", False)
    first, second = read_fork(fork["proof"].encode())
    assert {first.id, second.id} == {event["id"] for event in fork["events"]}
    assert not has_ways(reads(world, "anna"))


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
    story = """
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
    (both,) = doubled(reads(told(story), "anna"))
    assert (both["name"], len(both["events"])) == ("ben", 2)
