"""The moment between somebody's yes and being a member: what they see, and what they are asked
where something changed meanwhile."""

import pytest
from playwright.sync_api import expect

from goround.pages.four_words import four_words
from tests.browser.callers import Founder, device_in, signs
from tests.browser.conftest import MakesProfile
from tests.browser.people import Person
from tests.browser.profiles import Profile


@pytest.fixture
def ben(founder: Founder, bens_browser: Profile) -> Person:
    """Give Ben, a member with a browser; Anna has a terminal, at the node."""
    return Person("Ben", bens_browser).is_in(founder.collective)


@pytest.fixture
def cleo(ben: Person, founder: Founder, profile: MakesProfile) -> Person:
    """Give Cleo, whom Anna invited, and who is joining."""
    founder.home.does("invite", "Cleo")
    ben_agrees(ben, founder, "Invite Cleo")
    link = founder.home.prints("invitation", "Cleo", "--at", founder.address).decode().strip()
    return Person("Cleo", profile(width=360)).joins(link)


def ben_agrees(ben: Person, founder: Founder, title: str) -> None:
    (row,) = [p for p in founder.home.does("proposals") if p["title"] == title]
    act = {"type": "position", "version": row["version"], "stance": "agree"}
    assert signs(ben.page, founder.collective, act, {})["sent"]


def test_a_newcomer_reads_whom_it_takes_and_four_words(cleo: Person, founder: Founder) -> None:
    expect(cleo.heading("You are joining, Cleo")).to_be_visible()
    cleo.sees("Now Ben has to say that they know you")
    words = cleo.page.get_by_role("list", name="Four words").get_by_role("listitem")
    expect(words).to_have_text(four_words(device_in(cleo.page, founder.collective)))


def test_it_takes_one_word_of_somebody_who_knows_them(
    cleo: Person, ben: Person, founder: Founder
) -> None:
    act = {"type": "welcome", "device": device_in(cleo.page, founder.collective)}
    assert signs(ben.page, founder.collective, act, {})["sent"]
    expect(cleo.heading("You are joining, Cleo")).to_have_count(0)
    assert founder.home.members() == ["Anna", "Ben", "Cleo"]


def test_whoever_joins_is_asked_once_more_where_the_charter_changed(
    cleo: Person, ben: Person, founder: Founder
) -> None:
    proposed = founder.home.does("charter", "--set", "bud_at=6", "--why", "We are many soon")
    founder.home.does("position", proposed["ref"], "agree")
    ben_agrees(ben, founder, proposed["title"])
    expect(cleo.heading("Something has changed since you said yes")).to_be_visible()
    cleo.sees("From 6 members on, we ask ourselves whether to start another one.")
    act = {"type": "welcome", "device": device_in(cleo.page, founder.collective)}
    assert signs(ben.page, founder.collective, act, {})["sent"]
    assert founder.home.members() == ["Anna", "Ben"]
    cleo.hands.presses("Yes, I join all the same")
    expect(cleo.heading("Something has changed since you said yes")).to_have_count(0)
    cleo.page.wait_for_function("() => document.body.dataset.as === 'member'")
    assert founder.home.members() == ["Anna", "Ben", "Cleo"]


def test_a_new_invitation_can_be_left_out_when_one_is_asked_once_more(
    cleo: Person, ben: Person, founder: Founder
) -> None:
    proposed = founder.home.does("charter", "--set", "bud_at=6", "--why", "We are many soon")
    founder.home.does("position", proposed["ref"], "agree")
    ben_agrees(ben, founder, proposed["title"])
    founder.home.does("invite", "Dana")
    ben_agrees(ben, founder, "Invite Dana")
    expect(cleo.heading("Something has changed since you said yes")).to_be_visible()
    cleo.sees("Invited meanwhile: Dana.")
    cleo.hands.chooses("Dana, invited by Anna")
    cleo.hands.presses("Yes, I join all the same")
    expect(cleo.heading("Something has changed since you said yes")).to_have_count(0)
    (row,) = [p for p in founder.home.does("proposals") if p["title"] == "Invite Dana"]
    assert "Cleo" not in [given["name"] for given in founder.home.sees(row["id"])["positions"]]


def test_the_page_of_this_moment_stands_by_itself_too(cleo: Person, founder: Founder) -> None:
    cleo.profile.opens(f"/c/{founder.collective}/joining")
    expect(cleo.heading("You are joining, Cleo")).to_be_visible()
    cleo.hands.follows("To the round")
    cleo.is_home()


def test_a_member_finds_nothing_there(ben: Person, founder: Founder) -> None:
    ben.profile.opens(f"/c/{founder.collective}/joining")
    expect(ben.heading("There is nothing here")).to_be_visible()
