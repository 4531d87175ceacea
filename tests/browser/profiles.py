"""Browsers as people have them: each with a storage of its own, so each is another device. Most are
contexts of one Chromium, which is quick; a test that kills a browser, or opens it again, takes a
real profile in a folder of its own."""

from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.watching import Watch

PATIENCE = 15_000
"""Milliseconds after which something that does not appear is missing; machines can be slow."""
expect.set_options(timeout=PATIENCE)


class Profile(NamedTuple):
    """One person's browser, the page in front, and what went wrong in it."""

    context: BrowserContext
    page: Page
    watch: Watch
    address: str

    def opens(self, path: str) -> Page:
        """Go to an address of the node, or a whole link."""
        self.page.goto(path if "://" in path else self.address + path)
        return self.page

    def another_tab(self) -> Page:
        """Open one more tab of the same browser."""
        return self.context.new_page()

    def goes_offline(self) -> None:
        self.context.set_offline(True)

    def comes_online(self) -> None:
        self.context.set_offline(False)


def looks(width: int, *, dark: bool, keeps: bool = False) -> dict[str, Any]:
    """Return how wide a browser's window is, whether its person likes it dark, and whether it lets
    pages be kept for where there is no network: as a phone in the room does not, and most tests
    need not wait for."""
    return {
        "viewport": {"width": width, "height": 800},
        "color_scheme": "dark" if dark else "light",
        "reduced_motion": "reduce",
        "service_workers": "allow" if keeps else "block",
        "locale": "en-GB",
    }


def begun(context: BrowserContext, address: str) -> Profile:
    """Watch a browser, and open its first tab."""
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, address)
    page = context.pages[0] if context.pages else context.new_page()
    return Profile(context, page, watch, address)


def started_with(folder: Path | None = None) -> dict[str, Any]:
    """Return how Chromium is started, with a profile in a folder or without."""
    started: dict[str, Any] = {"executable_path": find_chromium(), "args": FLAGS, "headless": True}
    return started | ({"user_data_dir": folder} if folder else {})
