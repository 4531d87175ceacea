"""How a request's body is read: of the right kind, no larger than allowed, within some seconds, and
all bodies together within one budget. Whoever sends too much is still told so."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import ClientDisconnect, Request

from goround.web.problems import Denied

MOST_DISCARDED = 32 * 1024 * 1024
"""Bytes that are read and thrown away, so that the sender gets to hear why."""


class Bodies:
    """Reads the bodies of one process."""

    def __init__(self, wait: float, budget: int) -> None:
        self._wait = wait
        self._left = budget

    async def read(self, request: Request, kind: str, most: int) -> bytes:
        """Read a body of this media type and at most so many bytes, or raise Denied."""
        try:
            async with asyncio.timeout(self._wait):
                _check_kind(request, kind)
                if _announced(request) > MOST_DISCARDED:
                    raise _too_large(most)
                with self._reserved(most):
                    return await _read(request, most)
        except TimeoutError:
            sentence = f"The body was not here after {self._wait:g} seconds."
            raise Denied(408, "slow", sentence, {"Connection": "close"}) from None
        except ClientDisconnect:
            raise Denied(400, "cut-off", "The body broke off.") from None

    @contextmanager
    def _reserved(self, size: int) -> Iterator[None]:
        if size > self._left:
            raise Denied(503, "busy", "Too much is coming in just now.", {"Retry-After": "5"})
        self._left -= size
        try:
            yield
        finally:
            self._left += size


def _check_kind(request: Request, kind: str) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != kind:
        raise Denied(415, "media-type", f"This address takes {kind}.", {"Accept": kind})


def _announced(request: Request) -> int:
    text = request.headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() else 0


async def _read(request: Request, most: int) -> bytes:
    """Read a body; of one that is too large the rest is thrown away as it comes."""
    body, size, more = bytearray(), 0, True
    while more and size < MOST_DISCARDED:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        piece = message.get("body", b"")
        size, more = size + len(piece), bool(message.get("more_body"))
        body += piece if size <= most else b""
    if size > most:
        raise _too_large(most)
    return bytes(body)


def _too_large(most: int) -> Denied:
    sentence = f"A body may have {most} bytes here, and this one has more."
    return Denied(413, "body-size", sentence, {"Connection": "close"})
