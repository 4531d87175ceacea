"""The pages about invitations: who is invited and how far it has come, and, for whoever is joining,
the moment until they are a member."""

from starlette.routing import Route

from goround.collective.members import staying
from goround.pages.invitations import OPEN, invitations
from goround.pages.joining import of_newcomer
from goround.pages.member import coming
from goround.pages.names import name_of, names_of
from goround.web.rooms import Page, Room, Visit, nothing


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [
        Route("/c/{collective}/invitations", room.page(_invitations)),
        Route("/c/{collective}/joining", room.page(_joining)),
    ]


def _invitations(visit: Visit) -> Page:
    reading = visit.reading
    view, rows = reading.view, invitations(reading)
    charter, members = view.epoch.charter, len(view.epoch.members)
    lost = view.epoch.person(visit.query.get("replaces", ""))
    return Page(
        "invitations.html",
        {
            "open": [row for row in rows if row["state"] in OPEN],
            "over": [row for row in rows if row["state"] not in OPEN],
            "coming": coming(reading),
            "epoch": view.epoch.id,
            "names": names_of(reading, view.epoch.members),
            "others": names_of(reading, staying(view) - {reading.me, lost}),
            "replaces": visit.query["replaces"] if lost else "",
            "lost": name_of(reading, lost) if lost else "",
            "is_full": members >= charter.number("most_members"),
            "asks_to_bud": members >= charter.number("bud_at"),
            "number": members,
        },
    )


def _joining(visit: Visit) -> Page:
    newcomer = of_newcomer(visit.reading)
    return Page("waiting.html", {"newcomer": newcomer}) if newcomer else nothing(visit)
