"""What scripts put on a page can be used by everybody too: each face of a page behind a link, and a
link with its picture."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.callers import Founder
from tests.browser.conftest import MakesProfile
from tests.browser.people import Person
from tests.browser.using import LOOKS, assert_usable

LONG = "Wilhelmina-Rosalinde von Hohenfels-Steinbrück zu Wandsbek"


@pytest.fixture
def ben(profile: MakesProfile) -> Person:
    return Person("Ben", profile())


def test_an_open_invitation(ben: Person, founder: Founder) -> None:
    for guest in (LONG, "ליאורה בן־דוד"):
        founder.link_for(guest)
    ben.reads_the_link(founder.link_for("Ben"))
    expect(ben.page.get_by_role("checkbox")).to_have_count(2)
    assert_usable(ben.page, LOOKS)


def used(founder: Founder, somebody: Person) -> str:
    link = founder.link_for("Ben")
    somebody.joins(link)
    return link


def taken_back(founder: Founder, _somebody: Person) -> str:
    link = founder.link_for("Ben")
    founder.home.does("take-back", founder.home.does("proposals")[0]["ref"])
    return link


def torn(founder: Founder, _somebody: Person) -> str:
    return founder.link_for("Ben")[:-5]


@pytest.mark.parametrize(
    ("made", "heading"),
    [
        (used, "This link was used already"),
        (taken_back, "This invitation was taken back"),
        (torn, "This link is not whole"),
    ],
)
def test_a_link_that_opens_nothing(
    ben: Person,
    founder: Founder,
    profile: MakesProfile,
    made: Callable[[Founder, Person], str],
    heading: str,
) -> None:
    ben.hands.opens(made(founder, Person(LONG, profile())))
    expect(ben.heading(heading)).to_be_focused()
    assert_usable(ben.page, LOOKS)


def test_a_link_with_its_picture(profile: MakesProfile) -> None:
    anna = Person("Anna", profile()).founds("Bread")
    anna.invites(LONG)
    anna.copies_the_link_for(LONG)
    assert_usable(anna.page, LOOKS)
    anna.goes("Devices")
    anna.hands.presses("Make a link for it")
    expect(anna.page.get_by_role("img", name="The link for your other device")).to_be_visible()
    assert_usable(anna.page, LOOKS)


def test_with_a_keyboard_alone_somebody_founds_and_invites_and_somebody_joins(
    profile: MakesProfile,
) -> None:
    anna = Person("Anna", profile(), keyboard=True).founds("Bread", "We bake for our street.")
    anna.invites("Ben", "Ben knows ovens.")
    link = anna.copies_the_link_for("Ben")
    ben = Person("Ben", profile(width=360), keyboard=True).joins(link)
    ben.sees("We bake for our street.")
