"""Draws what imports what, from the code itself, into docs/architecture.md.

Two pictures: the folders, and the files of `collective/`. An arrow that follows from others is
left out, so that what is drawn is what holds the rest up. Run it to draw them
anew; a test compares.
"""

from __future__ import annotations

import re
from pathlib import Path

import grimp

PAGE = Path(__file__).parents[1] / "docs" / "architecture.md"
FOR_ALL = {"errors", "ids", "sentences", "__main__"}
Arrows = dict[str, set[str]]


def folders() -> Arrows:
    """Return which parts of Goround import which."""
    graph = grimp.build_graph("goround")
    parts = {name.split(".")[1] for name in graph.modules - {"goround"}} - FOR_ALL
    arrows: Arrows = {part: set() for part in parts}
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            arrows.get(_part(module), set()).update(parts & {_part(imported)} - {_part(module)})
    return arrows


def _part(module: str) -> str:
    return [*module.split("."), ""][1]


def files(package: str) -> Arrows:
    """Return which files of a package import which of it."""
    graph = grimp.build_graph("goround")
    inside = {name for name in graph.modules if name.startswith(f"goround.{package}.")}
    return {
        name.rpartition(".")[2]: {
            imported.rpartition(".")[2]
            for imported in graph.find_modules_directly_imported_by(name) & inside
        }
        for name in inside
    }


def reduced(arrows: Arrows) -> Arrows:
    """Leave out each arrow that a longer way along other arrows says already."""
    return {
        start: {end for end in ends if not any(_reaches(arrows, way, end) for way in ends - {end})}
        for start, ends in arrows.items()
    }


def _reaches(arrows: Arrows, start: str, end: str) -> bool:
    seen, ahead = set(), [start]
    while ahead:
        here = ahead.pop()
        if here == end:
            return True
        if here not in seen:
            seen.add(here)
            ahead.extend(arrows[here])
    return False


def drawn(arrows: Arrows) -> str:
    """Return a picture that whatever shows Markdown can draw, and that can be read as it is."""
    kept = reduced(arrows)
    lines = [f"    {start} --> {end}" for start in sorted(kept) for end in sorted(kept[start])]
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```"])


def page_with_pictures(page: str) -> str:
    """Return a page with its pictures drawn anew."""
    for name, arrows in (("folders", folders()), ("collective", files("collective"))):
        picture = f"<!-- picture: {name} -->\n{drawn(arrows)}\n<!-- end -->"
        page = re.sub(rf"<!-- picture: {name} -->.*?<!-- end -->", picture, page, flags=re.DOTALL)
    return page


if __name__ == "__main__":
    PAGE.write_text(page_with_pictures(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
