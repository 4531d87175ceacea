"""Figures that the documents quote: `make bench` writes them anew, and a test compares.

A page says `<!-- figure: load.second -->0.3 s<!-- end -->` for the value with its unit, and
`<!-- figure: load.second ratio -->0.08<!-- end -->` for the ratio; readers see the number alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from bench.figure import number
from bench.machine import ROOT
from bench.report import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

QUOTE = re.compile(r"<!-- figure: (\S+)( ratio)? -->(.*?)<!-- end -->")
Rows = dict[str, dict[str, Any]]


def pages() -> list[Path]:
    """Return the documents that may quote figures."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def results(folder: Path = FOLDER) -> Rows:
    """Return the rows of the last report, by name; none where there is no report."""
    file = folder / "results.json"
    rows = msgspec.json.decode(file.read_bytes()) if file.exists() else []
    return {row["name"]: row for row in rows}


def spelled(row: dict[str, Any], *, ratio: bool) -> str:
    return number(row["ratio"]) if ratio else f"{number(row['value'])} {row['unit']}"


def quoted(text: str, rows: Rows) -> str:
    """Return a page with each figure as it was found; one that was not found stays as it is."""

    def anew(quote: re.Match[str]) -> str:
        name, ratio, before = quote.groups()
        words = spelled(rows[name], ratio=ratio is not None) if name in rows else before
        return f"<!-- figure: {name}{ratio or ''} -->{words}<!-- end -->"

    return QUOTE.sub(anew, text)


def quotes(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the name of each figure that a page quotes."""
    for path in paths:
        for name, _, _ in QUOTE.findall(path.read_text(encoding="utf-8")):
            yield path, name


def write_anew(rows: Rows) -> list[Path]:
    """Write the pages anew whose figures are others now; return which those are."""
    changed = []
    for page in pages():
        before = page.read_text(encoding="utf-8")
        after = quoted(before, rows)
        if after != before:
            page.write_text(after, encoding="utf-8")
            changed.append(page)
    return changed
