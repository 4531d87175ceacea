"""What is said of one of us, of somebody who is joining, and of those who were here before."""

from goround.pages.four_words import four_words
from goround.pages.member import Json, coming, former, member, mine
from goround.pages.reading import Reading
from tests.stories.world import World
from tests.told import reads, told

THREE = '-- anna, ben and cleo are together in "Bread"\n'
DANA = THREE + "anna invites dana\nben and cleo agree to dana's invitation\ndana joins\n"


def waits(world: World, reader: str = "anna") -> str:
    return str(coming(reads(world, reader))[0]["waits"]["for"])


def of(reading: Reading, name: str) -> Json:
    """Return what the member page knows of somebody by name."""
    people = reading.view.epoch.members.items()
    held = next(held for who, held in people if member_name(reading, held) == name)
    found = member(reading, held)
    assert found is not None
    return found


def member_name(reading: Reading, held: str) -> object:
    found = member(reading, held)
    return found["name"] if found else None


def test_a_newcomer_waits_for_somebody_who_knows_them() -> None:
    world = told(DANA)
    (row,) = coming(reads(world, "ben"))
    assert row["waits"] == {"for": "welcome", "of": ["ben", "cleo"], "me": True}
    assert (row["invited_by"], row["welcome"]) == ("anna", "yes")


def test_the_words_of_a_newcomer_are_those_of_their_own_device() -> None:
    world = told(DANA)
    (row,) = coming(reads(world, "ben"))
    assert row["words"] == four_words(world.device("dana").key.public)


def test_whoever_invited_somebody_does_not_welcome_them() -> None:
    (row,) = coming(reads(told(DANA), "anna"))
    assert row["welcome"] == "inviter"


def test_somebody_welcomes_somebody_once() -> None:
    world = told(DANA + "-- the devices of anna, ben and cleo are asleep\nben welcomes dana")
    (row,) = coming(reads(world, "ben"))
    assert (row["welcome"], row["welcomed_by"]) == ("said", ["ben"])


def test_who_is_joining_neither_welcomes_themselves_nor_others() -> None:
    assert [row["welcome"] for row in coming(reads(told(DANA), "dana"))] == ["no"]


def test_after_the_welcome_a_newcomer_waits_for_most_to_hear() -> None:
    asleep = "-- the devices of anna, ben and cleo are asleep\n"
    (row,) = coming(reads(told(DANA + asleep + "ben welcomes dana"), "anna"))
    assert row["waits"] == {"for": "hearing", "heard": [], "needed": 2, "members": 3}


def test_an_invitation_on_which_somebody_thinks_again_waits_for_them() -> None:
    (row,) = coming(reads(told(DANA + 'cleo blocks dana\'s invitation: "No"'), "anna"))
    assert row["waits"] == {"for": "consent", "of": ["cleo"]}


def test_what_was_decided_meanwhile_is_found_by_the_newcomers_own_device() -> None:
    offline = (
        '-- dana is offline\nanna proposes stove: "Buy one"\nanna, ben and cleo agree to stove\n'
    )
    assert waits(told(DANA + offline + "ben welcomes dana")) == "news"


def test_those_who_were_here_stay_in_sight_with_how_they_went() -> None:
    story = (
        '-- anna, ben, cleo and dana are together in "Bread"\n'
        "anna invites ben2 in the place of ben\ncleo and dana agree to ben2's invitation\n"
        "ben2 joins\ncleo welcomes ben2\ndana leaves\n"
    )
    rows = former(reads(told(story), "anna"))
    assert [(row["name"], row["how"], row["now"]) for row in rows] == [
        ("ben", "again", "ben2"),
        ("dana", "left", None),
    ]


def test_a_page_of_somebody_who_went_can_still_be_found() -> None:
    world = told(THREE + "cleo leaves")
    reading = reads(world, "anna")
    (row,) = former(reading)
    assert member(reading, row["id"]) == row


def test_what_is_open_about_a_member_is_told_on_their_page() -> None:
    reading = reads(told(THREE + "anna proposes to release ben"), "cleo")
    (about,) = of(reading, "ben")["about"]
    assert about["releases"]
    assert of(reading, "anna")["about"] == []


def test_parting_takes_three() -> None:
    assert of(reads(told(THREE), "anna"), "ben")["enough"]
    pair = '-- anna and ben are together in "Bread"\n'
    assert not of(reads(told(pair), "anna"), "ben")["enough"]


def test_a_device_that_forked_is_told_of_with_its_person() -> None:
    story = (
        THREE + '-- ben\'s key is copied\nben says something on the founding: "Yes"\n'
        'ben\'s copy says something on the founding: "No"\n-- everyone syncs\n'
    )
    reading = reads(told(story), "anna")
    assert of(reading, "ben")["forked"]
    assert not of(reading, "anna")["forked"]


def test_an_event_that_brought_nobody_is_nobodys_page() -> None:
    world = told(THREE + 'anna proposes stove: "Buy one"')
    reading = reads(world, "anna")
    assert member(reading, world.versions["stove"][0]) is None
    assert member(reading, "A" * 43) is None


def test_a_name_that_looks_like_a_members_is_told_to_whoever_would_welcome_it() -> None:
    world = told(DANA + 'dana is now called "Ben"\n')
    (row,) = coming(reads(world, "ben"))
    assert row["looks_like"] == "ben"


def test_one_who_is_joining_is_not_the_last_to_go() -> None:
    alone = 'anna founds "Bread"\nanna invites dana\n-- the device of anna is asleep\ndana joins\n'
    world = told(alone)
    assert not mine(reads(world, "dana"))["alone"]
    assert mine(reads(world, "anna"))["alone"]
