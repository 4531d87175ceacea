"""What can be seen of a page, and how a browser comes to see one that only members may."""

from playwright.sync_api import BrowserContext, Page

from goround.sync.http import Peer
from tests.browser.full import Full
from tests.browser.nodes import Node


def lets_in(context: BrowserContext, node: Node, full: Full) -> None:
    """Give a browser the session that it would have been given for a signed nonce."""
    with Peer(node.address) as peer:
        word = peer._session(full.collective, full.key)
    context.add_cookies([{"name": "goround", "value": word, "url": node.address}])


def overflow(page: Page) -> list[str]:
    """Name what is wider than the window; nothing may be, except what scrolls in itself."""
    wide: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll("body *")]
            .filter((part) => part.getBoundingClientRect().right > innerWidth)
            .map((part) => `${part.tagName} ${part.className} ${part.textContent.slice(0, 40)}`)"""
    )
    return wide
