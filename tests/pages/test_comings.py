"""Who came and went is said for a few days, and then no more."""

from goround.pages.addressing import plain
from goround.pages.comings import A_FEW_DAYS, comings
from tests.stories.world import World
from tests.told import reads, told

THREE = '-- anna, ben and cleo are together in "Bread"\n'
DANA = (
    THREE + "anna invites dana\nben and cleo agree to dana's invitation\ndana joins\n"
    "ben welcomes dana\n"
)


def said(world: World, who: str, later: int = 0) -> list[str]:
    return [plain(line) for line in comings(reads(world, who), world.now + later)]


def test_who_came_is_said_to_the_others_and_to_themselves() -> None:
    world = told(DANA)
    assert said(world, "anna")[0] == "Lately: dana joined."
    assert said(world, "dana")[0] == "You are a member now: everybody waits for your voice."


def test_nobody_waits_for_the_voice_of_somebody_who_has_spoken() -> None:
    spoken = told(DANA + "dana proposes stove\n")
    assert "You are a member now" not in " ".join(said(spoken, "dana"))
    answered = told(DANA + "anna proposes stove\ndana agrees to stove\n")
    assert "You are a member now" not in " ".join(said(answered, "dana"))
    assert said(answered, "anna")[0] == "Lately: dana joined."


def test_who_went_is_said_too() -> None:
    assert said(told(THREE + "cleo leaves"), "anna")[0] == "Lately: cleo left."


def test_after_a_few_days_it_is_said_no_more() -> None:
    world = told(DANA)
    assert said(world, "anna", A_FEW_DAYS) == []
    assert said(world, "dana", A_FEW_DAYS) == []


def test_who_began_is_not_told_that_they_came() -> None:
    assert said(told('anna founds "Bread"'), "anna") == []
