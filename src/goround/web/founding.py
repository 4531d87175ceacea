"""Where a node begins: what this is, and how to found a collective."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goround.collective.charter import DEFAULTS, Charter
from goround.pages.charter import summary
from goround.web.drawing import draw
from goround.web.rooms import Room


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""

    async def welcome(_request: Request) -> Response:
        return draw("welcome.html", {"origin": room.origin, "is_off": room.right.is_off})

    async def found(_request: Request) -> Response:
        values = {
            "origin": room.origin,
            "charter": dict(DEFAULTS),
            "sentences": summary(Charter(DEFAULTS), members=1),
            "is_off": room.right.is_off,
            "takes_link": room.right.takes_link,
        }
        return draw("found.html", values)

    return [Route("/", welcome), Route("/found", found)]
