"""Somebody types into every field what would like to be markup or has no end, and others look at it
on their phones, also those who have come no further than the link."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakesProfile
from tests.browser.deciding import Decider
from tests.browser.hostile import ENDLESS, SCRIPTS
from tests.browser.people import Person
from tests.browser.seen import overflow, settles

COLLECTIVE = "../<img src=x onerror=alert(1)>\\Bread.exe"
ANNA = '"><script>alert(2)</script>'
BEN = "<svg onload=alert(3)>"
GUEST = "{{7*7}}<iframe src='javascript:alert(4)'>"
MARKUP = " ".join(SCRIPTS[:7])
TITLE = "<title>alert(5)</title> ${alert(6)} '\"`"


@pytest.fixture
def anna(profile: MakesProfile) -> Decider:
    return Decider(ANNA, profile(width=360))


def assert_stands(*people: Person) -> None:
    """Fail where something ran, or is wider than the window."""
    for person in people:
        settles(person.page)
        assert not person.page.evaluate("() => 'ran' in window")
        assert not person.page.locator("main iframe, main script, main img").count()
        assert not overflow(person.page), f"{person.page.url}: {overflow(person.page)}"


def test_names_are_names_from_the_first_page_to_the_round(
    anna: Decider, profile: MakesProfile
) -> None:
    anna.founds(COLLECTIVE, MARKUP + ENDLESS)
    assert_stands(anna)
    anna.invites(GUEST, MARKUP + ENDLESS)
    anna.invites(BEN)
    assert_stands(anna)
    ben = Person(BEN, profile(width=360))
    ben.reads_the_link(anna.copies_the_link_for(BEN))
    expect(ben.page.get_by_role("heading", level=1)).to_have_text(COLLECTIVE)
    expect(ben.main.get_by_text(ANNA).first).to_be_visible()
    expect(ben.main.get_by_role("checkbox", name=re.compile(re.escape(GUEST)))).to_be_checked()
    assert_stands(ben)
    ben.says_yes()
    ben.sits_with(ANNA, BEN)
    assert_stands(ben)
    ben.page.goto(ben.profile.address)
    expect(ben.main.get_by_role("link", name=COLLECTIVE)).to_be_visible()
    assert_stands(ben)


def test_whatever_is_typed_into_a_proposal_is_words(anna: Decider) -> None:
    anna.founds("Bread")
    anna.proposes(TITLE, MARKUP + ENDLESS, why=ENDLESS, task=MARKUP[:300])
    assert_stands(anna)
    anna.raises_a_concern(ENDLESS + MARKUP)
    anna.settles_the_concern(MARKUP + ENDLESS)
    anna.says(MARKUP + ENDLESS)
    anna.takes_position("stand aside", ENDLESS + MARKUP)
    anna.region("The round").get_by_text("alert(1)").first.wait_for()
    assert_stands(anna)
    anna.hands.follows("Other words")
    anna.hands.writes("Title", ENDLESS)
    anna.hands.writes("The exact words", MARKUP)
    anna.hands.presses("Put this version forward")
    anna.page.wait_for_url(re.compile(r"/proposals/[\w-]{43}$"))
    assert_stands(anna)
    anna.takes_position("agree", MARKUP)
    for place in ("Tasks", "Proposals", "History", "Round"):
        anna.goes(place)
        assert_stands(anna)


def test_whatever_somebody_says_of_themselves_is_words(anna: Decider, tmp_path: Path) -> None:
    anna.founds(COLLECTIVE)
    anna.goes("Members")
    anna.hands.follows("My name, being away, leaving")
    anna.hands.writes(re.compile("^Until when"), MARKUP[:200])
    anna.hands.presses("I am away")
    anna.is_done()
    assert_stands(anna)
    with anna.page.expect_download() as saving:
        anna.hands.presses("Save it as a file")
    name = saving.value.suggested_filename
    assert Path(name).name == name, "it stays in the folder for downloads"
    assert name.endswith(".bundle")
    anna.goes("Devices")
    anna.hands.writes(re.compile("^What you call it"), MARKUP[:60])
    anna.hands.presses("Make a link for it")
    anna.is_done()
    assert_stands(anna)
    anna.page.reload()
    assert_stands(anna)
