"""One Chromium for all tests of the pages, a node for each, and a browser for each person. Whatever
went wrong in any of the browsers while a test looked elsewhere fails the test at its end."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.callers import Founded, Founder, founded
from tests.browser.chromium import NoChromium
from tests.browser.nodes import Node
from tests.browser.profiles import Profile, begun, looks, started_with
from tests.copies import image


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests that need Chromium run last: others run event loops of their own."""
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests counted."""
    for report in terminalreporter.getreports("passed"):
        for what, counted in report.user_properties:
            terminalreporter.write_line(f"{what}: {counted}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Give the one Chromium; without one a test is skipped, except where everything must run."""
    try:
        started = started_with()
    except NoChromium as missing:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(missing))
    playwright: Playwright = request.getfixturevalue("playwright")
    browser = playwright.chromium.launch(**started)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def with_anna(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Give the home of somebody who is alone in her collective."""
    return founded(tmp_path_factory.mktemp("anna"))


@pytest.fixture(scope="session")
def with_ben_invited(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Give her home once she has invited Ben."""
    return founded(tmp_path_factory.mktemp("invited"), "Ben")


@pytest.fixture
def before(request: pytest.FixtureRequest) -> Founded | None:
    """Give what is there before a test begins, if anything is."""
    if "founder" not in request.fixturenames:
        return None
    name = "with_ben_invited" if "ben" in request.fixturenames else "with_anna"
    home: Founded = request.getfixturevalue(name)
    return home


@pytest.fixture
def node(tmp_path: Path, before: Founded | None) -> Iterator[Node]:
    """Give a node that keeps what is there before, or nothing yet."""
    if before:
        image(before.home, tmp_path / "node")
    started = Node(tmp_path / "node")
    yield started
    started.stop()


class MakesProfile(Protocol):
    """Makes a browser for one person."""

    def __call__(
        self, *, width: int = 1280, dark: bool = False, keeps: bool = False
    ) -> Profile: ...


@pytest.fixture
def profile(chromium: Browser, node: Node) -> Iterator[MakesProfile]:
    """Give what makes a browser for one more person, with a storage of its own."""
    with ExitStack() as stack:

        def make(*, width: int = 1280, dark: bool = False, keeps: bool = False) -> Profile:
            looking = looks(width, dark=dark, keeps=keeps)
            context = stack.enter_context(chromium.new_context(**looking))
            made = begun(context, node.address)
            stack.callback(assert_quiet, made)
            return made

        yield make


@pytest.fixture
def founder(node: Node, before: Founded) -> Founder:
    """Give whoever founded a collective in a terminal, at the node."""
    return Founder(node, before)


@pytest.fixture
def ben(founder: Founder, profile: MakesProfile) -> Profile:
    """Give Ben's browser, who joined the founder."""
    made = profile()
    founder.lets_in(made, "Ben")
    return made


@pytest.fixture
def real_profile(
    chromium: Browser, playwright: Playwright, node: Node
) -> Iterator[Callable[[Path], Profile]]:
    """Give what starts a Chromium of its own with the profile in a folder, new or used before."""
    with ExitStack() as stack:

        def start(folder: Path) -> Profile:
            started = started_with(folder) | looks(1280, dark=False)
            context = stack.enter_context(playwright.chromium.launch_persistent_context(**started))
            made = begun(context, node.address)
            stack.callback(assert_quiet, made)
            return made

        yield start


def assert_quiet(profile: Profile) -> None:
    """Fail where anything went wrong in a browser that nobody forgave."""
    if profile.context.pages:  # it is open yet
        profile.context.cookies()  # what was on its way is noted when this is answered
    complaints = list(profile.watch.complaints)
    profile.watch.complaints.clear()
    assert complaints == []
