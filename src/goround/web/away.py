"""The page about what can be done where nobody answers. It is the same for everybody and asks the
node for nothing: a browser keeps it, and fills it from what it keeps itself."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goround.web.assets import AWAY
from goround.web.drawing import draw
from goround.web.rooms import Room


def pages(_room: Room) -> list[Route]:
    """Return the address of this page."""

    async def away(_request: Request) -> Response:
        return draw("away.html", {"origin": ""})  # links made there lead to another one's

    return [Route(AWAY, away)]
