"""Home, as it is drawn for whoever was in a story."""

import re

import pytest

from goround.pages.addressing import plain
from goround.pages.round import LATELY, the_round, waits
from goround.pages.waits import Wait
from tests.stories.world import World
from tests.told import reads, told

DAY = 24 * 60 * 60 * 1000
FOUR = '-- anna, ben, cleo and dana are together in "Bread"\n'
STOVE = FOUR + 'anna proposes stove: "Buy a wood stove"\n'


def found(world: World, who: str) -> list[Wait]:
    return waits(reads(world, who), world.now)


def waiting(world: World, who: str) -> list[str]:
    """Name what waits for somebody, but for the advice that everybody with one device gets."""
    return [wait.kind for wait in found(world, who) if wait.kind != "second-device"]


def why(world: World, who: str, kind: str) -> str:
    return next(wait.text for wait in found(world, who) if wait.kind == kind)


# What others wait for.


def test_in_a_quiet_week_nothing_waits() -> None:
    world = told(STOVE + "anna, ben, cleo and dana agree to stove")
    assert [waiting(world, who) for who in ("anna", "ben", "cleo", "dana")] == [[]] * 4


def test_a_proposal_waits_for_those_who_were_not_heard() -> None:
    world = told(STOVE + "anna and ben agree to stove")
    assert waiting(world, "ben") == []
    assert waiting(world, "cleo") == ["answer"]
    assert found(world, "cleo")[0].path == f"/proposals/{world.versions['stove'][0]}"


def test_what_only_one_holds_up_comes_first_for_that_one() -> None:
    story = 'ben proposes door: "Paint the door"\nanna, ben and cleo agree to door'
    world = told(STOVE + story)
    titles = [plain(wait.what) for wait in found(world, "dana") if wait.kind == "answer"]
    assert titles == ["door", "stove"]


def test_new_words_ask_those_again_who_had_agreed_to_the_old_ones() -> None:
    world = told(STOVE + 'ben agrees to stove\nanna changes stove: "A used one"')
    assert "what you answered was to those before" in why(world, "ben", "answer")


def test_a_version_beside_a_decision_waits_for_answers_too() -> None:
    world = told(
        STOVE
        + "anna, ben, cleo and dana agree to stove\nben reopens stove\n"
        + 'anna changes stove: "A used one"'
    )
    assert waiting(world, "cleo") == ["answer"]


def test_a_block_asks_each_for_something_else() -> None:
    world = told(STOVE + 'anna and cleo agree to stove\nben blocks stove: "Too dear"')
    assert waiting(world, "cleo") == ["confirm"]
    assert waiting(world, "ben") == ["repair"]
    assert "look for a way with whoever blocks it" in why(world, "anna", "carry")


def test_whoever_carries_and_has_yet_to_answer_is_asked_for_that_alone() -> None:
    world = told(STOVE + 'cleo agrees to stove\nben blocks stove: "Too dear"')
    for who in ("anna", "dana"):
        said = why(world, who, "answer")
        assert "Say where you stand first; then you see who blocks, and why." in said
        assert "look for a way" not in said


def test_whoever_put_it_forward_is_asked_in_words_of_their_own() -> None:
    world = told(STOVE)
    assert "You put this forward. Now say where you stand yourself" in why(world, "anna", "answer")
    assert "You have not been heard yet" in why(world, "ben", "answer")


def test_a_question_waits_for_those_who_carry_it_until_one_of_them_says_something() -> None:
    story = STOVE + 'anna agrees to stove\nben says something on stove: "Is it heavy?"\n'
    world = told(story)
    assert waiting(world, "anna") == ["question"]
    assert "asks: “Is it heavy?”" in why(world, "anna", "question")
    assert "question" not in waiting(world, "cleo")
    world = told(story + 'cleo says something on ben\'s remark: "I think so"')
    assert waiting(world, "anna") == ["question"]
    world = told(story + 'anna says something on ben\'s remark: "Very"')
    assert waiting(world, "anna") == []


def test_what_is_only_said_asks_nothing_of_those_who_carry_it() -> None:
    world = told(STOVE + 'anna agrees to stove\nben says something on stove: "How warm."')
    assert waiting(world, "anna") == []


