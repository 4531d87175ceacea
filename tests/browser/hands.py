"""How somebody uses a page, found as a person or a screen reader finds things: by what they are and
what they are called. Some people have a pointer and some only a keyboard; what it takes is counted,
a tap as one and a field that is filled as one."""

import re

from playwright.sync_api import Locator, Page

FURTHEST = 150
"""Steps of the Tab key after which a control counts as out of reach."""


class Hands:
    """The hands of one person on one page."""

    def __init__(self, page: Page, *, keyboard: bool = False) -> None:
        self.page = page
        self.keyboard = keyboard
        self.used = 0

    def opens(self, address: str) -> None:
        """Follow a link that somebody sent, or type an address."""
        self.used += 1
        self.page.goto(address)

    def is_ready(self) -> None:
        """Wait until the scripts of a page have taken over its forms."""
        self.page.wait_for_function(IS_READY)

    def presses(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a button."""
        self.is_ready()
        self._does((within or self.page).get_by_role("button", name=name).first, "Enter")

    def follows(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow a link on the page."""
        self._does((within or self.page).get_by_role("link", name=name).first, "Enter")

    def chooses(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Choose one of several, or tick a box."""
        place = within or self.page
        found = place.get_by_role("radio", name=name).or_(place.get_by_role("checkbox", name=name))
        self._does(found.first, "Space")

    def unfolds(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Open what is folded away under its summary."""
        found = (within or self.page).locator("summary").filter(has_text=name).first
        self._does(found, "Enter")

    def writes(self, name: str | re.Pattern[str], text: str, within: Locator | None = None) -> None:
        """Fill a field."""
        field = (within or self.page).get_by_label(name).first
        self.used += 1
        if not self.keyboard:
            field.fill(text)
            return
        self._reaches(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def _does(self, control: Locator, key: str) -> None:
        self.used += 1
        if not self.keyboard:
            control.click()
            return
        self._reaches(control)
        if not (key == "Space" and control.is_checked()):
            self.page.keyboard.press(key)

    def _reaches(self, control: Locator) -> None:
        """Go to a control with the Tab key, and within a group of choices with the arrows."""
        control.wait_for()
        is_choice = control.get_attribute("type") == "radio"
        for _step in range(FURTHEST):
            if control.evaluate(HAS_FOCUS):
                return
            in_group = is_choice and control.evaluate(GROUP_HAS_FOCUS)
            self.page.keyboard.press("ArrowDown" if in_group else "Tab")
        raise AssertionError(f"no way to {control} with the keyboard alone")


IS_READY = """() => !document.querySelector("form.act")
    || "ready" in document.documentElement.dataset"""
HAS_FOCUS = "(control) => control === document.activeElement"
GROUP_HAS_FOCUS = """(control) => document.activeElement.type === "radio"
    && document.activeElement.name === control.name
    && document.activeElement.form === control.form"""
