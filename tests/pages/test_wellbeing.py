"""How a collective is, told to whoever looks after it."""

from goround.pages import wellbeing
from goround.pages.finding import Finding, State
from tests.stories.world import World
from tests.told import reads, told

DAY = 24 * 60 * 60 * 1000
FOUR = '-- anna, ben, cleo and dana are together in "Bread"\n'
STOVE = FOUR + 'anna proposes stove: "Buy a wood stove"\n'


def people(world: World, who: str = "anna") -> Finding:
    return wellbeing.people(reads(world, who), world.now)


def clock(world: World, who: str = "anna") -> Finding:
    return wellbeing.clock(reads(world, who), world.device(who).key.public, world.now)


def devices(world: World, who: str = "anna") -> Finding:
    return wellbeing.devices(reads(world, who))


def histories(world: World, who: str = "anna") -> list[Finding]:
    return wellbeing.histories(reads(world, who), world.device(who).key.public)


# Who was not heard from for long.


def test_who_is_silent_for_a_month_while_others_speak_is_named_so_that_somebody_asks() -> None:
    world = told(STOVE + "-- 40 days pass\nanna, ben and cleo agree to stove")
    found = people(world)
    assert found.state is State.ATTENTION
    assert found.says == "Not heard from for more than a month: dana."
    assert found.next.startswith("Ask how they are.")


def test_nobody_is_named_where_nobody_said_anything() -> None:
    assert people(told(STOVE + "-- 400 days pass")).state is State.FINE


def test_a_week_is_not_long() -> None:
    world = told(STOVE + "-- 7 days pass\nanna, ben and cleo agree to stove")
    assert people(world).state is State.FINE


def test_who_is_away_is_away_and_who_is_leaving_is_leaving() -> None:
    gone = "dana goes away\ncleo leaves\n"
    world = told(STOVE + gone + "-- 40 days pass\nanna and ben agree to stove")
    assert people(world).state is State.FINE


def test_nobody_is_asked_to_ask_themself() -> None:
    world = told(STOVE + "-- 40 days pass\nanna, ben and cleo agree to stove")
    assert people(world, "dana").state is State.FINE


def test_a_clock_that_is_far_ahead_makes_nobody_present_for_ever() -> None:
    ahead = "-- dana's clock is 300 days ahead\ndana says something on stove\n"
    later = "-- dana's clock is 0 days ahead\n-- 500 days pass\nanna, ben and cleo agree to stove"
    world = told(STOVE + ahead + later)
    assert people(world).says == "Not heard from for more than a month: dana."


# Devices.


def test_where_two_lost_phones_would_do_it_nothing_is_urgent() -> None:
    assert devices(told(FOUR)).state is State.FINE


def test_two_who_could_lose_one_phone_and_everything_with_it_are_told_what_to_do() -> None:
    found = devices(told('-- anna and ben are together in "Bread"'))
    assert found.state is State.ATTENTION
    assert found.says.startswith("If one of you loses their only device")
    assert found.next == "Add a second device of yours: goround device add."


# Two histories.


def test_where_all_devices_are_honest_that_is_said() -> None:
    (found,) = histories(told(STOVE))
    assert (found.state, found.next) == (State.FINE, "")


def test_another_device_that_signed_two_histories_is_told_with_where_to_look() -> None:
    copied = "-- dana's key is copied\ndana agrees to stove\ndana's copy blocks stove: \"No\"\n"
    world = told(STOVE + copied + "-- everyone syncs")
    (found,) = histories(world)
    assert found.state is State.ATTENTION
    assert found.says == "1 device of somebody else signed two histories."
    assert "goround forks" in found.next
    (own,) = histories(world, "dana")
    assert own.says.startswith("This device has signed two different histories")


# Clocks.


def test_clocks_that_agree_are_no_matter() -> None:
    found = clock(told(STOVE))
    assert found.state is State.FINE
    assert "2027-" in found.says


def test_one_persons_clock_that_is_ahead_is_told_as_one_of_two() -> None:
    found = clock(told(STOVE + "-- dana's clock is 3 days ahead\ndana agrees to stove"))
    assert found.state is State.ATTENTION
    assert "by that of a device of dana" in found.says
    assert "one of them is wrong" in found.next


def test_where_several_are_ahead_of_this_machine_its_own_clock_is_doubted() -> None:
    world = told(STOVE + "-- 3 days pass\nben and dana agree to stove\n-- everyone syncs")
    here = world.device("anna")
    found = wellbeing.clock(reads(world, "anna"), here.key.public, world.now - 4 * DAY)
    assert found.next.startswith("Set the clock")


def test_where_this_device_itself_has_spoken_later_its_clock_was_set_back() -> None:
    world = told(STOVE)
    here = world.device("anna")
    found = wellbeing.clock(reads(world, "anna"), here.key.public, world.now - 365 * DAY)
    assert found.next.startswith("Set the clock")
