"""A long list, page by page: links without a script, each of which can be kept as a bookmark."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from goround.web.rooms import Visit

FIRST = "page"
"""What the page of a list is asked by; a page with several lists asks for each by its own name."""
LONGEST_NUMBER = 6


class Part(NamedTuple):
    """One page of a list: what stands on it, and where the pages beside it are.

    `last` is the number of the last page, None where nobody counted.
    """

    rows: Sequence[Any]
    number: int
    last: int | None
    earlier: str | None
    later: str | None


def part(
    visit: Visit,
    rows: Sequence[Any],
    on_a_page: int,
    asked: Mapping[str, str] | None = None,
    name: str = FIRST,
) -> Part:
    """Return the page of a list that is asked for, or the last one; `asked` stays in the links."""
    last = max(1, -(-len(rows) // on_a_page))
    number = min(number_of(visit, name), last)
    shown = rows[(number - 1) * on_a_page : number * on_a_page]
    return beside(visit, Part(shown, number, last, None, None), last > number, asked, name)


def beside(
    visit: Visit,
    found: Part,
    has_more: bool,  # noqa: FBT001 - it is what the list knows of itself
    asked: Mapping[str, str] | None = None,
    name: str = FIRST,
) -> Part:
    """Return a page with the links to those beside it."""

    def link(number: int) -> str:
        wanted = {**(asked or {}), name: str(number)}
        place = f"#{name}" if name != FIRST else ""  # of several lists on a page
        return f"{visit.here.path}?{urlencode({k: v for k, v in wanted.items() if v})}{place}"

    return found._replace(
        earlier=link(found.number - 1) if found.number > 1 else None,
        later=link(found.number + 1) if has_more else None,
    )


def number_of(visit: Visit, name: str = FIRST) -> int:
    """Return the number of the page that is asked for."""
    text = visit.query.get(name, "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if is_number else 1
