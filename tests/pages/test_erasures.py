"""Who has erased what is told by what devices said anyway, and nobody is asked to confirm."""

from goround.pages.addressing import plain
from goround.pages.erasures import erasure, erasures, in_words
from goround.pages.proposals import show
from tests.told import proposal, reads, told

SAID = """
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben says something on stove: "My landlord drinks"
"""
ERASED = SAID + "ben erases ben's remark\n"
DECIDED = (
    SAID
    + 'anna proposes forget (agreement), erasing ben\'s remark: "Not ours to keep"\n'
    + "anna and ben agree to forget\n"
)


def test_whoever_said_something_since_is_known_to_have_erased_and_nobody_else() -> None:
    world = told(ERASED + "cleo agrees to stove\n")
    found = erasure(reads(world, "anna"), world.find("ben's remark"))
    assert found
    assert (found["by"], found["proposal"]) == ("ben", None)
    assert (found["known_by"], found["not_yet"]) == (["ben", "cleo"], ["anna"])
    assert [plain(line) for line in in_words(found)] == [
        "ben erased these words.",
        "Known to be erased on the devices of ben and cleo.",
        "Not known yet whether they are erased with anna: nothing came since.",
    ]


def test_whoever_is_offline_is_not_known_to_have_erased_whatever_they_say() -> None:
    world = told(SAID + "-- cleo is offline\nben erases ben's remark\ncleo agrees to stove\n")
    found = erasure(reads(world, "anna"), world.find("ben's remark"))
    assert found
    assert "cleo" in found["not_yet"]
    assert erasure(reads(world, "cleo"), world.find("ben's remark")) is None


def test_of_several_devices_each_one_counts() -> None:
    story = """
    -- anna, ben and cleo are together in "Bread"
    cleo adds a phone
    cleo's phone says something on the founding: "Hello"
    ben says something on the founding: "My landlord drinks"
    ben erases ben's remark
    cleo says something on the founding: "I am back"
    """
    world = told(story)
    found = erasure(reads(world, "anna"), world.find("ben's remark"))
    assert found
    assert [(c["known"], c["devices"]) for c in found["copies"] if c["name"] == "cleo"] == [(1, 2)]
    assert "cleo (known of 1 of 2 devices)" in plain(in_words(found)[-1])


def test_by_decision_it_is_known_of_whoever_knows_that_everybody_has_heard() -> None:
    world = told(DECIDED)
    assert erasure(reads(world, "anna"), world.find("ben's remark")) is None
    world = told(DECIDED + 'cleo agrees to forget\nanna says something on stove: "So be it"\n')
    found = erasure(reads(world, "anna"), world.find("ben's remark"))
    assert found
    assert (found["proposal"], found["title"]) == (proposal(world, "forget"), "forget")
    assert "anna" in found["known_by"]
    assert "by decision: “forget”" in plain(in_words(found)[0])


def test_a_proposal_tells_of_words_in_it_and_of_those_that_it_erased() -> None:
    world = told(DECIDED + 'cleo agrees to forget\nanna says something on stove: "So be it"\n')
    reading, remark = reads(world, "anna"), world.find("ben's remark")
    reading.replay.forget(remark)
    for name in ("stove", "forget"):
        named = proposal(world, name)
        found = erasures(reading, named, show(reading, named))
        assert [one["event"] for one in found] == [remark]


def test_who_has_left_is_not_waited_for() -> None:
    world = told(SAID + "cleo leaves\nben erases ben's remark\n")
    found = erasure(reads(world, "anna"), world.find("ben's remark"))
    assert found
    assert "cleo" not in [copy["name"] for copy in found["copies"]]
