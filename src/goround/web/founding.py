"""Where a node begins: what this is, and how to found a collective."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goround.web.drawing import draw
from goround.web.rooms import Room


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""

    async def welcome(_request: Request) -> Response:
        return draw("welcome.html", {"origin": room.origin})

    return [Route("/", welcome)]
