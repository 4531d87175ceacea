"""The page about how we decide: what holds, how to change it, and how it came to be so."""

from starlette.routing import Route

from goround.pages.charter_change import former_charters, founded_with, in_force, open_changes
from goround.web.rooms import Page, Room, Visit


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [
        Route("/c/{collective}/charter", room.page(_charter)),
        Route("/c/{collective}/charter/change", room.page(_change)),
    ]


def _charter(visit: Visit) -> Page:
    reading = visit.reading
    values = {
        "charter": in_force(reading),
        "open": open_changes(reading),
        "former": former_charters(reading),
        "founded": founded_with(reading),
    }
    return Page("charter.html", values)


def _change(visit: Visit) -> Page:
    reading = visit.reading
    return Page(
        "charter_change.html", {"charter": in_force(reading), "open": open_changes(reading)}
    )
