"""Five people, five homes, a node on one laptop, and everything from the founding to a release."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from goround.collective.effects import NameTask
from goround.collective.proposals import Propose
from goround.node.home import Home
from goround.node.signing import make_event
from tests.end_to_end.people import Person, served, settle

BY = 1_801_353_600_000
"""The 31st of January 2027."""


class Table(NamedTuple):
    """Who sits at it, and where the node is that runs on Anna's laptop."""

    anna: Person
    ben: Person
    cleo: Person
    dana: Person
    emre: Person
    address: str

    def all(self) -> list[Person]:
        return [self.anna, self.ben, self.cleo, self.dana, self.emre]

    def settle(self, *people: Person) -> None:
        """Let these become equal; Anna is at the node, and has nothing to sync with."""
        settle(self.address, *(person for person in people if person is not self.anna))


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    anna, *others = (Person(name, tmp_path) for name in ("Anna", "Ben", "Cleo", "Dana", "Emre"))
    anna.does("found", "Bread", "--as", "Anna", "--purpose", "Bake for the street")
    ben, cleo, dana, emre = others
    with served(anna) as address:
        yield Table(anna, ben, cleo, dana, emre, address)


@pytest.mark.timeout(900)
def test_five_homes_go_through_everything_and_print_the_same_state(
    table: Table, tmp_path: Path
) -> None:
    two_join(table)
    stove = a_proposal_whose_id_begins_with_a_hyphen(table)
    a_concern_and_a_second_version(table, stove)
    a_block_turns_into_standing_aside(table, stove)
    it_is_decided_everywhere_with_its_task_and_review(table, stove)
    they_change_their_charter(table)
    a_fourth_and_a_fifth_come_in(table)
    one_is_away_and_offline_and_comes_back(table)
    one_is_released_after_a_hearing(table)
    those_who_went_take_everything_along(table, tmp_path)
    assert_all_print_the_same(table.all())


def invited(table: Table, inviter: Person, guest: Person, *others: Person) -> None:
    """Let all invite somebody, who joins in their own home, and the first other welcome them."""
    ref = inviter.does("invite", guest.name)["id"]
    table.settle(inviter)
    all_agree(table, ref, *others)
    table.settle(inviter)
    link = inviter.prints("invitation", guest.name, "--at", table.address).decode().strip()
    guest.prints("join", link, "--as", guest.name)
    if others:
        table.settle(others[0])
        others[0].does("welcome", guest.name)
    table.settle(guest, inviter, *others)


def all_agree(table: Table, ref: str, *people: Person) -> None:
    for person in people:
        table.settle(person)
        person.does("position", "--", ref, "agree")
        table.settle(person)


def two_join(table: Table) -> None:
    anna, ben, cleo = table.anna, table.ben, table.cleo
    invited(table, anna, ben)
    invited(table, anna, cleo, ben)
    for person in (anna, ben, cleo):
        assert sorted(person.members()) == ["Anna", "Ben", "Cleo"]
        assert "admin" not in person.prints("members").decode().lower()


def a_proposal_whose_id_begins_with_a_hyphen(table: Table) -> str:
    """Let Ben propose the same thing until its id does; one in 64 does."""
    home = Home(table.ben.home)
    replica = home.replica(home.find(None))
    fact = Propose("everyday", (NameTask(BY),), 0, 0)
    words = {"title": "A wood stove", "text": "We buy one.", "effects": [{"what": "buy bricks"}]}
    tried = (make_event(replica, fact, words) for _ in range(5000))
    event = next(event for event in tried if event.id.startswith("-"))
    replica.receive([event])
    replica.restored.go_on()  # it was said here, and by no copy
    replica.close()
    table.settle(table.ben)
    return event.id


def a_concern_and_a_second_version(table: Table, stove: str) -> None:
    anna, ben, cleo = table.anna, table.ben, table.cleo
    table.settle(cleo)
    cleo.does("concern", "--", stove, "Where does the smoke go?")
    anna.does("position", "--", stove, "agree")
    assert [p["name"] for p in anna.sees(stove)["positions"] if p["position"]] == ["Anna"]
    table.settle(cleo, ben)
    ben.does("version", "--text", "We buy one with a tall pipe.", "--", stove)
    table.settle(ben, cleo)
    shown = anna.sees(stove)
    assert [version["number"] for version in shown["versions"]] == [1, 2]
    assert sorted(shown["unheard"]) == ["Anna", "Ben", "Cleo"], "a new version lets them lapse"
    concern = cleo.sees(stove)["concerns"][0]
    cleo.does("concern-settled", "--", concern["id"])
    table.settle(cleo, ben)
    assert ben.sees(stove)["concerns"][0]["settled"]


