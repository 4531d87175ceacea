"""What is said of an invitation, from the proposal to its end, and of whoever comes in with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goround.collective.effects import Invite, SetCharter
from goround.collective.members import TakeBack, Welcome
from goround.collective.proposals import Withdraw
from goround.log.keys import DeviceKey
from goround.node.replica import Replica
from goround.pages.invitations import invitations, open_ones
from goround.pages.joining import has_to_ask, of_newcomer
from tests.browser.table import Table
from tests.web.callers import key_of


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    made = Table(tmp_path, "Bread", "We bake")
    made.lets_in("Ben")
    yield made
    made.close()


def newest(replica: Replica) -> dict[str, Any]:
    return invitations(replica.reading())[0]


def test_it_waits_for_everybody(table: Table) -> None:
    table.invites("Ben", "Cleo")
    row = newest(table.people["Anna"])
    assert (row["name"], row["by"], row["state"], row["unheard"]) == (
        "Cleo",
        "Ben",
        "undecided",
        ["Anna"],
    )
    assert (row["mine"], newest(table.people["Ben"])["mine"]) == (False, True)


def test_it_is_open_once_everybody_stands_behind_it(table: Table) -> None:
    version, _key = table.invites("Ben", "Cleo")
    table.all_take(version, but="Ben")
    row = newest(table.people["Anna"])
    assert (row["state"], row["unheard"], row["joining"]) == ("open", [], [])
    assert row["is_welcomed"]
    assert open_ones(table.people["Anna"].reading()) == [row]


def test_whoever_comes_with_it_is_named_until_they_are_in(table: Table) -> None:
    version, key = table.invites("Ben", "Cleo")
    table.all_take(version, but="Ben")
    cleo = table.accepts("Cleo", version, key)
    assert newest(table.people["Ben"])["joining"] == ["Cleo"]
    table.people["Cleo"] = cleo
    table.says("Anna", Welcome(key_of(cleo).public))
    row = newest(table.people["Ben"])
    assert (row["state"], row["used_by"], row["joining"]) == ("used", "Cleo", [])
    assert open_ones(table.people["Ben"].reading()) == []


def test_it_ends_by_being_taken_back_or_withdrawn(table: Table) -> None:
    first, _key = table.invites("Ben", "Cleo")
    table.all_take(first, but="Ben")
    table.says("Anna", TakeBack(first))
    assert newest(table.people["Ben"])["state"] == "taken back"
    second, _key = table.invites("Ben", "Dana")
    table.says("Ben", Withdraw(second))
    assert newest(table.people["Anna"])["state"] == "withdrawn"
    third, _key = table.invites("Ben", "Emre")
    table.says("Ben", TakeBack(third))
    assert newest(table.people["Anna"])["state"] == "taken back"


def test_alone_nobody_could_say_whether_it_is_them(tmp_path: Path) -> None:
    table = Table(tmp_path, "Bread", "We bake")
    table.invites("Anna", "Ben")
    assert not newest(table.people["Anna"])["is_welcomed"]
    table.close()


def test_it_says_in_whose_place_somebody_comes(table: Table) -> None:
    table.lets_in("Cleo")
    lost = table.member("Cleo")
    effect = Invite(DeviceKey.generate().public, lost)
    words = {"title": "Invite Cleo", "effects": [{"name": "Cleo"}]}
    table.proposes("Anna", words, effect, matter="membership")
    row = newest(table.people["Ben"])
    assert (row["replaces"], row["was"]) == (lost, "Cleo")


# Joining.


def coming_in(table: Table) -> Replica:
    version, key = table.invites("Ben", "Cleo")
    table.all_take(version, but="Ben")
    return table.accepts("Cleo", version, key)


def test_whoever_is_joining_reads_whom_it_takes(table: Table) -> None:
    cleo = coming_in(table)
    shown = of_newcomer(cleo.reading())
    assert shown is not None
    assert (shown["name"], shown["inviter"], shown["can_welcome"]) == ("Cleo", "Ben", ["Anna"])
    assert (shown["welcomed_by"], shown["asks"], len(shown["words"])) == ([], False, 4)
    table.says("Anna", Welcome(key_of(cleo).public))
    cleo.close()


def test_nobody_else_is_told_anything_of_the_kind(table: Table) -> None:
    assert of_newcomer(table.people["Anna"].reading()) is None
    assert not has_to_ask(table.people["Anna"].reading())


def test_what_changed_meanwhile_is_named_where_one_is_asked_again(table: Table) -> None:
    cleo = coming_in(table)
    table.people["Cleo"] = cleo
    rules = table.people["Anna"].view().epoch
    words = {"title": "Sooner"}
    change = SetCharter(rules.charter_id, {"bud_at": 5})
    version = table.proposes("Anna", words, change, matter="charter")
    table.all_take(version, but="Cleo")
    shown = of_newcomer(cleo.reading())
    assert shown is not None
    assert shown["asks"]
    assert shown["again"]["charter"] == [
        "From 5 members on, we ask ourselves whether to start another one."
    ]
    assert (shown["again"]["came"], shown["again"]["gone"], shown["again"]["invited"]) == (
        [],
        [],
        [],
    )
    assert shown["again"]["act"]["epoch"] == cleo.view().epoch.id
