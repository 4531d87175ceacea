"""What holds for every page: everybody can use it, on any screen, by day and by night, and it is
light enough for a slow line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import assert_quiet
from tests.browser.full import Full, fill
from tests.browser.nodes import Node
from tests.browser.profiles import Profile, begun, looks
from tests.browser.routes import addresses, templates
from tests.browser.seen import lets_in, overflow

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]
NARROWEST = 320
LIGHT_ENOUGH = 100_000
RULES = {"resultTypes": ["violations"]}
HERE = templates(Path("nowhere"))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Full:
    return fill(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def full_node(full: Full) -> Iterator[Node]:
    started = Node(full.home)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def anna(chromium: Browser, full: Full, full_node: Node) -> Iterator[Profile]:
    """Anna's browser, in which nothing goes wrong on any page."""
    with chromium.new_context(**looks(1280, dark=False)) as context:
        lets_in(context, full_node, full)
        yield begun(context, full_node.address)


@pytest.mark.parametrize("template", HERE)
def test_every_page_can_be_used_by_everybody_on_any_screen(
    anna: Profile, full: Full, template: str
) -> None:
    for address in addresses(template, full):
        page = anna.opens(address)
        assert page.locator("h1").count() == 1, address
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, (
                f"{address} {width} {scheme}\n{found.generate_report()}"
            )
        page.set_viewport_size({"width": NARROWEST, "height": 800})
        assert not overflow(page), f"{address}: {overflow(page)}"
    assert_quiet(anna)


@pytest.mark.parametrize("template", HERE)
def test_every_page_weighs_under_100_kb_all_told(
    chromium: Browser, full: Full, full_node: Node, template: str
) -> None:
    for address in addresses(template, full):
        with chromium.new_context(**looks(360, dark=False)) as context:
            lets_in(context, full_node, full)
            page = context.new_page()
            weights = weighed(context, page)
            page.goto(full_node.address + address)
            page.wait_for_load_state("load")
            page.wait_for_timeout(300)
            assert 0 < sum(weights) < LIGHT_ENOUGH, f"{address}: {sum(weights)}"


def weighed(context: BrowserContext, page: Page) -> list[int]:
    """Return a list that fills with the bytes of everything that comes over the line."""
    weights: list[int] = []
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    return weights
