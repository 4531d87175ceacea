"""Somebody has more than one device: how the second one comes in, how one goes, and what is said
before it is too late."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.callers import Founder, lines_in, refused, runs, signs
from tests.browser.conftest import MakesProfile
from tests.browser.people import Person
from tests.browser.profiles import Profile


@pytest.fixture
def ben(founder: Founder, bens_browser: Profile) -> Person:
    """Give Ben, a member with a browser; Anna has a terminal, at the node."""
    return Person("Ben", bens_browser).is_in(founder.collective)


def makes_a_link(person: Person, called: str = "phone") -> str:
    person.goes("Devices")
    person.hands.writes("What you call it", called)
    person.hands.presses("Make a link for it")
    line = person.page.get_by_role("textbox", name="The link")
    expect(line).to_be_visible()
    return line.input_value()


def opens_with_a_second(ben: Person, profile: MakesProfile, called: str = "phone") -> Person:
    link = makes_a_link(ben, called)
    phone = Person("Ben", profile(width=360))
    phone.hands.opens(link)
    phone.hands.presses("Yes, this device is mine")
    phone.is_home()
    return phone


# Coming in.


def test_a_second_device_is_offered_where_one_lost_phone_would_be_enough(
    ben: Person, founder: Founder
) -> None:
    ben.goes("Devices")
    expect(ben.heading("Add a second device")).to_be_visible()
    ben.sees("If one of you loses their only device, your members and your charter cannot")


def test_a_second_device_is_the_same_person(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    phone = opens_with_a_second(ben, profile)
    assert "#" not in phone.page.url
    phone.goes("Devices")
    phone.sees("phone")
    phone.sees("The one you joined with")
    assert len(founder.home.does("members")[1]["devices"]) == 2
    proposal = founder.home.does("propose", "Flour", "--text", "Rye only")["id"]
    act = {"type": "position", "version": proposal, "stance": "agree"}
    assert signs(phone.page, founder.collective, act, {})["sent"]
    assert [row["name"] for row in founder.home.sees(proposal)["positions"]] == ["Ben"]


def test_its_link_works_once(ben: Person, founder: Founder, profile: MakesProfile) -> None:
    link = makes_a_link(ben)
    for person, heading in (("Ben", None), ("Thief", "This link does not open")):
        opened = Person(person, profile())
        opened.hands.opens(link)
        opened.hands.presses("Yes, this device is mine")
        if heading:
            expect(opened.heading(heading)).to_be_visible()
            assert runs(opened.page, "return (await module('kept')).collectives();") == []
        else:
            opened.is_home()


def test_the_key_in_a_link_can_be_read_by_nobody_once_it_is_used(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    phone = opens_with_a_second(ben, profile)
    body = "return (await (await module('kept')).deviceOf(given)).key.extractable;"
    assert runs(phone.page, body, founder.collective) is False


def test_a_device_link_that_is_opened_at_home_is_not_used_up(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    link = makes_a_link(ben)
    ben.hands.opens(link)
    expect(ben.heading("This browser is in already")).to_be_visible()
    phone = Person("Ben", profile())
    phone.hands.opens(link)
    phone.hands.presses("Yes, this device is mine")
    phone.is_home()


@pytest.mark.parametrize("secret", ["", "abc"])
def test_a_device_link_of_which_something_is_missing_says_so(
    founder: Founder, profile: MakesProfile, secret: str
) -> None:
    phone = Person("Ben", profile())
    phone.hands.opens(f"{founder.address}/c/{founder.collective}/device#{secret}")
    expect(phone.heading("This link is not whole")).to_be_visible()


# Going.


def test_another_device_speaks_for_one_from_now_on(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    phone = opens_with_a_second(ben, profile)
    phone.goes("Devices")
    phone.hands.presses("Let this device do that")
    expect(phone.main.get_by_text("Another device of yours says for you")).to_have_count(0)
    devices = founder.home.does("members")[1]
    assert devices["sealing_device"] == devices["devices"][1]


def test_a_lost_device_is_retired_and_reads_nothing_more(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    phone = opens_with_a_second(ben, profile)
    ben.page.reload()
    ben.hands.unfolds("Lost, stolen, or not yours any more")
    ben.hands.presses("Retire it")
    expect(ben.heading("phone")).to_have_count(0)
    act = {"type": "say", "on": founder.collective}
    assert refused(signs(phone.page, founder.collective, act, {"text": "I am still here"}))
    phone.sees("This device does not speak for a member here any more")
    assert len(founder.home.does("members")[1]["devices"]) == 1
    phone.hands.presses("Delete it from this browser")
    phone.page.wait_for_url(re.compile(r":\d+/$"))
    assert lines_in(phone.page, founder.collective) == []


def test_a_device_that_is_left_keeps_nothing(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    phone = opens_with_a_second(ben, profile)
    phone.goes("Devices")
    phone.hands.unfolds("Leave this device")
    phone.hands.presses("Leave this device")
    phone.page.wait_for_url(re.compile(r":\d+/$"))
    expect(phone.page.get_by_text("Your collectives in this browser")).to_be_hidden()
    assert lines_in(phone.page, founder.collective) == []
    body = "return (await module('kept')).deviceOf(given);"
    assert runs(phone.page, body, founder.collective) is None
    assert len(founder.home.does("members")[1]["devices"]) == 1
    phone.hands.opens(f"{founder.address}/c/{founder.collective}/")
    expect(phone.page.get_by_role("list", name="Who sits in the round")).to_have_count(0)


def test_without_a_network_a_device_is_not_left(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    phone = opens_with_a_second(ben, profile)
    phone.goes("Devices")
    phone.profile.goes_offline()
    phone.hands.unfolds("Leave this device")
    phone.hands.presses("Leave this device")
    phone.sees(re.compile("Nobody answers"))
    phone.profile.comes_online()
    assert len(lines_in(phone.page, founder.collective)) > 3
    assert len(founder.home.does("members")[1]["devices"]) == 2


def test_ones_only_device_cannot_be_left(ben: Person, founder: Founder) -> None:
    ben.goes("Devices")
    ben.hands.unfolds("Leave this device")
    ben.sees("This is your only device.")
    expect(ben.main.get_by_role("button", name="Leave this device")).to_have_count(0)


# What a browser promises.


def test_what_the_browser_promised_about_keeping_things_is_said(ben: Person) -> None:
    ben.goes("Devices")
    ben.sees(re.compile("It has (promised to keep|made no promise to keep) what is stored here"))


def test_whoever_is_joining_can_take_it_back_and_leave_nothing_behind(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    row = founder.home.does("invite", "Cleo")
    act = {"type": "position", "version": row["version"], "stance": "agree"}
    assert signs(ben.page, founder.collective, act, {})["sent"]
    link = founder.home.prints("invitation", "Cleo", "--at", founder.address).decode().strip()
    cleo = Person("Cleo", profile()).joins(link)
    assert [r["name"] for r in founder.home.does("members") if r["joining"]] == ["Cleo"]
    cleo.goes("Devices")
    cleo.hands.unfolds("Leave this device")
    cleo.hands.presses("Leave this device")
    cleo.page.wait_for_url(re.compile(r":\d+/$"))
    assert [r["name"] for r in founder.home.does("members") if r["joining"]] == []


# Lost.


def loses_everything(person: Person) -> None:
    """Let a browser clear what it stored, as it does when it runs out of room."""
    person.profile.opens("/")
    person.page.evaluate(
        """() => new Promise((resolve, reject) => {
          const asked = indexedDB.deleteDatabase("goround");
          asked.onsuccess = resolve;
          asked.onerror = reject;
        })"""
    )


def test_a_browser_that_lost_everything_is_told_and_comes_back_by_itself(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    phone = opens_with_a_second(ben, profile)
    loses_everything(ben)
    ben.profile.opens(f"/c/{founder.collective}/members")
    notice = ben.page.get_by_role("alert")
    expect(notice).to_contain_text("This browser has lost what it kept for Bread")
    ben.hands.follows("What to do", notice)
    ben.sees("you are back, and lost nothing")
    ben.hands.opens(makes_a_link(phone, "computer"))
    ben.hands.presses("Yes, this device is mine")
    ben.is_home()
    act = {"type": "say", "on": founder.collective}
    assert signs(ben.page, founder.collective, act, {"text": "I am back"})["sent"]
    ben.goes("Devices")
    ben.hands.presses("Let this device do that")
    ben.sees("This is the one that says for you, by itself")


def test_a_browser_that_is_asked_and_promises_nothing_says_so(ben: Person) -> None:
    ben.goes("Devices")
    ben.hands.presses("Ask it to keep this")
    ben.sees("It makes no promise just now.")
