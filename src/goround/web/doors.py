"""The pages behind links: an invitation, a further device, a sheet of paper. They are the same for
everybody, and never see what stands after the # of a link; a script in the browser reads that and
goes on."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goround.web.drawing import draw
from goround.web.rooms import Room

DOORS = ("join", "device", "paper")
"""What a link ends with, and the template of its page."""


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""

    async def door(request: Request) -> Response:
        collective: str = request.path_params["collective"]
        named = request.url.path.rpartition("/")[2]
        if not room.shelf.has(collective):
            return draw("nothing.html", {"origin": room.origin}, 404)
        return draw(f"{named}.html", {"origin": room.origin, "collective": collective})

    return [Route(f"/c/{{collective}}/{name}", door) for name in DOORS]
