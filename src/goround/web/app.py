"""The node's face over HTTP, put together: which address is answered by what."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.routing import Route
from starlette.types import Lifespan, Receive, Scope, Send

from goround.errors import GoroundError
from goround.node.home import Home
from goround.web import (
    agreements,
    assets,
    away,
    charter,
    devices,
    doors,
    feed,
    founding,
    history,
    invitations,
    members,
    nearby,
    pages,
    places,
    proposals,
    standing,
    tasks,
    ways,
)
from goround.web import round as the_round
from goround.web.beginnings import Beginnings
from goround.web.binding import is_ours_alone
from goround.web.bodies import Bodies
from goround.web.guard import Guard
from goround.web.limits import Bounds
from goround.web.live import Live
from goround.web.observing import Listener, Observing
from goround.web.problems import on_goround_error, on_http_error
from goround.web.resources import Resources
from goround.web.rights import FoundingRight
from goround.web.rooms import Room
from goround.web.sessions import Sessions
from goround.web.shelf import Shelf
from goround.web.straight import Straight

ALLOWED = Bounds()
SENT_AS_IT_IS = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/json", "application/x-ndjson")
"""Pages are packed; what programs say to each other is bounded in bytes as they are."""


class Packing(GZipMiddleware):
    """Packs pages and files; an answer to what was handed over is never packed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inner = self.app if scope.get("method") == "POST" else super().__call__
        await inner(scope, receive, send)


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
    standing,
    places,
    feed,
    history,
    ways,
    away,
)
"""Each gives the addresses of its pages."""


def make_app(
    home: Home,
    origin: str,
    bounds: Bounds = ALLOWED,
    right: FoundingRight | None = None,
    listener: Listener | None = None,
) -> Starlette:
    """Make the node that serves a home at an origin such as http://127.0.0.1:8420.

    A listener is told of each answer.
    """
    shelf, bodies = Shelf(home, bounds.open), Bodies(bounds)
    sessions = Sessions(shelf, origin, bodies, bounds)
    founding_right = right or _right_at(origin)
    room = Room(sessions, home, founding_right)
    live = Live(sessions, home)
    resources = Resources(room, live, bodies, bounds)
    beginnings = Beginnings(home, shelf, bodies, founding_right)
    naming = places.Naming(room, bodies)
    answering = nearby.Answering(home, bodies)
    app = Starlette(
        routes=[
            Route("/c/{collective}/events", resources.events, methods=["POST"]),
            Route("/healthz", pages.health),
            Route("/openapi.json", pages.description),
            *assets.routes(),
            Route("/c/{collective}", pages.to_the_round),
            Route("/c/{collective}/nonce", sessions.nonce, methods=["POST"]),
            Route("/c/{collective}/session", sessions.open, methods=["POST"]),
            Route("/c/{collective}/session/end", sessions.end, methods=["POST"]),
            Route("/c/{collective}/check", resources.check, methods=["POST"]),
            Route("/c/{collective}/sync", resources.sync, methods=["POST"]),
            Route("/c/{collective}/state", resources.state),
            Route("/c/{collective}/live", live.follow),
            Route("/c/{collective}/card", resources.card),
            Route("/c/{collective}/places", naming.change, methods=["POST"]),
            Route("/found", beginnings.found, methods=["POST"]),
            Route("/nearby", answering.prove, methods=["POST"]),
            *(route for subject in SUBJECTS for route in subject.pages(room)),
        ],
        middleware=[
            *([Middleware(Observing, listener=listener)] if listener else []),
            Middleware(Guard, origin=origin, bounds=bounds),
            Middleware(Straight, events=resources.events),
            Middleware(Packing, compresslevel=6, exclude_content_types=SENT_AS_IT_IS),
        ],
        exception_handlers={GoroundError: on_goround_error, HTTPException: on_http_error},
        lifespan=_closing(shelf),
    )
    app.state.live = live  # whoever stops the node lets the streams end first
    app.state.shelf = shelf  # and whoever hosts it may count what is open
    app.router.redirect_slashes = False  # it would send people wherever the Host header says
    return app


def _right_at(origin: str) -> FoundingRight:
    """Return who may found where nobody said otherwise."""
    return (
        FoundingRight.of_everybody()
        if is_ours_alone("127.0.0.1", origin)
        else FoundingRight.of_nobody()
    )


def _closing(shelf: Shelf) -> Lifespan[Starlette]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        shelf.close()

    return lifespan
