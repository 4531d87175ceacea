"""However much there is, no page grows with it: further pages have the rest, and are links."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.reader import Readers, readers, words

LIGHT_ENOUGH = 100_000
"""Bytes of a page's own; what people wrote on the page of one proposal comes on top."""
MANY = 24
TEXT = "We take turns, and whoever cannot says so the day before. " * 75


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readers]:
    """Give a pair who agreed on much, took on much, and put forward more."""
    folder: Path = tmp_path_factory.mktemp("long")
    story = '-- anna and ben are together in "Bread"\n'
    for n in range(MANY):
        story += f'anna proposes rule{n} (agreement), adopting it: "{TEXT}"\n'
        story += f"anna and ben agree to rule{n}\n"
        story += f'ben proposes work{n}, with the task "do {n}": "{TEXT}"\n'
        story += f"anna and ben agree to work{n}\n"
        if n % 2:
            story += f'ben takes "do {n}"; ben has done "do {n}"\n'
        if n % 3 == 0:
            story += f'anna proposes no{n} (agreement), ending rule{n}: "It is over"\n'
            story += f"anna and ben agree to no{n}\n"
    story += "".join(f'anna proposes idea{n}: "{TEXT}"\n' for n in range(MANY))
    with readers(folder, story) as told:
        yield told


PATHS = ("/", "/waiting", "/proposals", "/agreements", "/tasks", "/history", "/members")


@pytest.mark.parametrize("path", PATHS)
def test_no_page_grows_with_what_there_is(long: Readers, path: str) -> None:
    for who in ("anna", "ben"):
        assert len(long.page(who, path).encode()) < LIGHT_ENOUGH


def every_page(told: Readers, who: str, path: str) -> str:
    """Follow the links to further pages, and return all of them."""
    found, seen = told.page(who, path), {path}
    todo = further(found)
    while todo:
        address = todo.pop()
        if address not in seen:
            seen.add(address)
            page = told.page(who, address.removeprefix(told.at))
            found += page
            todo += further(page)
    return found


def further(page: str) -> list[str]:
    links = re.findall(r'rel="next" href="([^"#]*)', page)
    return [link.replace("&amp;", "&") for link in links]


def test_every_agreement_is_on_one_of_the_pages(long: Readers) -> None:
    said = words(every_page(long, "ben", "/agreements"))
    assert all(re.search(rf"\brule{n}\b", said) for n in range(MANY))


def test_a_text_that_is_too_long_beside_others_says_where_the_rest_is(long: Readers) -> None:
    page = long.page("ben", "/agreements")
    assert re.search(r'… <a href="[^"]*/proposals/[^"]*">The whole text', page)


def test_every_task_is_on_one_of_the_pages(long: Readers) -> None:
    said = every_page(long, "ben", "/tasks")
    assert all(f"<bdi>do {n}</bdi>" in said for n in range(MANY))


def test_each_list_of_a_page_is_turned_by_itself(long: Readers) -> None:
    page = long.page("ben", "/agreements?former=99")
    assert "What held before" in page
    assert long.page("ben", "/agreements?page=2") != long.page("ben", "/agreements")


def test_what_is_asked_for_beyond_the_end_is_the_last_page(long: Readers) -> None:
    assert long.page("ben", "/agreements?page=2") == long.page("ben", "/agreements?page=999999")
