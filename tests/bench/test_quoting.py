"""A figure that the documents quote is the one that the last report has."""

from __future__ import annotations

from bench.machine import ROOT
from bench.quoting import pages, quoted, quotes, results

ROWS = {"load.second": {"value": 0.3012, "unit": "s", "ratio": 0.08}}


def test_each_figure_that_a_page_quotes_is_in_the_report_and_is_the_same() -> None:
    rows = results()
    assert [(page.name, name) for page, name in quotes(pages()) if name not in rows] == []
    stale = [page for page in pages() if quoted(page.read_text(), rows) != page.read_text()]
    assert [str(page.relative_to(ROOT)) for page in stale] == []


def test_a_quote_is_written_anew_as_value_or_as_ratio() -> None:
    value = "<!-- figure: load.second -->{}<!-- end -->"
    ratio = "<!-- figure: load.second ratio -->{}<!-- end -->"
    before, after = value.format("9 s") + ratio.format(""), value + ratio
    assert quoted(before, ROWS) == after.format("0.3 s", "0.08")


def test_what_was_not_found_stays_as_it_is() -> None:
    page = "<!-- figure: load.third -->9 s<!-- end -->"
    assert quoted(page, ROWS) == page
