"""A group is told how it stands before it is too late to do something about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goround.collective.constitution import quorum
from goround.collective.devices import DeviceAdd, DeviceRetire, TakeOver
from goround.collective.entry import PersonId
from goround.collective.members import Leave, Name
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.paper import PAPER
from goround.node.replica import Replica
from goround.node.signing import make_event
from goround.pages.standing import (
    Standing,
    _outlook,
    advises_second_device,
    as_data,
    in_words,
    standing,
    told,
    without,
)
from tests.browser.table import Table
from tests.stories.world import World
from tests.told import reads
from tests.told import told as story
from tests.web.callers import key_of, share


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    made = Table(tmp_path, "Bread", "We bake")
    yield made
    made.close()


def of_many(table: Table, many: int) -> Replica:
    for name in ("Ben", "Cleo", "Dana", "Emre", "Fay")[: many - 1]:
        table.lets_in(name)
    return table.people["Anna"]


def adds_a_device(table: Table, name: str, folder: Path, *, uses_it: bool = True) -> Replica:
    """Let somebody add a second device, and say something with it."""
    first, key = table.people[name], DeviceKey.generate()
    table.says(
        name, DeviceAdd(key.public, prove_device(key, first.collective, key_of(first).public))
    )
    home = table.home(f"{name}s second {folder.name}")
    home.keyring(first.collective).keep_device(key)
    second = home.new_replica(first.collective, [event for _row, event in first.store.since()])
    table.people[f"{name}, second"] = second
    if uses_it:
        second.sign(TakeOver())
        share(*table.people.values())
    return second


@pytest.mark.parametrize(
    ("many", "needed", "spare"), [(1, 1, 0), (2, 2, 0), (3, 2, 1), (4, 3, 1), (5, 4, 1), (6, 4, 2)]
)
def test_a_group_can_lose_fewer_than_a_third(
    table: Table, many: int, needed: int, spare: int
) -> None:
    now = standing(of_many(table, many).reading())
    assert (now.members, now.needed, now.spare) == (many, needed, spare)
    assert (len(now.single), now.several, now.silent, now.is_safe) == (many, [], [], False)


@pytest.mark.parametrize(("lost", "can_change"), [(["Cleo"], True), (["Cleo", "Ben"], False)])
def test_what_is_foretold_is_what_then_happens(
    table: Table, lost: list[str], *, can_change: bool
) -> None:
    anna = of_many(table, 3)
    assert "If two of you lose their only devices" in in_words(anna.reading())[0]
    for name in lost:
        table.people.pop(name).close()
    before = anna.view().epoch
    table.says("Anna", Leave())
    assert (anna.view().epoch != before) == can_change


def test_alone_somebody_is_told_that_everything_hangs_on_one_device(
    table: Table, tmp_path: Path
) -> None:
    anna = table.people["Anna"]
    assert "if this device is lost, nobody can go on" in in_words(anna.reading())[0]
    assert advises_second_device(anna.reading())
    adds_a_device(table, "Anna", tmp_path)
    assert in_words(anna.reading()) == ["You are alone so far, and could lose one of your devices."]
    assert not advises_second_device(anna.reading())


def test_two_are_told_that_one_lost_phone_is_enough(table: Table) -> None:
    outlook, single = in_words(of_many(table, 2).reading())
    assert outlook.startswith("If one of you loses their only device, your members and your")
    assert single == "With one device only: Anna and Ben."


def test_with_second_devices_for_two_thirds_everybody_can_lose_one(
    table: Table, tmp_path: Path
) -> None:
    anna = of_many(table, 3)
    adds_a_device(table, "Anna", tmp_path)
    assert not standing(anna.reading()).is_safe
    adds_a_device(table, "Ben", tmp_path)
    assert standing(anna.reading()).is_safe
    assert "Even if each of you lost a phone today" in in_words(anna.reading())[0]
    assert in_words(anna.reading())[1] == "With one device only: Cleo."


def test_a_device_whose_link_nobody_opened_is_none(table: Table, tmp_path: Path) -> None:
    anna = table.people["Anna"]
    adds_a_device(table, "Anna", tmp_path, uses_it=False)
    assert standing(anna.reading()).several == []
    assert advises_second_device(anna.reading())


def test_sheets_and_links_that_nobody_opened_are_counted_as_what_they_are(
    table: Table, tmp_path: Path
) -> None:
    anna = of_many(table, 2)
    assert not any("sheet" in line or "link" in line for line in in_words(anna.reading()))
    adds_a_device(table, "Anna", tmp_path, uses_it=False)
    ben = table.people["Ben"]
    for _sheet in range(2):
        key = DeviceKey.generate()
        proof = prove_device(key, ben.collective, key_of(ben).public)
        ben.sign(DeviceAdd(key.public, proof), {**PAPER, "name": "drawer"})
    share(*table.people.values())
    lines = in_words(anna.reading())
    assert (
        "2 sheets of paper could let new devices in, when they are needed: those of Ben." in lines
    )
    assert any("One link to a new device was not opened yet" in line for line in lines)
    assert any("that of Anna." in line for line in lines)
    data = as_data(anna.reading(), 0)
    assert (data["sheets"], data["unopened"]) == (["Ben", "Ben"], ["Anna"])


def test_where_the_one_that_spoke_was_retired_another_has_to_say_so(
    table: Table, tmp_path: Path
) -> None:
    anna = of_many(table, 2)
    second = adds_a_device(table, "Ben", tmp_path)
    ben = table.people["Ben"]
    ben.sign(TakeOver())
    share(*table.people.values())
    second.sign(DeviceRetire(key_of(ben).public))
    share(*table.people.values())
    assert len(standing(anna.reading()).asleep) == 1
    assert any("does not yet: Ben" in line for line in in_words(anna.reading()))


@pytest.mark.parametrize(("many", "promised"), [(2, False), (3, True)])
def test_only_where_it_can_be_done_are_others_told_to_invite_somebody_anew(
    table: Table, many: int, *, promised: bool
) -> None:
    anna, ben = of_many(table, many), table.people["Ben"]
    two = [make_event(ben, Name(), {"person": name}) for name in ("Ben", "Ben")]
    anna.receive(two)  # both in one place
    (line,) = (line for line in in_words(anna.reading()) if "device that works: Ben." in line)
    assert ("can invite them anew" in line) == promised


def test_whoever_is_no_member_is_advised_nothing(table: Table) -> None:
    anna = of_many(table, 2)
    version, key = table.invites("Anna", "Dana")
    table.all_take(version, but="Anna")
    dana = table.accepts("Dana", version, key)
    assert not advises_second_device(dana.reading())
    assert standing(anna.reading()).members == 2
    dana.close()


def test_three_are_told_beforehand_what_being_two_would_mean(table: Table) -> None:
    assert in_words(of_many(table, 3).reading())[-1].startswith("You are three. If one of you")
    table.lets_in("Dana")
    assert "You are three" not in " ".join(in_words(table.people["Anna"].reading()))


def lines(world: World, who: str = "anna") -> list[str]:
    return told(reads(world, who), world.now)


UNSEEN = """
-- anna, ben, cleo, dana and emre are together in "Bread"
anna proposes stove: "Buy a wood stove"
-- 40 days pass
anna, ben, cleo and dana agree to stove
"""


def test_what_it_would_mean_if_who_is_not_seen_never_came_back_is_foretold() -> None:
    said = lines(story(UNSEEN))
    assert said[0].startswith("If two of you lose their only devices")
    assert "Not heard from for more than a month: emre. Ask how they are." in said[-1]
    assert "If one more of you loses their only device, your members and your" in said[-1]


def test_who_is_away_is_not_called_unseen() -> None:
    before, said = UNSEEN.split("-- 40 days pass")
    world = story(f"{before}emre goes away\n-- 40 days pass{said}")
    assert not any("Not heard from" in line for line in lines(world))


def a_group(counts: list[int]) -> tuple[Standing, list[PersonId]]:
    """Give how a group stands whose members have so many devices each."""
    people = [PersonId(f"p{number}") for number in range(len(counts))]
    of = {1: "single", 0: "silent"}
    kinds: dict[str, list[PersonId]] = {"single": [], "several": [], "asleep": [], "silent": []}
    for person, count in zip(people, counts, strict=True):
        kinds[of.get(count, "several")].append(person)
    return Standing(len(counts), quorum(len(counts)), **kinds), people


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_how_many_can_be_lost_is_what_counting_every_loss_finds(counts: list[int]) -> None:
    now, people = a_group(counts)
    here = sum(count > 0 for count in counts)
    enough = [lost for lost in range(here + 1) if here - lost >= now.needed]
    assert now.spare == max(enough, default=here - now.needed)
    assert now.is_safe == (sum(count > 1 for count in counts) >= now.needed)
    for lost in enough:
        gone = [p for p, count in zip(people, counts, strict=True) if count][:lost]
        assert without(now, gone).spare == now.spare - lost


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.data())
def test_nobody_is_promised_more_because_somebody_is_not_seen(
    counts: list[int], data: st.DataObject
) -> None:
    now, people = a_group(counts)
    gone = data.draw(st.sets(st.sampled_from(people)))
    worse = without(now, gone)
    assert worse.spare <= now.spare
    assert worse.is_safe <= now.is_safe
    assert worse.able == now.able - sum(counts[people.index(person)] > 0 for person in gone)
    assert ("cannot change any more. Everything" in _outlook(worse)) == (worse.spare < 0)


def test_more_is_said_only_where_one_is_lost_already() -> None:
    here = [PersonId(name) for name in ("a", "b", "c", "d", "e")]
    whole = Standing(5, 4, here, [], [], [])
    assert whole.spare == 1
    assert "two of you lose" in _outlook(whole)
    assert "one more of you loses" in _outlook(Standing(5, 4, here[1:], [], [], here[:1]))
