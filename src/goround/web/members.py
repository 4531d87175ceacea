"""The pages about who we are: everybody in one list, and each of us on a page of their own."""

from starlette.routing import Route

from goround.pages.charter import sentence, who_is_away
from goround.pages.member import coming, forked, former, member, mine
from goround.pages.members import members
from goround.web.rooms import Page, Room, Visit, nothing


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [
        Route("/c/{collective}/members", room.page(_all)),
        Route("/c/{collective}/members/{member}", room.page(_one)),
    ]


def _all(visit: Visit) -> Page:
    reading = visit.reading
    values = {
        "members": [row for row in members(reading) if not row["joining"]],
        "coming": coming(reading),
        "former": former(reading),
        "forked": forked(reading),
    }
    return Page("members.html", values)


def _one(visit: Visit) -> Page:
    row = member(visit.reading, visit.path["member"])
    if row is None:
        return nothing(visit)
    charter = visit.reading.view.epoch.charter
    values = {
        "row": row,
        "mine": mine(visit.reading),
        "away_means": who_is_away(charter),
        "hearing_days": sentence(charter, "hearing_days"),
    }
    return Page("member.html", values)
