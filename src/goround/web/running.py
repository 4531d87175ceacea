"""Runs a node on a socket that somebody opened: it answers until it is told to stop. Nothing of who
asks or for what is written down (journal.py), and nobody has all connections (connections.py)."""

import gc
import os
import socket
import ssl
from typing import TYPE_CHECKING, Any, NamedTuple

import uvicorn
from starlette.applications import Starlette

from goround.node.home import Home
from goround.node.nearby import Nearby
from goround.node.serving import Form
from goround.node.staying_equal import StayingEqual
from goround.web.app import make_app
from goround.web.binding import check_binding
from goround.web.connections import protocol
from goround.web.journal import kept, note_answer, note_commit, note_fault, note_mended
from goround.web.observing import Listener
from goround.web.rights import FoundingRight
from goround.web.server import Leave, Server

if TYPE_CHECKING:
    from goround.node.certificate import Certificate
    from goround.web.metrics import Metrics

LARGEST_HEAD = 16 * 1024
"""Bytes of a request's head."""
IDLE = 15
"""Seconds after which a connection is closed on which nothing more is asked."""
TAKEN = 4
"""Connections that are taken before whoever has one already is heard."""
LOOPBACK = ("127.0.0.0/8", "::1/128", "::ffff:127.0.0.0/104")
"""Where a server in front is, unless somebody says otherwise: on this machine."""
GARBAGE = 20_000
"""Things made, and not yet gone, after which somebody looks for waste; there is little."""
GRACE = 5
"""Seconds that requests have to end in when the node stops."""


class Terms(NamedTuple):
    """How whoever starts a node wants it to be run."""

    right: FoundingRight | None = None
    certificate: "Certificate | None" = None
    proxy: str = ""
    log: Form = Form.FAULTS
    figures: socket.socket | None = None
    leave: Leave = os._exit


def run(home: Home, origin: str, listening: socket.socket, terms: Terms) -> None:
    """Serve a home at an origin until a signal says stop; raises BadUse where TLS is missing."""
    check_binding(str(listening.getsockname()[0]), origin)
    gc.set_threshold(GARBAGE, *gc.get_threshold()[1:])
    metrics = _metrics() if terms.figures else None
    is_noted = metrics is not None or terms.log is not Form.FAULTS
    home.on_mended = note_mended
    home.on_commit = note_commit if is_noted else None
    config = _config(home, origin, terms, note_answer if is_noted else None)
    server = Server(config, leave=terms.leave)
    if terms.certificate:
        shown = ssl.PEM_cert_to_DER_cert(terms.certificate.file.read_text("ascii"))
        home.nearby = Nearby(home, origin, shown)
    _stay_equal(home, origin, server)
    if metrics and terms.figures:
        server.beside(_figures(metrics, server), terms.figures)
    with kept(terms.log, metrics.noted if metrics else None):
        server.run(sockets=[listening])


def _stay_equal(home: Home, origin: str, server: Server) -> None:
    app = server.config.app
    if isinstance(app, Starlette):
        server.stay_equal(StayingEqual(home, origin, app.state.shelf.taken, note_fault))


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
        http=protocol(),
        backlog=TAKEN,
        ws="none",
        access_log=False,
        log_config=None,
        log_level="error",
        server_header=False,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_keep_alive=IDLE,
        **more,
    )
