"""Somebody opens the link that they were given: what they see before they say yes, what becomes of
their yes, and what a link says that opens nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from goround.collective.members import Accept
from goround.ids import DeviceId, decode, encode
from goround.log.proofs import write_secret
from goround.node.home import Home
from goround.node.invitations import link as written
from goround.pages.invitations import invitations
from tests.browser.callers import Founder, lines_in, signs
from tests.browser.conftest import MakesProfile
from tests.browser.people import Person
from tests.browser.profiles import Profile


@pytest.fixture
def ben(profile: MakesProfile) -> Person:
    return Person("Ben", profile(width=360))


def cut_off(route: Route) -> None:
    route.abort()


def acceptances(founder: Founder) -> list[str]:
    replica = founder.replica()
    try:
        entries = replica.replay.record.entries.values()
        return [e.fact.version for e in entries if isinstance(e.fact, Accept)]
    finally:
        replica.close()


# Before.


def test_purpose_charter_and_names_are_seen_before_anything_is_said(
    ben: Person, founder: Founder
) -> None:
    cleo = founder.link_for("Cleo")
    assert cleo
    ben.reads_the_link(founder.link_for("Ben"))
    expect(ben.heading("Bread")).to_be_visible()
    for words in ("Anna invites you", "We bake", "silence is never agreement"):
        ben.sees(words)
    ben.hands.unfolds("The whole charter, in words")
    ben.sees("one block stops it")
    expect(ben.page.get_by_role("checkbox", name="Cleo, invited by Anna")).to_be_checked()
    expect(ben.page.get_by_label("What are you called there?")).to_have_value("Ben")
    assert acceptances(founder) == []
    width = "() => document.documentElement.scrollWidth"
    assert ben.page.evaluate(width) <= 360


def test_a_newcomer_needs_no_account_and_no_password(ben: Person, founder: Founder) -> None:
    ben.joins(founder.link_for("Ben"))
    assert founder.home.members() == ["Anna", "Ben"]
    assert ben.page.url.endswith(f"/c/{founder.collective}/")
    assert "#" not in ben.page.url


def test_a_name_that_looks_like_somebodys_is_refused_with_another(
    ben: Person, founder: Founder
) -> None:
    ben.reads_the_link(founder.link_for("Ben"))
    ben.hands.writes("What are you called there?", "Аnna")  # with a Cyrillic А
    ben.hands.presses("Yes, I join")
    ben.sees("looks like “Anna”, who is here already")
    ben.sees("For example:")
    expect(ben.page.get_by_label("What are you called there?")).to_have_value("Аnna")
    assert acceptances(founder) == []


@pytest.mark.parametrize("agrees", [True, False])
def test_who_else_is_invited_can_be_left_out(
    ben: Person, founder: Founder, *, agrees: bool
) -> None:
    founder.link_for("Cleo")
    ben.reads_the_link(founder.link_for("Ben"))
    if not agrees:
        ben.hands.chooses("Cleo, invited by Anna")
    ben.hands.presses("Yes, I join")
    ben.is_home()
    events = [event.header.act for event in lines_in(ben.page, founder.collective)]
    (mine,) = [act for act in events if act["type"] == "accept"]
    cleo = next(p for p in founder.home.does("proposals") if p["title"] == "Invite Cleo")
    assert mine["behind"] == ([cleo["version"]] if agrees else [])


def test_what_changed_while_somebody_read_is_shown_before_they_say_yes(
    ben: Person, founder: Founder
) -> None:
    ben.reads_the_link(founder.link_for("Ben"))
    ben.hands.writes("What are you called there?", "Benjamin")
    founder.link_for("Cleo")
    ben.hands.presses("Yes, I join")
    ben.sees("Something changed while you were reading")
    expect(ben.page.get_by_label("What are you called there?")).to_have_value("Benjamin")
    expect(ben.page.get_by_role("checkbox", name="Cleo, invited by Anna")).to_be_visible()
    assert acceptances(founder) == []
    ben.hands.presses("Yes, I join")
    ben.is_home()
    assert founder.home.members() == ["Anna", "Benjamin"]


# Cut off.


def test_a_yes_that_was_cut_off_is_sent_later_and_never_said_twice(
    ben: Person, founder: Founder
) -> None:
    link = founder.link_for("Ben")
    ben.reads_the_link(link)
    ben.profile.context.route("**/events", cut_off)
    ben.hands.presses("Yes, I join")
    expect(ben.heading("Your yes is kept here")).to_be_visible()
    assert acceptances(founder) == []
    ben.profile.context.unroute("**/events")
    ben.hands.presses("Try now")
    ben.is_home()
    assert len(acceptances(founder)) == 1
    assert founder.home.members() == ["Anna", "Ben"]


def test_a_browser_that_was_closed_in_between_goes_on_where_it_was(
    real_profile: Callable[[Path], Profile], founder: Founder, tmp_path: Path
) -> None:
    folder, link = tmp_path / "profile", founder.link_for("Ben")
    ben = Person("Ben", real_profile(folder))
    ben.reads_the_link(link)
    ben.profile.context.route("**/events", cut_off)
    ben.hands.presses("Yes, I join")
    expect(ben.heading("Your yes is kept here")).to_be_visible()
    ben.profile.context.close()
    again = Person("Ben", real_profile(folder))
    again.hands.opens(link)
    again.is_home()
    assert len(acceptances(founder)) == 1


def test_whoever_was_cut_off_and_came_too_late_is_told_and_forgotten_here(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    link = founder.link_for("Ben")
    ben.reads_the_link(link)
    ben.profile.context.route("**/events", cut_off)
    ben.hands.presses("Yes, I join")
    expect(ben.heading("Your yes is kept here")).to_be_visible()
    somebody = Person("Somebody", profile())
    somebody.joins(link)
    ben.profile.context.unroute("**/events")
    ben.hands.presses("Try now")
    expect(ben.heading("This did not work")).to_be_visible()
    ben.hands.presses("Try again")
    expect(ben.heading("This link was used already")).to_be_visible()
    ben.sees(re.compile("by somebody called Somebody"))


def test_without_a_network_the_page_says_so_and_tries_again(ben: Person, founder: Founder) -> None:
    link = founder.link_for("Ben")
    ben.profile.context.route("**/nonce", cut_off)
    ben.hands.opens(link)
    expect(ben.heading("Nobody answers just now")).to_be_visible()
    ben.profile.context.unroute("**/nonce")
    ben.hands.presses("Try again")
    expect(ben.page.get_by_label("What are you called there?")).to_be_visible()


# Links that open nothing.


def test_a_used_link_says_when_by_whom_and_whom_to_ask(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    link = founder.link_for("Ben")
    ben.joins(link)
    other = Person("Other", profile())
    other.hands.opens(link)
    expect(other.heading("This link was used already")).to_be_visible()
    other.sees(re.compile(r"On \d+ \w+ 20\d\d, by somebody called Ben\..* tell Anna"))


def test_a_link_that_was_taken_back_says_so(ben: Person, founder: Founder) -> None:
    link = founder.link_for("Ben")
    (row,) = founder.home.does("proposals")
    founder.home.does("take-back", row["ref"])
    ben.hands.opens(link)
    expect(ben.heading("This invitation was taken back")).to_be_visible()
    ben.sees("ask Anna")


def test_an_undecided_link_says_who_invites_and_looks_again(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    ben.joins(founder.link_for("Ben"))
    founder.home.does("invite", "Cleo")
    undecided = secret_of(founder, "Cleo")
    cleo = Person("Cleo", profile())
    cleo.hands.opens(undecided)
    expect(cleo.heading("Not decided yet")).to_be_visible()
    cleo.sees("Anna invited you")
    cleo.hands.presses("Look again")
    expect(cleo.heading("Not decided yet")).to_be_visible()


def secret_of(founder: Founder, name: str) -> str:
    """Write the link of an invitation that the node's own home made, decided or not."""
    replica = founder.replica()
    try:
        reading = replica.reading()
        rows = invitations(reading)
        key = DeviceId(next(row["key"] for row in rows if row["name"] == name))
        known = Home(founder.home.home).keyring(founder.collective).invitation(key)
        assert known is not None
        secret = write_secret(known, reading.view.epoch.id)
        return written(founder.address, founder.collective, secret)
    finally:
        replica.close()


