"""Whether everybody can use a page: what axe-core finds, wide and narrow, by day and by night, and
whether it fits on the narrowest screen."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import (  # type: ignore[import-untyped]
    AXE_SCRIPT,
    AxeResults,
)
from playwright.sync_api import Page

from tests.browser.seen import Scheme, overflow, shown_as

Rules = dict[str, Any]
ALL: Rules = {"resultTypes": ["violations"]}
COLOURS: Rules = ALL | {"runOnly": ["color-contrast", "link-in-text-block"]}
Look = tuple[int, Scheme, Rules]
LOOKS: list[Look] = [
    (360, "light", ALL),
    (1280, "dark", COLOURS),
    (1280, "light", ALL),
    (360, "dark", COLOURS),
]
"""How each page is looked at in the soak, and each face of a link; only colours change by night."""
FEW = LOOKS[:2]
"""How it is looked at each time."""
NARROWEST = 320


HAS_AXE = "() => 'axe' in window"
ASK_AXE = """async (rules) => {
  const { violations } = await axe.run(document, rules);
  return { violations };
}"""
"""What is in order is a long list that nobody reads, so it does not leave the page."""


def assert_usable(page: Page, looks: Sequence[Look] = FEW) -> None:
    """Fail where somebody could not use a page that is open."""
    assert page.get_by_role("heading", level=1).count() == 1, page.url
    for width, scheme, rules in looks:
        shown_as(page, width, scheme)
        assert_faultless(page, rules)
    shown_as(page, NARROWEST, "light")
    assert not overflow(page), f"{page.url}: {overflow(page)}"


def assert_faultless(page: Page, rules: Rules) -> None:
    """Fail where axe-core finds something in a page, as it is shown just now."""
    if not page.evaluate(HAS_AXE):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate(ASK_AXE, rules))
    looked = page.viewport_size
    assert not found.violations_count, f"{page.url} {looked} {found.generate_report()}"
