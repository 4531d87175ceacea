"""Runs a node on a socket that somebody opened: it answers until it is told to stop. Nothing of who
asks or for what is written down (journal.py). Nobody keeps a connection on which nothing is asked,
and nobody has all of them."""

import asyncio
import os
import socket
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any, NamedTuple

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from goround.node.certificate import Certificate
from goround.node.home import Home
from goround.node.serving import Form
from goround.sync.problem import CONTENT_TYPE, problem
from goround.web.app import make_app
from goround.web.binding import check_binding
from goround.web.journal import What, kept, note, note_answer, note_commit
from goround.web.limits import network_of
from goround.web.observing import Listener
from goround.web.rights import FoundingRight
from goround.web.server import Leave, Server

if TYPE_CHECKING:
    from goround.web.metrics import Metrics

MOST_CONNECTIONS = 256
MOST_OF_ONE = 64
"""Connections of one address."""
LARGEST_HEAD = 16 * 1024
"""Bytes of a request's head."""
SILENT = 20.0
"""Seconds after which a connection is given up on which no whole head of a request has come."""
IDLE = 15
"""Seconds after which a connection is closed on which nothing more is asked."""
TURNED_AWAY = 2.0
"""Seconds in which whoever finds no place can ask, to be told so."""
GONE = 60_000
"""Milliseconds in which what was sent has to arrive; a stream sends something all the time."""
LOOPBACK = ("127.0.0.0/8", "::1/128", "::ffff:127.0.0.0/104")
"""Where a server in front is, unless somebody says otherwise: on this machine."""
GRACE = 5
"""Seconds that requests have to end in when the node stops."""


class Terms(NamedTuple):
    """How whoever starts a node wants it to be run."""

    right: FoundingRight | None = None
    certificate: Certificate | None = None
    proxy: str = ""
    log: Form = Form.FAULTS
    figures: socket.socket | None = None
    leave: Leave = os._exit


def run(home: Home, origin: str, listening: socket.socket, terms: Terms) -> None:
    """Serve a home at an origin until a signal says stop; raises BadUse where TLS is missing."""
    check_binding(str(listening.getsockname()[0]), origin)
    metrics = _metrics() if terms.figures else None
    is_noted = metrics is not None or terms.log is not Form.FAULTS
    home.on_commit = note_commit if is_noted else None
    config = _config(home, origin, terms, note_answer if is_noted else None)
    server = Server(config, leave=terms.leave)
    if metrics and terms.figures:
        server.beside(_figures(metrics, server), terms.figures)
    with kept(terms.log, metrics.noted if metrics else None):
        server.run(sockets=[listening])


def _metrics() -> "Metrics":
    # Whoever asks for no figures does without the library that counts.
    from goround.web.metrics import Metrics  # noqa: PLC0415

    return Metrics()


def _config(
    home: Home,
    origin: str,
    terms: Terms | None = None,
    listener: Listener | None = None,
) -> uvicorn.Config:
    terms = terms or Terms()
    certificate = terms.certificate
    return _bounded(
        make_app(home, origin, right=terms.right, listener=listener),
        # Where a server with a certificate stands in front, it says who asks.
        proxy_headers=origin.startswith("https://") and certificate is None,
        forwarded_allow_ips=[*LOOPBACK, *([terms.proxy] if terms.proxy else [])],
        ssl_certfile=certificate.file if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
        timeout_graceful_shutdown=GRACE,
    )


def _figures(metrics: "Metrics", server: Server) -> uvicorn.Config:
    """Return how figures are given, to machines beside the one that people come to."""
    app = server.config.app
    if isinstance(app, Starlette):
        state = app.state
        metrics.ask(state.shelf, state.live, lambda: len(server.server_state.connections))
    return _bounded(metrics.app(), proxy_headers=False, date_header=False, lifespan="off")


def _bounded(app: Starlette, **more: Any) -> uvicorn.Config:  # noqa: ANN401 - the library's own
    """Return how an app is served to whoever comes: nothing of them is written down."""
    return uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        access_log=False,
        log_config=None,
        log_level="error",
        server_header=False,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_keep_alive=IDLE,
        **more,
    )


class Patient(H11Protocol):
    """A connection that is given up where no request comes, or no answer is fetched."""

    _deadline: asyncio.TimerHandle | None = None
    _unfetched: int | None = None
    _has_place = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _set_up(transport)
        self._has_place = self._finds_place()
        self._wait(SILENT if self._has_place else min(SILENT, TURNED_AWAY))
        if len(self.connections) > 2 * MOST_CONNECTIONS:
            transport.abort()

    def _finds_place(self) -> bool:
        mine = _network(self)
        alike = sum(_network(other) == mine for other in self.connections)
        is_too_many = alike > MOST_OF_ONE and not self._is_passed_on()
        return len(self.connections) <= MOST_CONNECTIONS and not is_too_many

    def _is_passed_on(self) -> bool:
        """Tell whether a server in front has sent this: all that it sends has its one address."""
        if not self.config.proxy_headers or not self.client:
            return False
        found = ip_address(self.client[0])
        address = getattr(found, "ipv4_mapped", None) or found
        return any(address in ip_network(known) for known in self.config.forwarded_allow_ips)

    def data_received(self, data: bytes) -> None:
        if not self._has_place:
            note(What.NO_PLACE)
            self.transport.write(_NO_PLACE)
            self.transport.close()
            return
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        self._stop_waiting()
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Wait for a request, from when the one before was answered; not for our own answer."""
        cycle = getattr(self, "cycle", None)  # the request that is being answered, or was
        if cycle and not cycle.response_complete:
            self._stop_waiting()
        elif self._deadline is None:
            self._wait(SILENT)

    def _wait(self, seconds: float) -> None:
        self._deadline = self.loop.call_later(seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self._unfetched = None

    def _give_up(self) -> None:
        """Close, once an answer that is still being fetched is fetched; end it where it is not."""
        left = self.transport.get_write_buffer_size()
        if left and self._unfetched is not None and left >= self._unfetched:
            self.transport.abort()
            return
        self._unfetched = left
        self.transport.close()
        if left:
            self._wait(SILENT)


def _set_up(transport: asyncio.Transport) -> None:
    """Let small answers go out at once, and a connection be given up whose other end is gone.

    asyncio sees to the first only where a socket was opened with its protocol named. Without it a
    body that follows its head waits for 40 ms, until the other end says that it has the head.
    """
    line = transport.get_extra_info("socket")
    if line is None:
        return
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GONE)


def _network(connection: object) -> str:
    client = getattr(connection, "client", None)
    return network_of(client[0]) if client else ""


def _no_place() -> bytes:
    told = problem(503, "busy", "Too many are connected just now; try again in a few seconds.")
    head = (
        f"HTTP/1.1 503 Service Unavailable\r\nContent-Type: {CONTENT_TYPE}\r\n"
        f"Content-Length: {len(told.body)}\r\nRetry-After: 5\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + told.body


_NO_PLACE = _no_place()
