"""Home: the round, and what waits for whoever looks."""

from starlette.routing import Route

from goround.pages.round import the_round
from goround.web.rooms import Page, Room, Visit


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/", room.page(_home))]


def _home(visit: Visit) -> Page:
    return Page("round.html", the_round(visit.reading, visit.now))
