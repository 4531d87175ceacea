"""The pages behind links: an invitation, or a further device. They are the same for everybody, and
never see what stands after the # of a link."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goround.web.drawing import draw
from goround.web.rooms import Room

DOORS = {"join": "join", "device": "clone"}
"""What a link ends with, and the command that opens it."""


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""

    async def door(request: Request) -> Response:
        collective: str = request.path_params["collective"]
        named = request.url.path.rpartition("/")[2]
        if not room.shelf.has(collective):
            return draw("nothing.html", {"origin": room.origin}, 404)
        values = {"collective": collective, "door": named, "command": DOORS[named]}
        return draw("door.html", {"origin": room.origin, **values})

    return [Route(f"/c/{{collective}}/{door_name}", door) for door_name in DOORS]
