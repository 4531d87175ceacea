"""Runs a node on a socket that somebody opened: it answers until it is told to stop. Nothing of a
request is written into a log but the place where the program itself broke."""

import asyncio
import socket

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from goround.node.home import Home
from goround.web.app import check_binding, make_app

MOST_CONNECTIONS = 256
LARGEST_HEAD = 16 * 1024
"""Bytes of a request's head."""
SILENT = 20.0
"""Seconds after which a connection is closed on which no request has begun."""
GRACE = 5
"""Seconds that requests have to end in when the node stops."""


def run(home: Home, origin: str, listening: socket.socket) -> None:
    """Serve a home at an origin until a signal says stop; raises BadUse where TLS is missing."""
    check_binding(str(listening.getsockname()[0]), origin)
    uvicorn.Server(_config(home, origin)).run(sockets=[listening])


def _config(home: Home, origin: str) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(home, origin),
        http=Patient,
        ws="none",
        access_log=False,
        log_level="error",
        server_header=False,
        # Where a server with a certificate stands in front, it says who asks.
        proxy_headers=origin.startswith("https://"),
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_graceful_shutdown=GRACE,
    )


class Patient(H11Protocol):
    """A connection that is given up where its first request does not come."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(SILENT, self._give_up, transport)

    def _give_up(self, transport: asyncio.Transport) -> None:
        if getattr(self, "cycle", None) is None:  # the request that is being answered, or was
            transport.close()
