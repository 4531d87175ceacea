"""When a node is asked once more: where it said that it is busy, after as long as it said; and
where the connection broke in the middle of a conversation, because whatever is said there can be
said twice. What came until then is kept, so the next conversation goes on there anyway."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from threading import Event as Flag

from goround.errors import Broken
from goround.sentences import _

WAIT = 30.0
"""Seconds in which a node has to begin to answer, and the longest that it may ask to wait."""
PAUSES = (0.5, 2.0, 5.0)
"""Seconds before a connection that broke on the way is taken up again."""
_LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


def stubbornly(say: Callable[[], bytes], is_over: Flag) -> bytes:
    """Say something again as long as the connection breaks, a few times, unless all is over."""
    for pause in PAUSES:
        try:
            return say()
        except Broken:
            if is_over.wait(pause):
                raise
    try:
        return say()
    except Broken as error:
        told = _("The connection broke off. What came is kept; the next try goes on there. ({why})")
        raise Broken(told.format(why=error)) from error


def asked_pause(status: int, headers: Mapping[str, str]) -> float | None:
    """Return how long a node that is busy asks to wait; None where it answered."""
    asked = headers.get("Retry-After", "")
    if status not in _LATER or not (asked or status == HTTPStatus.TOO_MANY_REQUESTS):
        return None
    return min(float(asked), WAIT) if asked.isdecimal() else 1.0
