"""Text that somebody wrote, as markup: a short text cannot fill a page or keep a node busy."""

from time import perf_counter

import pytest
from markupsafe import Markup

from goround.web.lately import Lately
from goround.web.texts import LARGEST_MARKDOWN, drawn, markdown

SECONDS = 10.0
"""Far more than it takes on a slow machine, and far less than without a bound."""
GROWS = 20
"""Bytes of markup that a letter may become at most."""

ONE_LONG_ADDRESS = "[a]: /" + "x" * 30_000 + "\n\n" + "[a]" * 9_000
ROWS_TO_BE_FILLED = "|".join("a" * 200) + "\n" + "|".join("-" * 200) + "\n" + "|\n" * 30_000


@pytest.mark.parametrize(
    "text",
    [
        ONE_LONG_ADDRESS,
        ROWS_TO_BE_FILLED,
        ">" * 60_000,
        "- " * 30_000,
        "[" * 60_000,
        "<a@b>" * 9_000,
    ],
    ids=["references", "table", "quotes", "lists", "brackets", "addresses"],
)
def test_a_text_becomes_no_flood_of_markup(text: str) -> None:
    assert len(text) <= LARGEST_MARKDOWN
    start = perf_counter()
    markup = markdown(text)
    assert perf_counter() - start < SECONDS
    assert len(markup) < GROWS * len(text)


def test_a_table_that_somebody_typed_is_drawn_as_one() -> None:
    rows = "|flour|rye|\n|-|-|\n" + "|1 kg|2 kg|\n" * 400
    assert markdown(rows).count("<tr>") == 401


def test_a_link_leads_on_and_a_reference_stays_as_it_was_typed() -> None:
    markup = markdown("[here](https://example.org/a) [b]\n\n[b]: https://example.org/b")
    assert '<a href="https://example.org/a"' in markup
    assert "[b]: https://example.org/b" in markup


def test_a_text_with_more_marks_than_anybody_types_is_shown_as_it_was_typed() -> None:
    for marks in ("**a ", "[a](b) ", "_a*", "# a\n", "`a``b"):
        assert markdown(marks * 6_000).startswith("<pre>")
    prose = "We talked about it, and **some of us** were [there](https://example.org/a).\n\n"
    assert "<strong>" in markdown(prose * 500)


def test_a_text_is_drawn_once_as_long_as_there_is_room_to_remember_it() -> None:
    lately: Lately[Markup] = Lately(room=1000)
    first = drawn("Buy *flour*", lately)
    assert first == markdown("Buy *flour*")
    assert drawn("Buy *flour*", lately) is first
    for number in range(100):
        drawn(f"Something else, number {number}", lately)
        assert 0 < lately.held <= 1000
    again = drawn("Buy *flour*", lately)
    assert again == first
    assert again is not first
    assert len(drawn("x" * 2000, lately)) > 2000
    assert lately.held <= 1000