def test_who_blocks_is_told_to_nobody_who_has_yet_to_answer() -> None:
    world = told(STOVE + 'ben blocks stove: "Too dear"')
    assert waiting(world, "dana") == ["answer"]
    assert "ben" not in " ".join(wait.text for wait in found(world, "dana"))


def test_a_concern_waits_for_who_carries_it_then_for_whose_it_is() -> None:
    story = STOVE + 'anna and ben agree to stove\nben raises a concern about stove: "Who cleans?"'
    world = told(story)
    assert waiting(world, "anna") == ["carry"]
    assert waiting(world, "ben") == []
    world = told(story + '\nanna says something on ben\'s concern: "I do"')
    assert waiting(world, "anna") == []
    assert waiting(world, "ben") == ["settle"]
    assert "Your concern was answered" in why(world, "ben", "settle")
    world = told(story + '\nanna changes stove: "Ours, cleaned by anna"\nben agrees to stove')
    assert "There are new words: do they settle your concern?" in why(world, "ben", "settle")
    world = told(story + "\nben calls ben's concern settled")
    assert waiting(world, "ben") == []


def test_a_suggestion_waits_for_those_who_carry_it_until_they_answer() -> None:
    story = STOVE + 'anna agrees to stove\nben suggests something for stove: "A used one"'
    assert waiting(told(story), "anna") == ["carry"]
    story += '\nanna says something on ben\'s suggestion: "There is none"'
    assert waiting(told(story), "anna") == []


def test_a_day_that_has_passed_waits_for_those_who_were_heard() -> None:
    world = told(STOVE + "anna and ben agree to stove")
    assert waiting(world, "ben") == []
    world.now += 4 * DAY
    assert waiting(world, "ben") == ["close"]


def test_whoever_is_to_be_released_is_told_and_asked_for_nothing_else() -> None:
    world = told(FOUR + "anna proposes to release dana")
    assert waiting(world, "dana") == ["hearing"]
    assert waiting(world, "ben")[0] == "answer"


# People.


def test_a_link_waits_for_whoever_invited_until_somebody_comes_with_it() -> None:
    world = told(FOUR + "anna invites emre; ben, cleo and dana agree to emre's invitation")
    assert waiting(world, "anna") == ["link"]
    assert waiting(world, "ben") == []
    assert "emre" in why(world, "anna", "link").lower()


def test_a_newcomer_waits_for_anyone_but_the_inviter() -> None:
    world = told(
        FOUR
        + "-- devices do nothing by themselves\n"
        + "anna invites emre; ben, cleo and dana agree to emre's invitation\nemre joins"
    )
    assert waiting(world, "anna") == []
    assert waiting(world, "ben")[:1] == ["welcome"]
    assert (
        found(world, "ben")[0].path
        == f"/members/{the_round(reads(world, 'ben'), 0)['door'][0]['id']}"
    )


def test_somebody_away_is_reminded_to_come_back() -> None:
    world = told(FOUR + "dana goes away")
    assert waiting(world, "dana") == ["away"]
    assert waiting(world, "anna") == []


def test_a_second_device_is_advised_last_and_not_among_what_waits() -> None:
    world = told(STOVE)
    home = the_round(reads(world, "ben"), world.now)
    assert [wait.kind for wait in home["good_to_know"]] == ["second-device"]
    assert "second-device" not in [wait.kind for wait in home["waits"]]
    assert found(world, "ben")[-1].kind == "second-device"


def test_nothing_waits_for_whoever_has_left() -> None:
    world = told(STOVE + "dana leaves")
    assert found(world, "dana") == []


# Decisions and tasks.


def test_a_decision_is_looked_at_again_on_its_day_by_each() -> None:
    world = told(STOVE + "anna, ben, cleo and dana agree to stove\nben would keep stove")
    world.now += 400 * DAY
    assert waiting(world, "ben") == []
    assert waiting(world, "anna") == ["review"]


