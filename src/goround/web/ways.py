"""The page for when a collective went on in two ways: calmly, what happened, and what to do."""

from starlette.routing import Route

from goround.pages.ways import doubled, forks, ways
from goround.web.rooms import Page, Room, Visit


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/ways", room.page(_ways))]


def _ways(visit: Visit) -> Page:
    reading = visit.reading
    values = {
        "partings": ways(reading),
        "forks": forks(reading, visit.events),
        "doubled": doubled(reading, visit.events),
    }
    return Page("ways.html", values)
