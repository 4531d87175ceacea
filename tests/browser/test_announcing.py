"""What changes on the page of a proposal is told once to whoever reads it with their ears, in a
sentence that says what it is; what comes of one's own answer is told beside the form."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.callers import Founder
from tests.browser.deciding import Decider
from tests.browser.profiles import Profile
from tests.browser.test_live import ANNOUNCED, in_time, streams

TITLE = "Rye flour"


@pytest.fixture
def proposal(founder: Founder) -> str:
    return str(founder.home.does("propose", TITLE, "--text", "More rye.")["id"])


@pytest.fixture
def ben(founder: Founder, proposal: str, bens_browser: Profile) -> Decider:
    """Give Ben, who looks at a proposal that waits for him, with his ears open."""
    person = Decider("Ben", bens_browser)
    person.profile.opens(f"/c/{founder.collective}/proposals/{proposal}")
    person.is_at(TITLE)
    in_time(lambda: streams(person.page) == 1, person.page)
    person.page.evaluate(ANNOUNCED)
    return person


def announced(page: Page) -> list[str]:
    """Wait until something was told, and a while longer for what should not be."""
    page.wait_for_function("() => window.announced.length > 0")
    page.wait_for_timeout(1500)
    told: list[str] = page.evaluate("() => window.announced.splice(0)")
    return told


def test_each_thing_that_others_do_is_told_once_in_a_sentence(
    founder: Founder, ben: Decider, proposal: str
) -> None:
    home = founder.home
    home.does("say", "--", proposal, "Could it be spelt?")
    assert announced(ben.page) == ["Anna said something."]
    home.does("concern", "--", proposal, "It does not rise.")
    assert announced(ben.page) == ["There is a concern."]
    home.does("position", "--", proposal, "agree")
    assert announced(ben.page) == ["Still to be heard: you."]
    home.does("version", "--text", "Rye and spelt.", "--", proposal)
    told = announced(ben.page)
    assert len(told) == 1
    assert "Still to be heard: you and Anna" in told[0]


def test_what_comes_of_an_answer_is_told_beside_it(
    founder: Founder, ben: Decider, proposal: str
) -> None:
    founder.home.does("position", "--", proposal, "agree")
    ben.sees_where_it_stands("Still to be heard: you.")
    ben.takes_position("agree")
    ben.sees_where_it_stands("Decided")
    expect(ben.region("Where do you stand?").get_by_role("status")).to_have_count(0)
    assert ben.page.evaluate("() => document.activeElement !== document.body"), "one is somewhere"


def test_a_refusal_is_told_beside_the_form_and_one_stays_there(ben: Decider) -> None:
    ben.takes_position("block")
    place = ben.region("Where do you stand?")
    expect(place.get_by_role("status")).to_contain_text("reason")
    assert place.evaluate("(place) => place.contains(document.activeElement)")
