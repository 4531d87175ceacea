"""What people do with proposals, on their pages: put forward, answer, worry, mend, decide."""

import re
from typing import Literal, Self

from playwright.sync_api import Locator, expect

from tests.browser.people import Person

Stance = Literal["agree", "reservations", "leave it", "stand aside", "more time", "block"]
CALLED: dict[Stance, str] = {
    "agree": "^I agree(?!,)",
    "reservations": "^I agree, with reservations",
    "leave it": "^I leave it to you",
    "stand aside": "^I stand aside",
    "more time": "^I need more time",
    "block": "^I block it",
}
PROPOSAL = re.compile(r"/proposals/[\w-]{43}$")


class Decider(Person):
    """Somebody who decides together with others."""

    def proposes(self, title: str, text: str, why: str = "", task: str = "") -> Self:
        """Put something forward that all would do together."""
        self.goes_home()
        self.hands.follows("Put something forward")
        self.hands.follows(re.compile("^Something we do"))
        self.hands.writes("Title", title)
        self.hands.writes("The exact words", text)
        if why:
            self.hands.writes(re.compile("^Why"), why)
        if task:
            self.hands.unfolds("Tasks")
            self.hands.writes("To do", task)
        self.hands.presses("Put it forward")
        self.page.wait_for_url(PROPOSAL)
        self.is_at(title)
        return self

    def opens_what_waits(self, title: str) -> Self:
        """Go home, where it stands that a word is asked for, and follow that."""
        self.goes_home()
        self.hands.follows(re.compile(re.escape(title)), self.main)
        self.is_at(title)
        return self

    def looks_at(self, title: str) -> Self:
        """Find a proposal in the register, unless it is in front already."""
        if not self.heading(title).is_visible():
            self.goes("Proposals")
            self.hands.follows(title)
        self.is_at(title)
        return self

    def is_at(self, title: str) -> None:
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()
        self.hands.is_ready()

    def region(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name)

    def takes_position(self, stance: Stance, because: str = "") -> Self:
        """Answer the proposal in front, or answer it otherwise."""
        place = self.region("Where do you stand?")
        if place.get_by_text("Answer otherwise").is_visible():
            self.hands.unfolds("Answer otherwise", place)
        self.hands.chooses(re.compile(CALLED[stance]), place)
        if because:
            self.hands.writes("Because", because, place)
        self.hands.presses("This is where I stand", place)
        self.is_done()
        return self

    def raises_a_concern(self, text: str) -> None:
        place = self.region("Concerns")
        self.hands.unfolds("Raise a concern", place)
        self.hands.writes("What worries you", text, place)
        self.hands.presses("Raise it", place)
        self.is_done()

    def settles_the_concern(self, because: str) -> None:
        place = self.region("Concerns")
        self.hands.unfolds("It is settled", place)
        self.hands.writes(re.compile("^What met it"), because, place)
        self.hands.presses("My concern is settled", place)
        self.is_done()

    def says(self, text: str) -> None:
        place = self.region("Questions and answers")
        self.hands.writes("Ask or say something", text, place)
        self.hands.presses("Say it", place)
        self.is_done()

    def suggests(self, text: str) -> None:
        title = self.page.get_by_role("heading", level=1).inner_text()
        self.hands.follows("Suggest a change")
        self.hands.writes("What you would change", text)
        self.hands.presses("Suggest it")
        self.is_at(title)

    def takes_up(self, text: str, why: str = "") -> None:
        """Put a suggestion into new words."""
        title = self.page.get_by_role("heading", level=1).inner_text()
        self.hands.follows("Take it up in new words")
        self.hands.writes("The exact words", text)
        if why:
            self.hands.writes(re.compile("^Why"), why)
        self.hands.presses("Put this version forward")
        self.is_at(title)

    def can_state_the_concern(self, text: str) -> None:
        """Say in one's own words what whoever blocks fears."""
        place = self.region("The round")
        self.hands.writes("The concern, as I understand it", text, place)
        self.hands.presses("I can state it", place)
        self.is_done()

    def sees_where_it_stands(self, words: str | re.Pattern[str]) -> None:
        """Wait until the head of the page says so."""
        head = self.main.get_by_role("heading", level=1).locator("..")
        expect(head).to_contain_text(words)
