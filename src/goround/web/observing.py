"""What is noticed of requests while a node runs, for whoever hosts it: which kind of address was
asked in which way, how that went, and how long it took. Nobody who asked can be known from it: not
their address, not the collective, not a word of theirs."""

from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

KNOWN_METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
OTHER = "other"
"""How a method is called that somebody made up: it may be a word of theirs."""
NOWHERE = "nowhere"
"""Where a request went that no address of ours answers, or that was turned away at the door."""
_FILES = "/static"
BOUNDS = {408: "slow", 413: "size", 429: "rate", 503: "busy"}
"""Which bound a request went over, by the status with which it was refused."""


class Answer(NamedTuple):
    """How a request went. Without an answer, because whoever asked was gone, the status is 0."""

    method: str
    route: str
    status: int
    seconds: float

    @property
    def outcome(self) -> str:
        """Return the class of the status, as people who host write it."""
        return f"{self.status // 100}xx" if self.status else "gone"

    @property
    def bound(self) -> str:
        """Return which bound it went over; nothing where it kept within all of them."""
        return BOUNDS.get(self.status, "")


Listener = Callable[[Answer], None]


class Observing:
    """Wraps a node, and tells a listener of each answer once it is sent."""

    def __init__(self, app: ASGIApp, listener: Listener) -> None:
        self._app = app
        self._listener = listener

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        status, seconds = 0, 0.0

        async def noticed(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                # A stream goes on for hours, and a slow reader fetches slowly: neither is our time.
                status, seconds = message["status"], perf_counter() - began
            await send(message)

        try:
            await self._app(scope, receive, noticed)
        finally:
            took = seconds if status else perf_counter() - began
            self._listener(Answer(_method(scope), _route(scope), status, took))


def _method(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method in KNOWN_METHODS else OTHER


def _route(scope: Scope) -> str:
    """Return the address as it is written in the code, with braces where people's things stand."""
    route: str = getattr(scope.get("route"), "path", "")
    if not route:
        return NOWHERE
    return _FILES if scope.get("root_path", "").startswith(_FILES) else route
