"""The node's face over HTTP, put together: which address is answered by what, and where a node may
listen at all. Keys belong to an origin, so the origin is told to the node and never read from a
request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan

from goround.errors import BadUse, GoroundError
from goround.node.home import Home
from goround.sentences import _
from goround.web import (
    agreements,
    charter,
    devices,
    doors,
    founding,
    history,
    invitations,
    members,
    pages,
    proposals,
    tasks,
    ways,
)
from goround.web import round as the_round
from goround.web.guard import Guard
from goround.web.limits import Bounds, Rates
from goround.web.passes import Passes
from goround.web.problems import on_goround_error, on_http_error
from goround.web.resources import Resources
from goround.web.rooms import Room
from goround.web.shelf import Shelf

ALLOWED = Bounds()
SUBJECTS = (
    founding,
    doors,
    the_round,
    proposals,
    invitations,
    members,
    charter,
    agreements,
    tasks,
    devices,
    history,
    ways,
)
"""Each gives the addresses of its pages."""


def make_app(home: Home, origin: str, bounds: Bounds = ALLOWED) -> Starlette:
    """Make the node that serves a home at an origin such as http://127.0.0.1:8420."""
    shelf, rates = Shelf(home, bounds.open), Rates(bounds.by_address)
    passes = Passes()
    room, resources = (
        Room(shelf, passes, origin, home.clock),
        Resources(shelf, passes, origin, bounds),
    )
    app = Starlette(
        routes=[
            Route("/healthz", pages.health),
            Route("/openapi.json", pages.description),
            Mount("/static", StaticFiles(packages=[("goround.web", "static")])),
            Route("/c/{collective}/events", resources.events, methods=["POST"]),
            Route("/c/{collective}/nonce", resources.nonce, methods=["POST"]),
            Route("/c/{collective}/session", resources.session, methods=["POST"]),
            Route("/c/{collective}/sync", resources.sync, methods=["POST"]),
            Route("/c/{collective}/state", resources.state),
            Route("/c/{collective}/card", resources.card),
            *(route for subject in SUBJECTS for route in subject.pages(room)),
        ],
        middleware=[Middleware(Guard, origin=origin, rates=rates)],
        exception_handlers={GoroundError: on_goround_error, HTTPException: on_http_error},
        lifespan=_closing(shelf),
    )
    app.router.redirect_slashes = False  # it would send people wherever the Host header says
    return app


def _closing(shelf: Shelf) -> Lifespan[Starlette]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        shelf.close()

    return lifespan


def check_binding(host: str, origin: str) -> None:
    """Raise BadUse where a node would be reached over a network without TLS."""
    parts = _parts(origin)
    if parts.scheme == "https":
        return
    if not is_loopback(host):
        raise BadUse(
            _(
                "Beyond this machine a node needs TLS: put a server with a certificate in front, "
                "and say where it is reached, --at https://…"
            )
        )
    if not is_loopback(parts.hostname or ""):
        raise BadUse(_("An address beyond this machine has to begin with https://."))


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address is this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _parts(origin: str) -> SplitResult:
    try:
        parts = urlsplit(origin)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known, parts = False, urlsplit("")
    if not known:
        raise BadUse(_("“{origin}” is not where a node is reached.").format(origin=origin))
    return parts
