"""The page about what we agreed: every text in force, made to be printed and pinned to a wall."""

from starlette.routing import Route

from goround.pages.agreements import agreements
from goround.web.rooms import Page, Room, Visit


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/agreements", room.page(_agreements))]


def _agreements(visit: Visit) -> Page:
    rows = agreements(visit.reading)
    values = {
        "held": [row for row in rows if row["state"] == "in force"],
        "former": [row for row in rows if row["state"] != "in force"],
    }
    return Page("agreements.html", values)
