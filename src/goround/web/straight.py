"""What is asked most goes straight to where it is answered. Handing over an event is one address
among fifty; looking for it among them, and through everything that pages need on their way, took as
long as checking its signature."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from goround.errors import GoroundError
from goround.web.problems import on_goround_error

_BEFORE, _AFTER = "/c/", "/events"

Endpoint = Callable[[Request], Awaitable[Response]]


class Straight:
    """Answers POST /c/{collective}/events, and hands on all else."""

    def __init__(self, app: ASGIApp, events: Endpoint) -> None:
        self._app = app
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        named = _named(scope)
        if not named:
            await self._app(scope, receive, send)
            return
        scope["path_params"] = {"collective": named}
        request = Request(scope, receive)
        try:
            answer = await self._events(request)
        except GoroundError as error:
            answer = await on_goround_error(request, error)
        await answer(scope, receive, send)


def _named(scope: Scope) -> str:
    """Return the collective for which somebody hands over something; "" for all else."""
    path: str = scope.get("path", "")
    if scope.get("method") != "POST" or not (path.startswith(_BEFORE) and path.endswith(_AFTER)):
        return ""
    named = path[len(_BEFORE) : -len(_AFTER)]
    return "" if "/" in named else named
