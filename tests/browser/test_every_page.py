"""What holds for every page: everybody can use it, on any screen, by day and by night, and it is
light enough for a slow line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.callers import runs
from tests.browser.conftest import assert_quiet
from tests.browser.full import Full
from tests.browser.nodes import Node
from tests.browser.profiles import Profile
from tests.browser.routes import addresses, templates
from tests.browser.seen import enrolled, settles
from tests.browser.using import FEW, LOOKS, assert_usable

LIGHT_ENOUGH = 100_000
LEAST = 10_000
"""What weighs less was not looked at whole."""
HERE = templates(Path("nowhere"))
HEAVY = [
    f"/c/{{collective}}/{path}"
    for path in ("", "devices", "members/{member}", "proposals/new", "proposals/{proposal}")
]


@pytest.fixture(scope="module")
def full_node(full: Full) -> Iterator[Node]:
    started = Node(full.home)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def anna(chromium: Browser, full: Full, full_node: Node) -> Iterator[Profile]:
    """Give Anna's browser, in which nothing goes wrong on any page."""
    with enrolled(chromium, full_node, full) as profile:
        yield profile


@pytest.mark.parametrize("template", HERE)
def test_every_page_can_be_used_by_everybody_on_any_screen(
    anna: Profile, full: Full, template: str
) -> None:
    for number, address in enumerate(addresses(template, full)):
        page = anna.opens(address)
        settles(page)
        assert_usable(page, FEW[: 1 if number else 2])
    assert_quiet(anna)


@pytest.mark.soak
@pytest.mark.parametrize("template", HERE)
def test_it_can_be_used_however_it_is_looked_at(anna: Profile, full: Full, template: str) -> None:
    for address in addresses(template, full):
        page = anna.opens(address)
        settles(page)
        assert_usable(page, LOOKS)
    assert_quiet(anna)


@pytest.mark.parametrize("template", HEAVY)
def test_the_heaviest_pages_weigh_under_100_kb_all_told(
    anna: Profile, full: Full, template: str
) -> None:
    check_weight(anna, full, addresses(template, full)[:1])


@pytest.mark.soak
@pytest.mark.parametrize("template", HERE)
def test_every_page_weighs_as_little(anna: Profile, full: Full, template: str) -> None:
    check_weight(anna, full, addresses(template, full))


IS_UNTENDED = "await (await module('kept')).setNote(given, 'tended', null);"


def check_weight(anna: Profile, full: Full, found: list[str]) -> None:
    """Weigh pages with everything that their scripts and their worker fetch, and nothing that was
    there before, nor what the browser keeps for where there is no network."""
    line = anna.context.new_cdp_session(anna.page)
    line.send("Network.enable")
    line.send("Network.setBypassServiceWorker", {"bypass": True})
    for address in found:
        weights: list[tuple[int, str]] = []

        def note(request: Request, noted: list[tuple[int, str]] = weights) -> None:
            noted.append((weight(request), request.url))

        runs(anna.page, IS_UNTENDED, full.collective)
        anna.page.goto("about:blank")
        line.send("Network.clearBrowserCache")
        anna.context.on("requestfinished", note)
        settles(anna.opens(address))
        has_begun_to_tend(anna.page)
        anna.context.remove_listener("requestfinished", note)
        told = sum(size for size, _url in weights)
        assert LEAST < told < LIGHT_ENOUGH, f"{address}: {told} bytes, {sorted(weights)[-12:]}"


def has_begun_to_tend(page: Page) -> None:
    """Wait until the worker of a page of a collective is there, and has what it needs."""
    if page.locator("body[data-collective] [data-part]").count() and not page.workers:
        page.wait_for_event("worker")
    page.wait_for_timeout(500)


def weight(request: Request) -> int:
    """Tell how many bytes an answer took on the line."""
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
