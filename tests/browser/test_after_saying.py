"""What people see after they said something: it is told where they look, the keyboard is where it
was told, and nobody is asked a second time for what they have answered already."""

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.callers import Founder, has_reached
from tests.browser.deciding import Decider
from tests.browser.profiles import Profile
from tests.browser.test_live import in_time, streams

TITLE = "Rye flour"


@pytest.fixture
def ben(founder: Founder, bens_browser: Profile) -> Decider:
    """Give Ben, who has a telephone."""
    person = Decider("Ben", bens_browser)
    person.page.set_viewport_size({"width": 360, "height": 800})
    person.profile.opens(f"/c/{founder.collective}/")
    return person


@pytest.fixture
def asked(founder: Founder, ben: Decider) -> Decider:
    """Give Ben before a proposal that waits for him."""
    proposal = founder.home.does("propose", TITLE, "--text", "More rye.")["id"]
    ben.profile.opens(f"/c/{founder.collective}/proposals/{proposal}")
    ben.is_at(TITLE)
    in_time(lambda: streams(ben.page) == 1, ben.page)
    in_time(lambda: has_reached(ben.page, founder.collective, "More rye."), ben.page)
    return ben


def test_an_answer_is_confirmed_in_view_and_the_keyboard_is_there(asked: Decider) -> None:
    asked.takes_position("agree")
    told = asked.main.get_by_text("Kept: this is where you stand.")
    expect(told).to_be_in_viewport()
    expect(asked.page.locator("#answer-title")).to_be_focused()
    expect(asked.page.locator("#announcer")).to_have_text("Kept: this is where you stand.")


def test_new_words_take_back_that_the_answer_to_the_old_ones_is_kept(
    asked: Decider, founder: Founder
) -> None:
    asked.takes_position("agree")
    founder.home.does("version", "2", "--text", "More rye, and less salt.")
    asked.sees("There are new words")
    expect(asked.main.get_by_text("Kept: this is where you stand.")).to_have_count(0)


class SlowNetwork:
    """A network on which the answers of one kind come when a test lets them."""

    def __init__(self, page: Page, kind: str) -> None:
        self.page = page
        self.kind = kind
        self.held: list[tuple[Route, APIResponse]] = []
        page.route(kind, lambda route: self.held.append((route, route.fetch())))

    def has_one(self) -> None:
        in_time(lambda: bool(self.held), self.page)

    def goes_on(self) -> None:
        """Hold nothing more back; what is held comes later."""
        self.page.unroute(self.kind)

    def answers(self) -> None:
        for route, response in self.held:
            route.fulfill(response=response)


PAGES = "**/proposals/*"


def answers_slowly(asked: Decider) -> SlowNetwork:
    """Let somebody agree, and hear only later that it has arrived."""
    slow = SlowNetwork(asked.page, "**/events")
    place = asked.region("Where do you stand?")
    asked.hands.chooses("I agree", place)
    asked.hands.presses("This is where I stand", place)
    slow.has_one()
    return slow


def test_an_answer_that_new_words_overtook_is_not_told_as_one_to_them(
    asked: Decider, founder: Founder
) -> None:
    slow = answers_slowly(asked)
    founder.home.does("version", "2", "--text", "More rye, and less salt.")
    slow.answers()
    asked.sees("There are new words")
    asked.sees("there are new ones since")
    expect(asked.main.get_by_text("Kept: this is where you stand.")).to_have_count(0)


def test_a_page_that_was_long_on_its_way_takes_the_place_of_no_newer_one(
    asked: Decider, founder: Founder
) -> None:
    said = answers_slowly(asked)
    asked.sees_where_it_stands("Still to be heard: Anna.")
    shown = SlowNetwork(asked.page, PAGES)
    said.answers()
    shown.has_one()
    shown.goes_on()
    founder.home.does("version", "2", "--text", "More rye, and less salt.")
    asked.sees("There are new words")
    shown.answers()
    asked.sees("there are new ones since")
    asked.sees("There are new words")


def test_the_last_answer_is_confirmed_beside_what_came_of_it(
    asked: Decider, founder: Founder
) -> None:
    founder.home.does("position", "2", "agree")
    asked.takes_position("agree")
    head = asked.page.locator("main > header")
    expect(head).to_contain_text("Kept: this is where you stand.")
    expect(head).to_contain_text("Decided")
    expect(head.get_by_role("heading", name=TITLE)).to_be_in_viewport()


def test_on_the_page_of_a_new_proposal_the_keyboard_begins_at_its_title(ben: Decider) -> None:
    ben.proposes("Wood", "We buy wood.")
    expect(ben.heading("Wood")).to_be_focused()


def test_without_a_network_nobody_is_asked_twice(asked: Decider) -> None:
    asked.profile.goes_offline()
    expect(asked.page.locator("#unconnected")).to_contain_text("Stay on this page")
    asked.takes_position("agree")
    asked.sees("You answered: I agree. Your answer is kept on this device")
    expect(asked.main.get_by_text("Your answer is kept on this device")).to_be_in_viewport()
    expect(asked.page.get_by_role("button", name="This is where I stand")).to_be_hidden()
    expect(asked.page.locator("#asked")).to_be_hidden()
    expect(asked.page.get_by_role("link", name="Say where you stand")).to_be_hidden()
    expect(asked.page.locator("main > header")).to_contain_text("You answered: I agree.")
    asked.profile.comes_online()
    expect(asked.region("Where do you stand?").get_by_text("Answer otherwise")).to_be_visible()
    expect(asked.main.get_by_text("Your answer is kept on this device")).to_have_count(0)
    asked.profile.goes_offline()
    asked.takes_position("block", "The mill is shut.")
    asked.sees("You answered: I block it. “The mill is shut.” Your answer is kept on this device")
    expect(asked.page.get_by_text("Answer otherwise")).to_be_hidden()


def test_the_card_of_a_new_invitation_comes_into_view(ben: Decider) -> None:
    ben.invites("Cleo")
    ben.is_done()
    expect(ben.heading("Cleo")).to_be_focused()
    expect(ben.heading("Cleo")).to_be_in_viewport()
    told = ben.main.get_by_text("Cleo’s link is here, and opens once everybody has said yes.")
    expect(told).to_be_visible()
    expect(told).to_have_count(1)
