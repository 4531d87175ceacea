"""Writes docs/licences.md from what is installed: each library that Goround stands on when it runs,
under which licence, and by what it came. No versions: the lock has those, and a new one seldom has
another licence."""

from __future__ import annotations

import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
PLAINER = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
}
"""How the same licence is called where a package says it in the older way."""
OURSELVES = "Goround"
HOME = ("homepage", "home", "source", "source code", "repository", "documentation")
HEAD = """# Licences

Goround is free software under the AGPL, version 3 or later ([LICENSE](../LICENSE)). When it runs
it stands on these libraries, each under a licence that goes together with that. They are named as
they are installed on Linux; which versions, with the hash of each file, stands in
`requirements.lock`. This page is written by `python -m tools.licences` from what the libraries say
of themselves, and a test compares.

| library | licence | came with |
|---|---|---|
"""


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """Return the page as it has to be."""
    rows = [_row(name, *found) for name, found in sorted(needed().items())]
    return HEAD + "\n".join(rows) + "\n"


Needed = dict[str, tuple[Distribution, set[str]]]


def needed(group: str = "") -> Needed:
    """Return every library that is needed to run Goround, or for a group, and by what it came."""
    found: Needed = {}
    waiting = [(OURSELVES, required) for required in _own(group)]
    while waiting:
        by, required = waiting.pop()
        name = canonicalize_name(required.name)
        is_known = name in found
        library, came_with = found.setdefault(name, (distribution(name), set()))
        came_with.add(by)
        if not is_known:
            waiting += [(name, further) for further in _required(library, required.extras)]
    return found


def _own(group: str) -> list[Requirement]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    listed = told["dependency-groups"][group] if group else told["project"]["dependencies"]
    return [Requirement(line) for line in listed]


def _required(library: Distribution, extras: set[str]) -> list[Requirement]:
    """Return what a library needs on this machine."""
    lines = [Requirement(line) for line in library.requires or ()]
    wanted = [{"extra": extra} for extra in ("", *extras)]
    return [r for r in lines if not r.marker or any(r.marker.evaluate(w) for w in wanted)]


def licence(library: Distribution) -> str:
    """Return under which licence a library is, as it says itself."""
    classifiers = [line for line in _said(library, "Classifier") if line.startswith("License ::")]
    said = [
        *_said(library, "License-Expression"),
        *_said(library, "License"),
        *(line.rpartition(" :: ")[2] for line in classifiers),
    ]
    first = next((text for text in said if text and "\n" not in text), "not said")
    return PLAINER.get(first, first)


def _said(library: Distribution, field: str) -> list[str]:
    return [str(line) for line in library.metadata.get_all(field) or ()]


def _home(library: Distribution) -> str:
    """Return where a library is at home."""
    lines = (line.partition(", ") for line in _said(library, "Project-URL"))
    told = {label.lower(): address for label, _comma, address in lines}
    known = [told[label] for label in HOME if label in told]
    return next(iter([*known, *_said(library, "Home-page"), ""]))


def _row(name: str, library: Distribution, came_with: set[str]) -> str:
    by = OURSELVES if OURSELVES in came_with else "another library"
    return f"| [{name}]({_home(library)}) | {licence(library)} | {by} |"


if __name__ == "__main__":
    main()
