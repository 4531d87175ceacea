"""Each way to break the browser's fold is noticed by the histories that it is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.fold_asking import first_difference, said_by_browser
from tests.browser.fold_ballots import ballots
from tests.browser.fold_breaks import BREAKS, Break
from tests.browser.fold_histories import lives, mischief, said_by_python, stories
from tests.browser.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import MakesProfile
    from tests.browser.fold_histories import History, Json

FOLD = Path(__file__).parents[2] / "src/goround/web/static/js/fold"
SOME = 80


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Give one node to all tests here: it only hands out scripts."""
    started = Node(tmp_path_factory.mktemp("node") / "home")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def told() -> list[tuple[History, Json]]:
    """Give histories with what Python says of them."""
    histories = [
        *stories(),
        *lives(range(40), 50),
        *mischief(range(20), 25, 50),
        *ballots(range(20)),
    ]
    return [(history, said_by_python(history)) for history in histories]


def notices(page: Page, told: list[tuple[History, Json]]) -> str | None:
    """Return the first difference that any of the histories shows."""
    for start in range(0, len(told), SOME):
        some = told[start : start + SOME]
        said = said_by_browser(page, [history for history, _ in some])
        for (history, python), browser in zip(some, said, strict=True):
            difference = first_difference(history, python, browser)
            if difference:
                return difference
    return None


@pytest.mark.soak
@pytest.mark.parametrize("broken", BREAKS, ids=[broken.what for broken in BREAKS])
def test_it_is_noticed_when_in_the_browser(
    broken: Break, profile: MakesProfile, told: list[tuple[History, Json]]
) -> None:
    ben = profile()
    body = (FOLD / broken.file).read_text("utf-8").replace(broken.old, broken.new)
    ben.context.route(
        f"**/static/js/fold/{broken.file}",
        lambda route: route.fulfill(body=body, content_type="text/javascript"),
    )
    assert notices(ben.opens("/"), told) is not None


@pytest.mark.soak
def test_unbroken_sources_are_as_python_says(
    profile: MakesProfile, told: list[tuple[History, Json]]
) -> None:
    assert notices(profile().opens("/"), told) is None


def test_each_break_is_of_what_is_there() -> None:
    for broken in BREAKS:
        source = (FOLD / broken.file).read_text("utf-8")
        assert source.count(broken.old) == 1, broken.what
    assert len({broken.what for broken in BREAKS}) == len(BREAKS)
