"""The pages of a node that need no session: what this is, and how to come in from a terminal. They
are the same for everybody, run no script, and never see what stands after the # of a link."""

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goround.sentences import _
from goround.web.shelf import Shelf

_PACKAGE = files("goround.web")
_FOR_AN_HOUR = {"Cache-Control": "max-age=3600"}

_templates = Environment(
    loader=PackageLoader("goround.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["_"] = _

DOORS = {"join": "join", "device": "clone"}
"""What a link ends with, and the command that opens it."""


class Pages:
    """The plain pages of one node."""

    def __init__(self, shelf: Shelf, origin: str) -> None:
        self._shelf = shelf
        self._origin = origin

    async def welcome(self, _request: Request) -> Response:
        """Say what this is."""
        return self._draw("welcome.html", 200)

    async def door(self, request: Request) -> Response:
        """Say what to do with a link, to whoever opened it in a browser."""
        collective: str = request.path_params["collective"]
        door = request.url.path.rpartition("/")[2]
        if not self._shelf.has(collective):
            return self._draw("nothing.html", 404)
        return self._draw("door.html", 200, collective=collective, door=door, command=DOORS[door])

    def _draw(self, template: str, status: int, **values: str) -> Response:
        drawn = _templates.get_template(template).render(origin=self._origin, **values)
        return HTMLResponse(drawn, status)


async def style(_request: Request) -> Response:
    """Give the style sheet."""
    sheet = (_PACKAGE / "static" / "goround.css").read_bytes()
    return Response(sheet, headers=_FOR_AN_HOUR, media_type="text/css")


async def icon(_request: Request) -> Response:
    """Give the sign of Goround: people in a round."""
    drawn = (_PACKAGE / "static" / "round.svg").read_bytes()
    return Response(drawn, headers=_FOR_AN_HOUR, media_type="image/svg+xml")


async def description(_request: Request) -> Response:
    """Give the description of everything that a node answers."""
    drawn = (_PACKAGE / "openapi.json").read_bytes()
    return Response(drawn, headers=_FOR_AN_HOUR, media_type="application/json")


async def health(_request: Request) -> Response:
    """Say that the node answers."""
    return Response(b'{"status":"ok"}', media_type="application/json")
