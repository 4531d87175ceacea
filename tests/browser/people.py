"""People with a browser each, and what they do with it, in the words of the pages. Nothing here
knows how a page is built: only what stands on it."""

import re
from typing import Self

from playwright.sync_api import Locator, expect

from tests.browser.hands import Hands
from tests.browser.profiles import Profile

HOME = re.compile(r"/c/[\w-]{43}/$")

IS_IDLE = """() => !document.querySelector("form[aria-busy=true]")"""


class Person:
    """Somebody in front of a browser of their own."""

    def __init__(self, name: str, profile: Profile, *, keyboard: bool = False) -> None:
        self.name = name
        self.profile = profile
        self.page = profile.page
        self.hands = Hands(profile.page, keyboard=keyboard)

    @property
    def used(self) -> int:
        """Tell what it took so far: taps, and fields that were filled."""
        return self.hands.used

    # Coming in.

    def founds(self, collective: str, purpose: str = "") -> Self:
        """Found a collective, beginning at the address that the node printed."""
        self.is_about_to_found(collective, purpose)
        self.hands.presses("Found the collective")
        self.is_home()
        return self

    def is_about_to_found(self, collective: str, purpose: str = "") -> None:
        self.hands.opens(self.profile.address)
        self.hands.follows(re.compile("^Found (a collective|another)$"))
        self.hands.writes("What is it called?", collective)
        if purpose:
            self.hands.writes("What is it for?", purpose)
        self.hands.writes("What are you called there?", self.name)

    def invites(self, guest: str, why: str = "") -> None:
        """Put an invitation forward; that includes one's own yes."""
        self.goes("Invitations")
        self.hands.writes("Who is it?", guest)
        if why:
            self.hands.writes("Why?", why)
        self.hands.presses("Invite")
        expect(self.main.get_by_role("heading", name=guest, exact=True)).to_be_visible()
        self.is_done()

    def copies_the_link_for(self, guest: str) -> str:
        """Take the link that lets somebody in; the page has it where it was made."""
        self.goes("Invitations")
        card = self.invitation_of(guest)
        link = card.get_by_role("textbox", name="The link").input_value()
        self.hands.presses("Copy the link", card)
        return link

    def invitation_of(self, guest: str) -> Locator:
        return self.main.get_by_role("article").filter(has=self.heading(guest))

    def reads_the_link(self, link: str) -> Self:
        """Open the link, and look at who invites, and into what."""
        self.hands.opens(link)
        expect(self.main.get_by_label("What are you called there?")).to_be_visible()
        return self

    def joins(self, link: str) -> Self:
        """Open the link, and say yes."""
        return self.reads_the_link(link).says_yes()

    def is_in(self, collective: str) -> Self:
        """Open the page of a collective in which one is already."""
        self.profile.opens(f"/c/{collective}/")
        self.is_home()
        return self

    def says_yes(self) -> Self:
        self.hands.writes("What are you called there?", self.name)
        self.hands.presses("Yes, I join")
        self.is_home()
        return self

    def welcomes(self, name: str) -> None:
        """Say that one knows somebody who is joining, from what waits on the home page."""
        self.looks_who_is_at_the_door(name)
        self.knows(name)

    def looks_who_is_at_the_door(self, name: str) -> None:
        self.goes_home()
        self.hands.follows(f"Do you know that this is {name}?", self.main)
        self.sees(f"I know that this is {name}")

    def knows(self, name: str) -> None:
        self.hands.presses(f"I know that this is {name}", self.main)
        self.is_done()

    def sits_with(self, *names: str) -> None:
        """Wait until all of these are seen in the round on the home page."""
        for name in names:
            seats = self.page.get_by_role("list", name="Who sits in the round")
            expect(seats.get_by_role("link").filter(has_text=name)).to_be_visible()

    # Getting about.

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name, exact=True)

    def is_home(self) -> None:
        """Wait until the round of a collective is there."""
        self.page.wait_for_url(HOME)
        expect(self.page.get_by_role("list", name="Who sits in the round")).to_be_visible()

    def goes_home(self) -> None:
        if not HOME.search(self.page.url):
            self.goes("Round")
        self.is_home()

    def goes(self, place: str) -> None:
        """Go to one of the places that every page names, unless one is there."""
        places = self.page.get_by_role("navigation", name="Collective")
        link = places.get_by_role("link", name=place, exact=True, include_hidden=True)
        if link.get_attribute("aria-current") == "page":
            return
        if not link.is_visible():
            self.hands.unfolds(re.compile("^More"), places)
        self.hands.follows(place, places)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def is_done(self) -> None:
        """Wait until what was pressed has come to its end."""
        self.page.wait_for_function(IS_IDLE)

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Wait until something stands on the page in front, which changes by itself."""
        expect(self.main.get_by_text(words).first).to_be_visible()
