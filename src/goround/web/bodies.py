"""How a request's body is read: of the right kind, no larger than allowed, within some seconds, and
all bodies within one budget of bytes that came. Whoever sends too much is still told so."""

import asyncio
from collections import Counter
from collections.abc import Callable

from starlette.requests import ClientDisconnect, Request

from goround.web.limits import Bounds, Rates, network_of
from goround.web.problems import Denied

LINES = "application/x-ndjson"
JSON = "application/json"
MOST_DISCARDED = 8 * 1024 * 1024
"""Bytes beyond what is taken that are thrown away, so that the sender gets to hear why."""
PAUSE = 0.1
"""Seconds in which nothing more is read of whoever sends too fast."""

MOST_OF_ONE = 24
"""Bodies that may be coming from one address at a time."""


class Bodies:
    """Reads the bodies of one process."""

    def __init__(self, bounds: Bounds) -> None:
        self._wait = bounds.wait
        self.left = bounds.budget
        """Bytes that may still come."""
        self._pace = Rates(bounds.bytes_by_address)
        self._from: Counter[str] = Counter()

    async def read(self, request: Request, kind: str, most: int) -> bytes:
        """Read a body of this media type and at most so many bytes, or raise Denied."""
        _check_kind(request, kind)
        if _announced(request) > most + MOST_DISCARDED:
            raise _too_large(most)
        who = _sender(request)
        self._begin(who)
        hold = _Hold(self)
        try:
            async with asyncio.timeout(self._wait):
                return await self._read(request, most, hold)
        except TimeoutError:
            sentence = f"The body was not here after {self._wait:g} seconds."
            raise Denied(408, "slow", sentence, {"Connection": "close"}) from None
        except ClientDisconnect:
            raise Denied(400, "cut-off", "The body broke off.") from None
        finally:
            self.left += hold.held
            self._end(who)

    async def _read(self, request: Request, most: int, hold: Callable[[int], None]) -> bytes:
        """Read a body; of one that is too large the rest is thrown away as it comes."""
        body, size, more, who = bytearray(), 0, True, _sender(request)
        while more and size < most + MOST_DISCARDED:
            message = await request.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            piece = message.get("body", b"")
            size, more = size + len(piece), bool(message.get("more_body"))
            if size <= most:
                hold(len(piece))
                body += piece
            self._pace.take(who, len(piece))
            if more and self._pace.wait(who):
                await asyncio.sleep(PAUSE)
        if size > most:
            raise _too_large(most)
        return bytes(body)

    def _begin(self, who: str) -> None:
        """Count the bodies that come from one address: slow ones take the place of its own only."""
        if self._from[who] >= MOST_OF_ONE:
            raise _busy()
        self._from[who] += 1

    def _end(self, who: str) -> None:
        self._from[who] -= 1
        if not self._from[who]:
            del self._from[who]


class _Hold:
    """The bytes of one body that have come, of all that may be held."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self.held = 0

    def __call__(self, size: int) -> None:
        if size > self._bodies.left:
            raise _busy()
        self.held += size
        self._bodies.left -= size


def _busy() -> Denied:
    told = {"Retry-After": "5", "Connection": "close"}
    return Denied(503, "busy", "Too much is coming in just now.", told)


def _sender(request: Request) -> str:
    return network_of(request.client.host) if request.client else ""


def _check_kind(request: Request, kind: str) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != kind:
        raise Denied(415, "media-type", f"This address takes {kind}.", {"Accept": kind})


def _announced(request: Request) -> int:
    text = request.headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() else 0


def _too_large(most: int) -> Denied:
    sentence = f"A body may have {most} bytes here, and this one has more."
    return Denied(413, "body-size", sentence, {"Connection": "close"})
