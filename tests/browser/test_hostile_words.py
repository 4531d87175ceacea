"""Whatever was written into a collective, no page runs it, loads it, breaks over it or is blown up
by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import assert_quiet
from tests.browser.full import Full
from tests.browser.hostile import spoil
from tests.browser.nodes import Node
from tests.browser.profiles import Profile
from tests.browser.routes import addresses, templates
from tests.browser.seen import enrolled, overflow

HERE = templates(Path("nowhere"))


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Full:
    return spoil(tmp_path_factory.mktemp("spoilt"))


@pytest.fixture(scope="module")
def spoilt_node(spoilt: Full) -> Iterator[Node]:
    started = Node(spoilt.home)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def anna(chromium: Browser, spoilt: Full, spoilt_node: Node) -> Iterator[Profile]:
    with enrolled(chromium, spoilt_node, spoilt, 360) as profile:
        yield profile


@pytest.mark.parametrize("template", HERE)
def test_nothing_that_was_written_runs_or_breaks_a_page(
    anna: Profile, spoilt: Full, template: str
) -> None:
    for address in addresses(template, spoilt):
        page = anna.opens(address)
        assert page.get_by_role("heading", level=1).count() == 1, address
        assert page.evaluate("() => 'ran' in window") is False
        assert page.evaluate("() => document.querySelectorAll('iframe, object').length") == 0
        assert not overflow(page), f"{address}: {overflow(page)}"
    assert_quiet(anna)


def test_an_agreement_that_would_like_to_be_a_style_is_text(anna: Profile, spoilt: Full) -> None:
    page = anna.opens(f"/c/{spoilt.collective}/")
    assert page.locator("h1").is_visible()
