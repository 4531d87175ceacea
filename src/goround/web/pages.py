"""What a node says of itself to anybody: that it answers, and what it answers to."""

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

_PACKAGE = files("goround.web")


async def description(_request: Request) -> Response:
    """Give the description of everything that a node answers."""
    drawn = (_PACKAGE / "openapi.json").read_bytes()
    return Response(drawn, headers={"Cache-Control": "max-age=3600"}, media_type="application/json")


async def health(_request: Request) -> Response:
    """Say that the node answers."""
    return Response(b'{"status":"ok"}', media_type="application/json")
