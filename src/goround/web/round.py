"""Home: the round, and what waits for whoever looks; and a page with all that waits."""

from starlette.routing import Route

from goround.pages.round import on_the_table, the_round, waits
from goround.pages.waits import GOOD_TO_KNOW
from goround.pages.waits_of_people import put_back
from goround.web.paging import Part, beside, number_of
from goround.web.rooms import Page, Room, Visit

ON_A_PAGE = 20


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [
        Route("/c/{collective}/", room.page(_home)),
        Route("/c/{collective}/waiting", room.page(_waiting)),
    ]


def _home(visit: Visit) -> Page:
    found = the_round(visit.reading, visit.now)
    if visit.here.is_put_back:
        waits = [put_back(), *found["waits"]]
        found |= {"waits": waits, "on_the_table": on_the_table(waits)}
    return Page("round.html", found)


def _waiting(visit: Visit) -> Page:
    """Draw what waits, as far as somebody has turned the pages: nobody counts it."""
    number = number_of(visit)
    found = waits(visit.reading, visit.now, number * ON_A_PAGE + 1)
    known = [wait for wait in found if wait.urgency != GOOD_TO_KNOW]
    number = min(number, max(1, -(-len(known) // ON_A_PAGE)))
    begin, end = (number - 1) * ON_A_PAGE, number * ON_A_PAGE
    shown = Part(known[begin:end], number, None, None, None)
    return Page("waits.html", {"part": beside(visit, shown, len(known) > end), "begin": begin})
