"""What went wrong, on its way from one replica to another: a status for programs, a reason that
never changes, and a sentence for people. Problem details as in RFC 9457, with `reason` added (S10).
"""

from http import HTTPStatus
from typing import NamedTuple

import msgspec

from goround.errors import GoroundError, NotGenuine, Refused, SessionOver, Unreachable

CONTENT_TYPE = "application/problem+json"
LONGEST_DETAIL = 400
"""Letters of what a node says that are passed on to whoever asked."""
_TOO_LARGE = {"content-size", "header-size", "line-size", "message-size"}


class Problem(NamedTuple):
    """A status and the body that goes with it."""

    status: int
    body: bytes


class _Body(msgspec.Struct, frozen=True):
    status: int
    title: str = ""
    detail: str = ""
    reason: str = ""
    type: str = "about:blank"


_BODY = msgspec.json.Decoder(_Body)


def problem(status: int, reason: str, sentence: str) -> Problem:
    """Write a problem."""
    title = HTTPStatus(status).phrase
    return Problem(status, msgspec.json.encode(_Body(status, title, sentence, reason)))


def problem_of(error: GoroundError) -> Problem:
    """Write what is wrong with something that was sent here."""
    match error:
        case NotGenuine(reason=reason) if reason in _TOO_LARGE:
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reason, str(error))
        case NotGenuine(reason=reason):
            return problem(HTTPStatus.BAD_REQUEST, reason, str(error))
        case Refused():
            return problem(HTTPStatus.FORBIDDEN, "refused", str(error))
        case Unreachable():
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, "unreachable", str(error))
        case _:
            return problem(HTTPStatus.BAD_REQUEST, "bad-use", str(error))


def error_of(status: int, body: bytes, address: str) -> GoroundError:
    """Read what the node at an address says is wrong with what was sent there."""
    read = _read(status, body)
    detail = read.detail[:LONGEST_DETAIL]
    said = f"The node at {address} answers: {detail}" if detail else ""
    if status == HTTPStatus.NOT_FOUND:
        return Unreachable(said or f"The node at {address} does not have this collective.")
    if status == HTTPStatus.UNAUTHORIZED and read.reason == "session":
        return SessionOver(said or f"The node at {address} does not know who asks.")
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Refused(said or f"The node at {address} refuses this with {status}.")
    return Unreachable(said or f"The node at {address} answers with {status}, which helps nobody.")


def _read(status: int, body: bytes) -> _Body:
    try:
        return _BODY.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Body(status)
