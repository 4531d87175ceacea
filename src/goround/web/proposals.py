"""The decision register, and what leads on from it: one proposal, composing one, its next version.

Looking for something is a plain form, so it works in any browser and can be kept as a bookmark."""

from collections.abc import Sequence
from typing import Any

from starlette.routing import Route

from goround.collective.charter import MATTERS
from goround.collective.concerns import open_concerns
from goround.pages.look import Look
from goround.pages.search import GROUPS, Found, Search, search
from goround.web.composing import compose, next_version
from goround.web.paging import part
from goround.web.proposal import proposal
from goround.web.rooms import Page, Room, Visit
from goround.web.telling import told

Json = dict[str, Any]
ON_A_PAGE = 20


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    at = "/c/{collective}/proposals"
    return [
        Route(at, room.page(_register)),
        Route(f"{at}/new", room.page(compose)),
        Route(f"{at}/{{proposal}}", room.page(proposal)),
        Route(f"{at}/{{proposal}}/version", room.page(next_version)),
    ]


def _register(visit: Visit) -> Page:
    wanted = _search(visit)
    rows = search(visit.reading, wanted)
    asked = {"q": wanted.words, "state": wanted.group, "matter": wanted.matter}
    shown = part(visit, rows, ON_A_PAGE, asked)
    return Page(
        "proposals.html",
        {
            "search": wanted,
            "groups": [(group, _of(visit, shown.rows, group)) for group in GROUPS],
            "found": len(rows),
            "part": shown,
        },
    )


def _search(visit: Visit) -> Search:
    group, matter = visit.query.get("state", ""), visit.query.get("matter", "")
    return Search(
        visit.query.get("q", ""),
        group if group in GROUPS else "",
        matter if matter in MATTERS else "",
    )


def _of(visit: Visit, rows: Sequence[Found], group: str) -> list[Json]:
    return [_row(visit, found) for found in rows if found.group == group]


def _row(visit: Visit, found: Found) -> Json:
    at = Look.at(visit.reading, found.row.proposal, visit.now)
    worries = open_concerns(visit.reading.view, found.row.proposal) if at.is_live else []
    return {
        **at.shown,
        "statuses": at.statuses,
        "next": told(at.next),
        "worries": len(worries),
    }
