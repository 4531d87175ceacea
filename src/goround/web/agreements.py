"""The page about what we agreed: the texts in force, made to be printed and pinned to a wall."""

from collections.abc import Sequence
from typing import Any

from starlette.routing import Route

from goround.collective.agreements import Agreement
from goround.pages.agreements import agreement, in_force, over
from goround.web.paging import part
from goround.web.rooms import Page, Room, Visit

ON_A_PAGE = 10
LETTERS, FORMER_LETTERS = 40_000, 10_000
"""Letters that the texts of a page share; of a longer one the rest stands where it was decided."""


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/agreements", room.page(_agreements))]


def _agreements(visit: Visit) -> Page:
    held = part(visit, in_force(visit.reading), ON_A_PAGE)
    former = part(visit, over(visit.reading), ON_A_PAGE, name="former")
    values = {
        "held": held._replace(rows=_rows(visit, held.rows, LETTERS)),
        "former": former._replace(rows=_rows(visit, former.rows, FORMER_LETTERS)),
    }
    return Page("agreements.html", values)


def _rows(visit: Visit, shown: Sequence[Agreement], letters: int) -> list[dict[str, Any]]:
    rows = [agreement(visit.reading, found) for found in shown]
    most = letters // max(1, len(rows))
    return [{**row, "text": row["text"][:most], "is_cut": len(row["text"]) > most} for row in rows]
