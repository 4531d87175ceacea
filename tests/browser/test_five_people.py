"""Five people found a collective and decide in it, each in their own way: Anna at a desk, Ben with
nothing but a keyboard, Cleo on a phone, Dana on a train that passes through a tunnel, and Emre in a
terminal, as an equal. What can be seen on the way is what the documents show."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.callers import has_reached
from tests.browser.conftest import MakesProfile
from tests.browser.deciding import Decider
from tests.browser.nodes import Node
from tests.browser.test_live import in_time
from tests.end_to_end.people import Person as AtATerminal

STOVE = "A wood stove for the winter"
PURPOSE = "We bake for our street: good bread, and an oven that all may use."
FIRST_WORDS = "We buy a new wood stove for at most 800."
BETTER_WORDS = "We buy a second-hand wood stove for at most 200, and it gets a tall pipe."
WHY_BLOCKED = "We have no money until spring; this would put us into debt."
STATED = "You fear that we spend what we do not have, and owe it to somebody."
WHY_ASIDE = "Still early for me, but not mine to stop."
INTO = os.environ.get("PICTURES", "")


class Table(NamedTuple):
    """Who sits at it."""

    anna: Decider
    ben: Decider
    cleo: Decider
    dana: Decider
    emre: AtATerminal
    address: str

    def browsers(self) -> list[Decider]:
        return [self.anna, self.ben, self.cleo, self.dana]

    def all_see(self, look: Callable[[Decider], None]) -> None:
        for person in self.browsers():
            look(person)


@pytest.fixture
def table(profile: MakesProfile, node: Node, tmp_path: Path) -> Table:
    return Table(
        Decider("Anna", profile(width=1024)),
        Decider("Ben", profile(width=1024), keyboard=True),
        Decider("Cleo", profile(width=360, keeps=True)),
        Decider("Dana", profile(width=360, dark=True)),
        AtATerminal("Emre", tmp_path),
        node.address,
    )


@pytest.mark.timeout(600)
def test_five_people_found_a_collective_and_decide_each_in_their_own_way(table: Table) -> None:
    one_founds_and_invites(table.anna)
    all_come_in(table)
    for person in table.browsers():
        person.goes_home()
        person.sits_with("Anna", "Ben", "Cleo", "Dana", "Emre")
    it_is_put_forward_and_worried_about(table)
    it_is_amended(table)
    it_is_blocked_and_mended(table)
    it_is_decided_for_everybody(table)


def one_founds_and_invites(anna: Decider) -> None:
    """Let Anna, who is alone, decide by herself who may come."""
    anna.is_about_to_found("Bread", PURPOSE)
    picture(anna, "founding")
    anna.hands.presses("Found the collective")
    anna.is_home()
    for guest in ("Ben", "Cleo", "Dana", "Emre"):
        anna.invites(guest)
    picture(anna, "invitation", anna.invitation_of("Cleo"))


def all_come_in(table: Table) -> None:
    """Let the first come in by themselves, each further one after a tap of another member."""
    anna, ben, cleo, dana, emre, _address = table
    links = {name: anna.copies_the_link_for(name) for name in ("Ben", "Cleo", "Dana", "Emre")}
    for person in (ben, cleo, dana):
        person.reads_the_link(links[person.name])
        expect(person.page.get_by_text(PURPOSE)).to_be_visible()
        person.hands.unfolds("The whole charter, in words")
        expect(person.page.get_by_text("it never passes by silence").first).to_be_visible()
        expect(person.page.get_by_role("listitem").filter(has_text="Anna").first).to_be_visible()
        if person is cleo:
            picture(cleo, "invited")
        person.says_yes()
        if person is not ben:
            ben.looks_who_is_at_the_door(person.name)
            picture(ben, "welcome")
            ben.knows(person.name)
        person.sits_with("Anna", person.name)
    emre.prints("join", links["Emre"], "--as", "Emre", "--yes")
    cleo.welcomes("Emre")


def it_is_put_forward_and_worried_about(table: Table) -> None:
    anna, ben, cleo, _dana, emre, address = table
    anna.proposes(STOVE, FIRST_WORDS, why="The hall is cold.", task="look for a stove")
    picture(anna, "answering", anna.region("Where do you stand?"))
    anna.takes_position("agree")
    ben.goes_home()
    ben.sees(STOVE)
    picture(ben, "round")
    ben.opens_what_waits(STOVE)
    ben.raises_a_concern("The last one smoked.")
    cleo.opens_what_waits(STOVE)
    cleo.says("Could we find one second-hand?")
    cleo.suggests(BETTER_WORDS)
    emre.prints("sync", address)
    assert emre.sees(emre.does("proposals")[-1]["id"])["status"] == "open"
    anna.sees("The last one smoked.")
    anna.sees("Could we find one second-hand?")


def it_is_amended(table: Table) -> None:
    """Answer new words anew; what was worried about is met."""
    table.anna.takes_up(BETTER_WORDS, why="Second-hand, and with a pipe: so said Ben and Cleo.")
    table.anna.takes_position("agree")
    table.ben.sees(BETTER_WORDS)
    table.ben.settles_the_concern("A tall pipe is enough.")
    table.ben.takes_position("agree", "I will fetch it.")


def it_is_blocked_and_mended(table: Table) -> None:
    """Let Dana answer in a tunnel; what she said goes out when she is through."""
    dana, cleo, emre = table.dana, table.cleo, table.emre
    dana.opens_what_waits(STOVE)
    collective = urlsplit(dana.page.url).path.split("/")[2]
    in_time(lambda: has_reached(dana.page, collective, BETTER_WORDS), dana.page)
    dana.profile.goes_offline()
    dana.takes_position("block", WHY_BLOCKED)
    dana.sees("goes out when there is a network")
    dana.profile.comes_online()
    cleo.looks_at(STOVE)
    cleo.takes_position("reservations", "If it stands before the frost.")
    cleo.sees(WHY_BLOCKED)
    picture(cleo, "blocked")
    cleo.can_state_the_concern(STATED)
    emre.prints("sync", table.address)
    ref = next(row["id"] for row in emre.does("proposals") if row["title"] == STOVE)
    emre.prints("position", "--", ref, "leave-it")
    emre.prints("sync", table.address)
    dana.sees(STATED)
    dana.takes_position("stand aside", WHY_ASIDE)


def it_is_decided_for_everybody(table: Table) -> None:
    table.emre.prints("sync", table.address)
    table.all_see(lambda person: person.sees_where_it_stands("Decided"))
    shown = next(row for row in table.emre.does("proposals") if row["title"] == STOVE)
    assert shown["status"] == "decided"
    for person in table.browsers():
        expect(person.region("The round").get_by_text(WHY_ASIDE)).to_be_visible()
    picture(table.anna, "decided", table.anna.region("The round"))
    table.anna.goes("Tasks")
    table.anna.sees("look for a stove")
    table.dana.goes_home()
    table.dana.sees("Nothing waits for you")
    picture(table.dana, "quiet")


def picture(person: Decider, name: str, part: Locator | None = None) -> None:
    """Take one of the pictures that the documents show, where that is asked for."""
    if not INTO:
        return
    person.page.wait_for_timeout(300)
    person.page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur(); }")
    (part or person.page).screenshot(path=Path(INTO) / f"{name}.png")
