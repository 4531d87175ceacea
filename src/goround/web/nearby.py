"""Shows to other nodes in the same network who stands behind this node's certificate. Who cannot
name a collective to this certificate learns nothing. Rule H28 of docs/protocol.md."""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from goround.ids import decode
from goround.node.home import Home
from goround.sync.nearby import NONCE
from goround.web.bodies import JSON, Bodies
from goround.web.problems import Denied, nothing_here

LARGEST = 4096
"""Bytes of a body that calls."""


class Called(msgspec.Struct, frozen=True):
    """How another node names a collective to this one: by a nonce, and a hash with it in it."""

    nonce: str
    call: str


class Answering:
    """Answers whoever calls, where this node serves a room."""

    def __init__(self, home: Home, bodies: Bodies) -> None:
        self._home = home
        self._bodies = bodies

    async def prove(self, request: Request) -> Response:
        """Give a device and its proof, or nothing, as at any wrong address."""
        async with self._bodies.read(request, JSON, LARGEST) as body:
            nonce, call = _read(body)
        nearby = self._home.nearby
        said = await run_in_threadpool(nearby.answer, nonce, call) if nearby else None
        if said is None:
            raise nothing_here()
        device, proof = said
        shown = msgspec.json.encode({"device": device, "proof": proof})
        return Response(shown, media_type=JSON)


def _read(body: bytes) -> tuple[bytes, str]:
    try:
        called = msgspec.json.decode(body, type=Called)
        return decode(called.nonce, NONCE), called.call
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise Denied(400, "nearby", "A node nearby is called with nonce and call.") from None
