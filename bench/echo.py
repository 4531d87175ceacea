"""The floor of following live: server-sent events and a page, and nothing behind them.

`python -m bench.echo BYTES` tells every open stream of each POST, at once, and serves a page of so
many bytes, run by uvicorn with the settings of a node.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request


class Echo:
    """Everybody who listens, and how much was said."""

    def __init__(self, size: int) -> None:
        self._page = "x" * size
        self._queues: set[asyncio.Queue[int]] = set()
        self._said = 0

    def app(self) -> Starlette:
        routes = [
            Route("/", self.page),
            Route("/live", self.live),
            Route("/events", self.say, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    async def page(self, _request: Request) -> Response:
        return HTMLResponse(self._page)

    async def say(self, request: Request) -> Response:
        await request.body()
        self._said += 1
        for queue in self._queues:
            queue.put_nowait(self._said)
        return Response(b"{}", 201, media_type="application/json")

    async def live(self, _request: Request) -> Response:
        return StreamingResponse(self._lines(), media_type="text/event-stream")

    async def _lines(self) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[int] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield b'data: {"type":"changed","events":0}\n\n'
            while True:
                yield b'data: {"type":"changed","events":%d}\n\n' % await queue.get()
        finally:
            self._queues.discard(queue)


def main() -> None:
    app = Echo(int(sys.argv[1])).app()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            app, http="h11", ws="none", access_log=False, log_level="error", server_header=False
        )
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
