"""One Chromium for all tests of the pages, a node for each, and a browser for each person. Whatever
went wrong in any of the browsers while a test looked elsewhere fails the test at its end."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.callers import Founded, Founder, founded, joined
from tests.browser.chromium import NoChromium
from tests.browser.full import Full, fill
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


@pytest.fixture(scope="session")
def with_ben(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Give her home once Ben has joined."""
    folder = tmp_path_factory.mktemp("joined")
    return joined(founded(folder, "Ben"), "Ben", folder)


@pytest.fixture
def before(request: pytest.FixtureRequest) -> Founded | None:
    """Give what is there before a test begins, if anything is."""
    if "founder" not in request.fixturenames:
        return None
    homes = {"bens_browser": "with_ben", "ben": "with_ben_invited", "founder": "with_anna"}
    name = next(home for asked, home in homes.items() if asked in request.fixturenames)
    there: Founded = request.getfixturevalue(name)
    return there


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Full:
    return fill(tmp_path_factory.mktemp("filled"))


@pytest.fixture(scope="module")
def full(filled: Full, tmp_path_factory: pytest.TempPathFactory) -> Full:
    """Give a collective in the middle of its life."""
    return filled._replace(home=image(filled.home, tmp_path_factory.mktemp("full")))


@pytest.fixture(scope="session")
def leaving() -> Iterator[list[Node]]:
    """Give the nodes that are about to stop: the next test need not wait for that."""
    nodes: list[Node] = []
    yield nodes
    for node in nodes:
        node.has_stopped()


@pytest.fixture
def node(tmp_path: Path, before: Founded | None, leaving: list[Node]) -> Iterator[Node]:
    """Give a node that keeps what is there before, or nothing yet. It has to stop without a fault,
    which shows at the end of the next test."""
    if before:
        image(before.home, tmp_path / "node")
    started = Node(tmp_path / "node")
    yield started
    started.is_told_to_stop()
    while leaving:
        leaving.pop().has_stopped()
    leaving.append(started)


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


@pytest.fixture(scope="session")
def somebody(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    """Give the browser of somebody who is in no collective, at a node where there is none: scripts
    can be asked there, and leave nothing behind."""
    node = Node(tmp_path_factory.mktemp("empty") / "node")
    with chromium.new_context(**looks(1280, dark=False)) as context:
        made = begun(context, node.address)
        yield made
        assert_quiet(made)
    node.stop()


@pytest.fixture
def founder(node: Node, before: Founded) -> Founder:
    """Give whoever founded a collective in a terminal, at the node."""
    return Founder(node, before)


@pytest.fixture
def bens_browser(founder: Founder, profile: MakesProfile) -> Profile:
    """Give the browser of Ben, who joined the founder before, with a key from a terminal: how
    browsers join, and what keys they make, is tested where they do."""
    made = profile()
    founder.finds_at_the_table(made, "Ben")
    return made


@pytest.fixture
def ben(bens_browser: Profile) -> Profile:
    """Give Ben, who is nothing but his browser here."""
    return bens_browser


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
