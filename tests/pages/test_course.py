"""What a proposal says of itself: exactly what happens next, and what is asked of whom."""

import pytest

from goround.pages.addressing import plain
from goround.pages.asks import asks
from goround.pages.look import Look
from goround.pages.possible import may
from tests.stories.world import World
from tests.told import looks, told

FOUR = '-- anna, ben, cleo and dana are together in "Bread"\n'
STOVE = FOUR + 'anna proposes stove: "Buy a wood stove"\n'


def says(world: World, who: str, name: str = "stove") -> list[str]:
    return [plain(line) for line in looks(world, who, name).lines]


def asked(world: World, who: str, name: str = "stove") -> list[str]:
    at = looks(world, who, name)
    return [ask.what for ask in asks(at.reading, at.version, at.shown, world.now)]


def can(world: World, who: str, name: str = "stove") -> set[str]:
    at: Look = looks(world, who, name)
    allowed = may(at.reading, at.version, at.shown, world.now)
    return {what for what, is_so in allowed._asdict().items() if is_so}


def test_whoever_was_not_heard_is_named_and_the_reader_comes_first() -> None:
    world = told(STOVE + "anna and ben agree to stove")
    assert says(world, "dana")[0] == "Still to be heard: you and cleo."
    assert says(world, "anna")[0] == "Still to be heard: cleo and dana."
    assert asked(world, "dana") == ["answer"]
    assert asked(world, "anna") == []


def test_a_date_is_told_before_and_after() -> None:
    world = told(STOVE + "anna agrees to stove")
    assert "From 18 January 2027 on, more than half of us can say" in says(world, "anna")[1]
    assert "close" not in asked(world, "ben")
    world.now += 4 * 24 * 3600 * 1000
    assert "Its time was over on 18 January 2027." in says(world, "anna")[1]
    assert asked(world, "ben") == ["answer", "close"]


def test_closing_is_told_step_by_step() -> None:
    world = told(STOVE + "anna and ben agree to stove\n-- 4 days pass\nanna closes stove")
    assert says(world, "ben")[-1] == "So far that was said by anna."
    assert "close" not in asked(world, "anna")
    world = told(
        STOVE
        + "anna and ben agree to stove\n-- 4 days pass\nanna, ben and cleo close stove\n"
        + "-- 1 days pass"
    )
    assert says(world, "ben")[1] == (
        "Its time is over. Until 21 January 2027, whoever is not heard still can be."
    )
    assert "close" not in can(world, "ben")
    world.now += 3 * 24 * 3600 * 1000
    assert "The time for those not heard ended" in says(world, "ben")[1]
    assert "close" in can(world, "ben")


def test_a_decision_without_somebody_says_so() -> None:
    world = told(
        STOVE
        + "anna and ben agree to stove\n-- 4 days pass\nanna, ben and cleo close stove\n"
        + "-- 4 days pass\nanna, ben and cleo close stove\n=> stove: decided"
    )
    assert "It was decided without having heard cleo and dana." in says(world, "anna")


def test_what_waits_for_everybody_says_so() -> None:
    world = told(FOUR + 'anna proposes rota (agreement), adopting it: "We cook in turn"')
    assert says(world, "anna", "rota")[1].startswith("It waits until everybody is heard")
    assert "close" not in can(world, "anna", "rota")


def test_a_block_tells_until_when_a_way_is_looked_for() -> None:
    world = told(STOVE + 'anna and cleo agree to stove\nben blocks stove: "Too dear"')
    line = "Blocked by ben. Until 14 February 2027 we look for a way together"
    assert says(world, "cleo")[0].startswith(line)
    assert says(world, "ben")[0].startswith("Blocked by you.")
    assert asked(world, "ben") == ["repair"]
    assert asked(world, "cleo") == ["confirm"]
    assert asked(world, "anna") == ["carry"]
    world.now += 40 * 24 * 3600 * 1000
    assert "ended on 14 February 2027" in says(world, "cleo")[0]


def test_who_has_not_answered_does_not_learn_who_blocks() -> None:
    world = told(STOVE + 'anna and cleo agree to stove\nben blocks stove: "Too dear"')
    lines = " ".join(says(world, "dana"))
    assert "Somebody blocks it. You see who and why once you have taken" in lines
    assert "ben" not in lines
    assert asked(world, "dana") == ["answer"]


def test_too_many_who_stand_aside_are_no_consent() -> None:
    world = told(
        STOVE
        + "anna and dana agree to stove\n"
        + 'ben stands aside stove: "Not for me"\ncleo stands aside stove: "Nor for me"'
    )
    assert says(world, "anna")[0] == (
        "Two of us stand aside, and at most one can: it takes other words, or another answer."
    )


def test_leaving_it_to_each_other_decides_nothing() -> None:
    world = told(STOVE + "anna, ben, cleo and dana leave stove to the others")
    assert says(world, "anna")[0].startswith("Nobody agrees so far")


def test_more_time_is_asked_for_once() -> None:
    world = told(STOVE + "anna and cleo and dana agree to stove\nben asks for more time on stove")
    assert says(world, "anna")[0] == "More time was asked for by ben."
    assert asked(world, "ben") == ["answer"]
    assert "more_time" not in can(world, "ben")


