"""What a node says when it does not do what was asked: a status, a reason, and one sentence, as
problem+json; a page for whoever came with a browser."""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from goround.errors import Busy, GoroundError, MissingParents, Unreachable
from goround.node.admission import Stranger
from goround.sentences import _
from goround.sync.problem import CONTENT_TYPE, problem, problem_of
from goround.web.drawing import draw
from goround.web.journal import note_fault

FAULT = "This is a fault of the program; what was kept before is still kept."
OUT_OF_ORDER = (
    "What is kept here cannot be read or written just now: whoever runs this node has to look."
)
_PLAIN = {
    400: "This request cannot be read.",
    404: "There is nothing here.",
    405: "This address does not take that kind of request.",
    413: "This is larger than what is taken here.",
}


class Denied(GoroundError):  # noqa: N818 - it is what the world looks like, not a slip
    """A request that is not answered as asked, with the status and the reason to say so."""

    def __init__(
        self, status: int, reason: str, sentence: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.reason = reason
        self.headers = dict(headers or {})


def nothing_here() -> Denied:
    """Say no more about a collective that is not here than about any wrong address."""
    return Denied(404, "not-found", _PLAIN[404])


def too_fast(wait: int) -> Denied:
    """Say how long to wait."""
    sentence = _("This is too much at once; try again in {wait} s.").format(wait=wait)
    return Denied(429, "too-fast", sentence, {"Retry-After": str(wait)})


def said(status: int, reason: str, sentence: str, headers: Mapping[str, str]) -> Response:
    """Write a problem as a response."""
    body = problem(status, reason, sentence).body
    return Response(body, status, headers, media_type=CONTENT_TYPE)


async def on_goround_error(_request: Request, error: Exception) -> Response:
    """Answer what Goround itself raised."""
    match error:
        case Denied():
            answer = said(error.status, error.reason, str(error), error.headers)
        case Stranger():
            answer = said(403, "stranger", str(error), {})
        case Busy():
            answer = said(503, "busy", str(error), {"Retry-After": "5"})
        case MissingParents():
            answer = _with_missing(error)
        case Unreachable():  # where the files of whoever runs the node lie is nobody's business
            note_fault(error)
            answer = said(503, "unreachable", OUT_OF_ORDER, {})
        case GoroundError():
            status, body = problem_of(error)
            answer = Response(body, status, media_type=CONTENT_TYPE)
        case _:
            answer = said(500, "fault", FAULT, {})
    return answer


def _with_missing(error: MissingParents) -> Response:
    """Name what has to come first, so that the sender can fetch or send it."""
    read = msgspec.json.decode(problem_of(error).body)
    body = msgspec.json.encode({**read, "missing": list(error.missing)})
    return Response(body, 400, media_type=CONTENT_TYPE)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework raised: a wrong address or kind of request."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == HTTPStatus.NOT_FOUND and "text/html" in request.headers.get("Accept", ""):
        return draw("nothing.html", {}, status)
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    reason = HTTPStatus(status).phrase.lower().replace(" ", "-")
    return said(status, reason, _PLAIN.get(status, "This request cannot be answered."), headers)