def a_block_turns_into_standing_aside(table: Table, stove: str) -> None:
    anna, ben, cleo = table.anna, table.ben, table.cleo
    assert anna.tries("position", "--", stove, "block").returncode == 1, "a block needs a reason"
    anna.does("position", "--because", "Too dear this year", "--", stove, "block")
    all_agree(table, stove, ben, cleo)
    assert {person.sees(stove)["status"] for person in (anna, cleo)} == {"blocked"}
    cleo.does("confirm", "--", stove)
    table.settle(cleo, ben)
    anna.does("position", "--because", "Dear, but not mine to stop", "--", stove, "aside")


def it_is_decided_everywhere_with_its_task_and_review(table: Table, stove: str) -> None:
    anna, ben, cleo = table.anna, table.ben, table.cleo
    table.settle(ben, cleo)
    for person in (anna, ben, cleo):
        shown = person.sees(stove)
        assert (shown["status"], shown["text"]) == ("decided", "We buy one with a tall pipe.")
        assert shown["review"], "its review date is set"
        assert [task["what"] for task in person.does("tasks")] == ["buy bricks"]
    cleo.does("task", "take", "--", cleo.does("tasks")[0]["id"])
    table.settle(cleo, ben)
    assert ben.does("tasks")[0]["holders"] == ["Cleo"]


def they_change_their_charter(table: Table) -> None:
    anna, ben, cleo = table.anna, table.ben, table.cleo
    ref = ben.does("charter", "--set", "everyday_notice=5")["id"]
    table.settle(ben)
    all_agree(table, ref, anna, ben, cleo)
    table.settle(ben, cleo)
    for person in (anna, ben, cleo):
        assert person.does("state")["charter"]["everyday_notice"] == 5


def a_fourth_and_a_fifth_come_in(table: Table) -> None:
    invited(table, table.ben, table.dana, table.anna, table.cleo)
    invited(table, table.dana, table.emre, table.ben, table.anna, table.cleo)
    for person in table.all():
        assert sorted(person.members()) == ["Anna", "Ben", "Cleo", "Dana", "Emre"]


def one_is_away_and_offline_and_comes_back(table: Table) -> None:
    """While Cleo is away, the others decide, and Emre leaves; she syncs once and is equal."""
    anna, ben, cleo, dana, emre = table.all()
    cleo.does("away", "until spring")
    table.settle(cleo, ben, dana, emre)
    flour = dana.does("propose", "Rye flour", "--text", "From the mill.")["id"]
    table.settle(dana)
    all_agree(table, flour, anna, ben, dana, emre)
    assert anna.sees(flour)["status"] == "decided"
    emre.does("leave", "--yes")
    table.settle(emre, ben, dana)
    cleo.does("sync", table.address)
    assert_all_print_the_same([anna, cleo])
    assert sorted(cleo.members()) == ["Anna", "Ben", "Cleo", "Dana"]
    cleo.does("back")
    table.settle(cleo, ben, dana)


def one_is_released_after_a_hearing(table: Table) -> None:
    anna, ben, cleo, dana, _emre = table.all()
    ref = anna.does("release", "Dana", "--why", "We can't go on together.")["id"]
    all_agree(table, ref, anna, ben, cleo)
    table.settle(dana)
    assert "Dana" in anna.members(), "nobody is released without having been heard"
    dana.does("hearing", "--", ref)
    table.settle(dana, ben, cleo)
    for person in (anna, ben, cleo):
        assert sorted(person.members()) == ["Anna", "Ben", "Cleo"]


def those_who_went_take_everything_along(table: Table, folder: Path) -> None:
    table.settle(table.ben, table.cleo)
    file = str(folder / "bread.bundle")
    table.anna.does("bundle", "write", file)
    for person in (table.dana, table.emre):
        person.does("bundle", "read", file)
    assert table.emre.does("verify")["genuine"]


def assert_all_print_the_same(people: list[Person]) -> None:
    printed = {person.name: person.prints("state") for person in people}
    assert len(set(printed.values())) == 1, {name: len(text) for name, text in printed.items()}
