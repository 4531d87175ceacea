"""Home: the round, and what waits for whoever looks."""

from starlette.routing import Route

from goround.web.rooms import Page, Room, Visit


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/", room.page(_home))]


def _home(_visit: Visit) -> Page:
    return Page("round.html", {})
