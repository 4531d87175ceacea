"""What can be seen of a page, and how a browser comes to see one that only members may."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page

from goround.sync.http import Peer
from tests.browser.full import Full
from tests.browser.nodes import Node
from tests.browser.profiles import Profile, begun, looks

Scheme = Literal["light", "dark"]


@contextmanager
def enrolled(browser: Browser, node: Node, full: Full, width: int = 1280) -> Iterator[Profile]:
    """Make a browser one more device of Anna's, in the way in which she would do it."""
    words = ("--in", full.collective, "device", "add", "--at", node.address)
    link = node.person.prints(*words).decode().split()[-1]
    with browser.new_context(**looks(width, dark=False, keeps=True)) as context:
        profile = begun(context, node.address)
        settles(profile.opens(link))
        profile.page.get_by_role("button", name="Yes, this device is mine").click()
        profile.page.wait_for_url(f"{node.address}/c/{full.collective}/")
        settles(profile.page)
        profile.page.evaluate("async () => void (await navigator.serviceWorker.ready)")
        yield profile


@contextmanager
def reading(browser: Browser, node: Node, full: Full, *, scripts: bool = True) -> Iterator[Profile]:
    """Let a phone read as Anna's device does, without a key of its own: it signs nothing."""
    seen = looks(360, dark=False) | {"java_script_enabled": scripts}
    with Peer(node.address) as peer, browser.new_context(**seen) as context:
        word = peer._session(full.collective, full.key)
        path = f"/c/{full.collective}"
        context.add_cookies(
            [{"name": "goround", "value": word, "domain": "127.0.0.1", "path": path}]
        )
        yield begun(context, node.address)


def settles(page: Page) -> None:
    """Wait until a page does what it does by itself."""
    page.wait_for_load_state("load")
    page.wait_for_function("""() => !document.querySelector("form.act")
        || "ready" in document.documentElement.dataset""")


def shown_as(page: Page, width: int, scheme: Scheme) -> None:
    """Let a page be looked at on a screen of this width, by day or by night."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)


def overflow(page: Page) -> list[str]:
    """Name what is wider than the window; nothing may be, except what scrolls in itself."""
    wide: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll("body *")]
            .filter((part) => part.getBoundingClientRect().right > innerWidth)
            .map((part) => `${part.tagName} ${part.className} ${part.textContent.slice(0, 40)}`)"""
    )
    return wide