def test_new_words_ask_everybody_anew() -> None:
    world = told(STOVE + 'ben agrees to stove\nanna changes stove: "Rent a wood stove"')
    at = looks(world, "ben", "stove")
    (ask,) = asks(at.reading, at.version, at.shown, world.now)
    assert ask.sentence.startswith("There are new words")


def test_decided_tells_who_has_heard() -> None:
    world = told(STOVE + "-- dana is offline\nanna, ben and cleo agree to stove\n-- dana syncs")
    assert says(world, "anna")[0] == "Still to be heard: dana."
    world = told(STOVE + "anna, ben, cleo and dana agree to stove")
    assert says(world, "anna")[0] == ("Decided on 15 January 2027. Everybody here has heard of it.")
    world = told(
        STOVE + "dana agrees to stove\n-- dana is offline\nanna, ben and cleo agree to stove"
    )
    assert says(world, "anna")[0] == "Decided · heard by 3 of 4, not yet: dana."


def test_a_release_waits_for_its_hearing() -> None:
    world = told(FOUR + "anna proposes to release dana\nanna, ben and cleo agree to dana's release")
    assert says(world, "anna", "dana's release")[0] == (
        "Everybody else agrees. The hearing has yet to be put on record."
    )
    assert asked(world, "ben", "dana's release") == ["hearing"]
    assert asked(world, "anna", "dana's release") == []
    assert asked(world, "dana", "dana's release") == ["hearing"]
    assert "answer" not in can(world, "dana", "dana's release")
    assert "carry" not in can(world, "dana", "dana's release")


def test_what_is_reopened_shows_the_new_version_and_what_holds() -> None:
    world = told(
        FOUR
        + 'anna proposes rota (agreement), adopting it: "We cook in turn"\n'
        + 'anna, ben, cleo and dana agree to rota\nben reopens rota: "I am hungry"\n'
    )
    assert looks(world, "ben", "rota").statuses == ["decided"]
    assert "change" in can(world, "anna", "rota")
    assert "reopen" not in can(world, "anna", "rota")
    world = told(
        FOUR
        + 'anna proposes rota (agreement), adopting it: "We cook in turn"\n'
        + 'anna, ben, cleo and dana agree to rota\nben reopens rota: "I am hungry"\n'
        + 'anna changes rota: "We order pizza"'
    )
    at = looks(world, "ben", "rota")
    assert at.statuses == ["decided", "open"]
    assert at.shown["text"] == "We order pizza"
    assert asked(world, "ben", "rota") == ["answer"]
    assert plain(at.lines[-1]).startswith("What was decided on 15 January 2027 holds until then.")


def test_a_review_date_asks_when_it_has_come() -> None:
    world = told(
        '-- anna and ben are together in "Bread"\n'
        'anna proposes stove, to be reviewed on day 30: "Rent a stove"\n'
        "anna and ben agree to stove"
    )
    assert says(world, "anna")[-1] == "We look at it again on 14 February 2027."
    assert asked(world, "anna") == []
    world.now += 31 * 24 * 3600 * 1000
    assert says(world, "anna")[-1].startswith("The day to look at it again has come")
    assert asked(world, "anna") == ["review"]


@pytest.mark.parametrize(
    ("story", "name", "line"),
    [
        (STOVE + "anna withdraws stove", "stove", "Nobody carries it any more"),
        (FOUR + "anna invites emre\nben takes back emre's invitation", "emre's invitation", "The"),
    ],
)
def test_what_is_over_says_how(story: str, name: str, line: str) -> None:
    assert says(told(story), "anna", name)[0].startswith(line)


def test_whoever_left_reads_and_can_do_nothing() -> None:
    world = told(STOVE + "dana leaves")
    assert can(world, "dana") == set()
    assert asked(world, "dana") == []


def test_whoever_is_joining_can_speak_and_answer() -> None:
    world = told(
        '-- anna and ben are together in "Bread"\nanna invites cleo\n'
        'ben agrees to cleo\'s invitation\nanna proposes stove: "Buy a stove"\ncleo joins'
    )
    assert can(world, "cleo") == {"speak", "answer", "more_time", "worry"}


def test_an_invitation_waits_for_whoever_came_after_it_was_decided() -> None:
    world = told(
        '-- anna and ben are together in "Bread"\n'
        "anna invites cleo\nben agrees to cleo's invitation\n"
        "anna invites dana\nben agrees to dana's invitation\n"
        "cleo joins without dana's invitation\nben welcomes cleo"
    )
    at = looks(world, "cleo", "dana's invitation")
    assert at.statuses == ["decided"]
    assert "It cannot come about before it is heard by you, too." in map(plain, at.lines)
    assert asked(world, "cleo", "dana's invitation") == ["answer"]
    assert asked(world, "anna", "dana's invitation") == []


def test_an_invitation_says_who_keeps_it_back_now() -> None:
    world = told(
        FOUR + "anna invites emre\nben, cleo and dana agree to emre's invitation\n"
        'ben blocks emre\'s invitation: "Not now"'
    )
    lines = says(world, "anna", "emre's invitation")
    assert "It cannot come about while this is the word of ben." in lines
