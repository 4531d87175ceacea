"""What a node says of itself to anybody: that it answers, and what it answers to."""

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from goround.ids import is_id
from goround.web.problems import nothing_here

_PACKAGE = files("goround.web")


async def description(_request: Request) -> Response:
    """Give the description of everything that a node answers."""
    drawn = (_PACKAGE / "openapi.json").read_bytes()
    return Response(drawn, headers={"Cache-Control": "max-age=3600"}, media_type="application/json")


async def to_the_round(request: Request) -> Response:
    """Send whoever left out the last slash of a collective's address to its home page."""
    named: str = request.path_params["collective"]
    if not is_id(named):
        raise nothing_here()
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=308, headers={"Location": f"/c/{named}/{query}"})


async def health(_request: Request) -> Response:
    """Say that the node answers."""
    return Response(b'{"status":"ok"}', media_type="application/json")