def test_a_decision_that_was_reopened_waits_for_those_who_carry_it() -> None:
    world = told(STOVE + "anna, ben, cleo and dana agree to stove\nben reopens stove")
    assert waiting(world, "anna") == ["reopened"]
    assert "Ben asks to look at" in why(world, "anna", "reopened").replace("ben", "Ben")
    assert waiting(world, "cleo") == []


def test_whoever_s_block_crossed_with_a_decision_is_told() -> None:
    world = told(
        STOVE
        + "anna, ben and cleo agree to stove\n-- anna, ben and dana | cleo\n"
        + 'dana agrees to stove\ncleo blocks stove: "Wait"\n-- everyone syncs'
    )
    assert waiting(world, "cleo") == ["crossed"]
    assert waiting(world, "anna") == []


def test_a_task_waits_for_whoever_took_it() -> None:
    story = (
        FOUR
        + 'anna proposes flour, with the task "fetch flour": "Rye"\n'
        + "anna, ben, cleo and dana agree to flour"
    )
    assert waiting(told(story), "ben") == []
    assert waiting(told(story + '\nben takes "fetch flour"'), "ben") == ["task"]
    assert (
        waiting(told(story + '\nben takes "fetch flour"; ben has done "fetch flour"'), "ben") == []
    )


@pytest.mark.parametrize("other", ["ben", "cleo", "dana"])
def test_whoever_is_in_somebody_s_place_is_told_what_they_would_be_told(other: str) -> None:
    story = (
        STOVE
        + 'ben and cleo agree to stove\nben raises a concern about stove: "Who cleans?"\n'
        + 'cleo proposes door: "Paint it"\nanna agrees to door\nben blocks door: "No"\n'
        + "dana goes away"
    )
    people = ("anna", "ben", "cleo", "dana")
    swap = {"anna": other, other: "anna"}
    swapped = re.sub("anna|" + other, lambda name: swap[name[0]], story)
    told_once, told_swapped = told(story), told(swapped)
    for who in people:
        assert waiting(told_once, who) == waiting(told_swapped, swap.get(who, who))


# The rest of home.


def test_each_sits_nearest_to_themself_in_the_same_circle() -> None:
    world = told(FOUR)
    names = [
        [row["name"].lower() for row in the_round(reads(world, who), world.now)["seats"]]
        for who in ("anna", "cleo")
    ]
    assert names == [["anna", "ben", "cleo", "dana"], ["cleo", "dana", "anna", "ben"]]


def test_a_member_has_the_same_place_whoever_looks() -> None:
    world = told(FOUR)
    places = [
        {row["name"]: row["place"] for row in the_round(reads(world, who), world.now)["seats"]}
        for who in ("anna", "ben", "dana")
    ]
    assert places[0] == places[1] == places[2]


def test_what_waits_for_others_is_told_once_and_quietly() -> None:
    world = told(STOVE + "anna, ben and cleo agree to stove")
    under_way = the_round(reads(world, "anna"), world.now)["under_way"]
    assert [(row["status"], [n.lower() for n in row["waits_for"]]) for row in under_way] == [
        ("open", ["dana"])
    ]
    assert the_round(reads(world, "dana"), world.now)["under_way"] == []


def test_a_few_decisions_are_shown_and_the_last_comes_first() -> None:
    lines = [f'anna proposes p{n}: "{n}"\nanna, ben, cleo and dana agree to p{n}' for n in range(5)]
    world = told(FOUR + "\n".join(lines))
    found = the_round(reads(world, "ben"), world.now)["lately"]
    assert [plain(row["title"]) for row in found] == ["p4", "p3", "p2"]
    assert len(found) == LATELY


def test_the_first_one_is_alone_until_somebody_comes() -> None:
    alone = told('anna founds "Bread"')
    assert the_round(reads(alone, "anna"), alone.now)["alone"]
    assert not the_round(reads(told(FOUR), "anna"), 0)["alone"]


@pytest.mark.parametrize("many", range(6))
def test_only_so_much_lies_on_the_table_as_there_is_room_for(many: int) -> None:
    lines = [f'ben proposes p{n}: "{n}"' for n in range(many)]
    world = told(FOUR + "\n".join(lines))
    home = the_round(reads(world, "anna"), world.now)
    assert home["on_the_table"] == min(many, 3)
