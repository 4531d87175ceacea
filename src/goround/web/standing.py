"""The page that says how the group stands: what could still change if devices were lost, and what
helps while there is time."""

from starlette.routing import Route

from goround.pages.members import members
from goround.pages.names import names_of
from goround.pages.standing import advises_second_device, standing, told
from goround.web.rooms import Page, Room, Visit


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/standing", room.page(_standing))]


def _standing(visit: Visit) -> Page:
    reading = visit.reading
    now = standing(reading)
    lost = set(names_of(reading, now.silent))
    return Page(
        "standing.html",
        {
            "lines": told(reading, visit.now),
            "needed": now.needed,
            "many": now.members,
            "advises": advises_second_device(reading),
            "is_asleep": reading.me in now.asleep,
            "lost": [row for row in members(reading) if row["name"] in lost and not row["me"]],
        },
    )
