"""How a request's body is read: of the right kind, no larger than allowed, within some seconds, and
not too fast. All of them share one budget of bytes, from when they come until they are answered;
what is small always finds room. Whoever sends too much is still told so. A packed body counts as
what it becomes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.requests import ClientDisconnect, Request

from goround.sync.packing import unpack
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
        self._small = bounds.small
        self._left = bounds.budget
        self._most_of_one = bounds.budget_of_one
        self._pace = Rates(bounds.bytes_by_address)
        self._coming: Counter[str] = Counter()
        self._held: Counter[str] = Counter()

    @asynccontextmanager
    async def read(self, request: Request, kind: str, most: int) -> AsyncIterator[bytes]:
        """Read a body of this media type and at most so many bytes, or raise Denied.

        It counts as held for as long as something is done with it.
        """
        _check_kind(request, kind)
        if _announced(request) > most + MOST_DISCARDED:
            raise _too_large(most)
        who, held = _sender(request), 0

        def hold(size: int) -> None:
            nonlocal held
            more = max(0, size - self._small) - held
            if more > min(self._left, self._most_of_one - self._held[who]):
                raise _busy()
            held += more
            self._left -= more
            self._held[who] += more

        try:
            body = await self._coming_in(request, who, most, hold)
            yield await _unpacked(body, most, hold) if _is_packed(request) else body
        finally:
            self._left += held
            _lessen(self._held, who, held)

    async def _coming_in(
        self, request: Request, who: str, most: int, hold: Callable[[int], None]
    ) -> bytes:
        """Read a body in time; slow ones take the place of others of their own address only."""
        if self._coming[who] >= MOST_OF_ONE:
            raise _busy()
        self._coming[who] += 1
        try:
            async with asyncio.timeout(self._wait):
                return await self._read(request, who, most, hold)
        except TimeoutError:
            sentence = f"The body was not here after {self._wait:g} seconds."
            raise Denied(408, "slow", sentence, {"Connection": "close"}) from None
        except ClientDisconnect:
            raise Denied(400, "cut-off", "The body broke off.") from None
        finally:
            _lessen(self._coming, who, 1)

    async def _read(
        self, request: Request, who: str, most: int, hold: Callable[[int], None]
    ) -> bytes:
        """Read a body; of one that is too large the rest is thrown away as it comes."""
        pieces: list[bytes] = []
        size, more = 0, True
        while more and size < most + MOST_DISCARDED:
            message = await request.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            piece = message.get("body", b"")
            size, more = size + len(piece), bool(message.get("more_body"))
            if size <= most:
                hold(size)
                pieces.append(piece)
            else:
                pieces.clear()
            self._pace.take(who, len(piece))
            if more and self._pace.wait(who):
                await asyncio.sleep(PAUSE)
        if size > most:
            raise _too_large(most)
        return b"".join(pieces)


def _is_packed(request: Request) -> bool:
    given = request.headers.get("content-encoding", "identity").lower()
    if given not in ("identity", "gzip"):
        sentence = "A body comes as it is here, or packed with gzip."
        raise Denied(415, "media-type", sentence, {"Accept-Encoding": "gzip"})
    return given == "gzip"


async def _unpacked(packed: bytes, most: int, hold: Callable[[int], None]) -> bytes:
    """Unpack a body within the same bounds; others are answered meanwhile."""
    plain = bytearray()
    for piece in unpack(packed):
        plain += piece
        if len(plain) > most:
            raise _too_large(most)
        hold(len(packed) + len(plain))
        await asyncio.sleep(0)
    return bytes(plain)


def _lessen(counted: Counter[str], who: str, number: int) -> None:
    """Count less, and forget whoever has nothing left."""
    counted[who] -= number
    if not counted[who]:
        del counted[who]


def _busy() -> Denied:
    told = {"Retry-After": "5", "Connection": "close"}
    return Denied(503, "busy", "Too much is coming in just now.", told)


def _sender(request: Request) -> str:
    return network_of(request.client.host) if request.client else ""


def _check_kind(request: Request, kind: str) -> None:
    given = request.headers.get("content-type", "")
    if given != kind and given.partition(";")[0].strip().lower() != kind:
        raise Denied(415, "media-type", f"This address takes {kind}.", {"Accept": kind})


def _announced(request: Request) -> int:
    text = request.headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() else 0


def _too_large(most: int) -> Denied:
    sentence = f"A body may have {most} bytes here, and this one has more."
    return Denied(413, "body-size", sentence, {"Connection": "close"})