@pytest.mark.parametrize("secret", ["", "abc", "A" * 86])
def test_a_link_of_which_something_is_missing_says_so(
    ben: Person, founder: Founder, secret: str
) -> None:
    ben.hands.opens(f"{founder.address}/c/{founder.collective}/join#{secret}")
    words = "No invitation of this collective" if len(secret) > 80 else "A part of it got lost"
    ben.sees(re.compile(words))


def test_a_member_who_opens_an_invitation_by_mistake_uses_nothing_up(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    ben.joins(founder.link_for("Ben"))
    founder.home.does("invite", "Cleo")
    link = secret_of(founder, "Cleo")
    ben.hands.opens(link)
    expect(ben.heading("You are in already")).to_be_visible()
    ben.sees("it still works")
    ben.hands.follows("To the round")
    ben.is_home()


def test_a_member_of_whom_something_is_on_its_way_is_told_that_they_are_in(
    ben: Person, founder: Founder
) -> None:
    ben.joins(founder.link_for("Ben"))
    founder.home.does("invite", "Cleo")
    ben.page.route("**/events", goes_out_at_the_door)
    said = signs(
        ben.page, founder.collective, {"type": "say", "on": founder.collective}, {"text": "So"}
    )
    assert not said["sent"]
    ben.hands.opens(secret_of(founder, "Cleo"))
    expect(ben.heading("You are in already")).to_be_visible()


def goes_out_at_the_door(route: Route) -> None:
    """Let nothing out of a page but of the one behind a link."""
    if "/join" in route.request.frame.url:
        route.continue_()
    else:
        route.abort()


def test_how_to_join_in_a_terminal_stands_on_the_page_too(ben: Person, founder: Founder) -> None:
    ben.reads_the_link(founder.link_for("Ben"))
    ben.hands.unfolds("In a terminal instead")
    ben.sees(f"goround join '{founder.address}/c/{founder.collective}/join#")


def test_a_link_that_was_made_on_another_way_is_told_apart(ben: Person, founder: Founder) -> None:
    address, _mark, secret = founder.link_for("Ben").partition("#")
    elsewhere = encode(decode(secret, 64)[:32] + bytes(32))
    ben.reads_the_link(f"{address}#{elsewhere}")
    ben.hands.presses("Yes, I join")
    expect(ben.heading("You have come in, and something is odd")).to_be_visible()
    ben.hands.follows("To the round")
    ben.is_home()


def test_what_somebody_ticked_stays_when_the_network_comes_back(
    ben: Person, founder: Founder
) -> None:
    founder.link_for("Cleo")
    ben.reads_the_link(founder.link_for("Ben"))
    ben.hands.chooses("Cleo, invited by Anna")
    ben.profile.goes_offline()
    ben.hands.presses("Yes, I join")
    ben.sees("Nobody answers there just now.")
    ben.profile.comes_online()
    ben.page.wait_for_timeout(300)
    expect(ben.page.get_by_role("checkbox", name="Cleo, invited by Anna")).not_to_be_checked()
    ben.hands.presses("Yes, I join")
    ben.is_home()


def test_an_undecided_link_opens_by_itself(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    ben.joins(founder.link_for("Ben"))
    row = founder.home.does("invite", "Cleo")
    cleo = Person("Cleo", profile())
    cleo.hands.opens(secret_of(founder, "Cleo"))
    expect(cleo.heading("Not decided yet")).to_be_visible()
    act = {"type": "position", "version": row["version"], "stance": "agree"}
    assert signs(ben.page, founder.collective, act, {})["sent"]
    expect(cleo.page.get_by_label("What are you called there?")).to_be_visible(timeout=15_000)
