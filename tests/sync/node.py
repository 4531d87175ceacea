"""A small node that really serves one replica, as docs/protocol.md says, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_bytes
from threading import Thread

import msgspec

from goround.errors import GoroundError
from goround.ids import DeviceId, decode, encode
from goround.log.bundle import decode_line
from goround.log.proofs import proves_card, proves_session
from goround.sync.problem import problem, problem_of
from goround.sync.session import answer
from tests.sync.replicas import Held


class Served(ThreadingHTTPServer):
    """A server of one replica, which knows its own origin."""

    def __init__(
        self, replica: Held, *, origin: str = "", rubbish: bytes = b"", forgets: bool = False
    ) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.replica = replica
        self.rubbish = rubbish
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.origin = origin or self.address
        self.nonces: set[str] = set()
        self.tokens: set[str] = set()
        self.forgets, self.opened = forgets, 0


class Answering(BaseHTTPRequestHandler):
    """One request."""

    server: Served

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            self._reply(*self._route(self.path.rpartition("/")[2], body))
        except GoroundError as error:
            self._reply(*problem_of(error))

    def _reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        if status == 308:
            self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()
        self.wfile.write(body)

    def _route(self, what: str, body: bytes) -> tuple[int, bytes]:
        if what == "healthz":
            return 200, b"{}"
        if self.server.replica.graph.collective not in self.path:
            return problem(404, "unknown", "This collective is not kept here.")
        route = getattr(self, f"_{what}", None)
        return route(body) if route else problem(404, "unknown", "There is nothing here.")

    def _nonce(self, _body: bytes) -> tuple[int, bytes]:
        nonce = encode(token_bytes(32))
        self.server.nonces.add(nonce)
        return 200, msgspec.json.encode({"nonce": nonce})

    def _session(self, body: bytes) -> tuple[int, bytes]:
        asked = msgspec.json.decode(body, type=dict[str, str])
        self.server.nonces.remove(asked["nonce"])
        if not proves_session(
            DeviceId(asked["device"]),
            self.server.replica.graph.collective,
            decode(asked["nonce"]),
            self.server.origin,
            asked["proof"],
        ):
            return problem(401, "session", "Nobody has opened a session with this.")
        token = encode(token_bytes(32))
        self.server.opened += 1
        if not self.server.forgets:
            self.server.tokens.add(token)
        return 201, msgspec.json.encode({"token": token})

    def _sync(self, body: bytes) -> tuple[int, bytes]:
        if self.headers["Authorization"].removeprefix("Bearer ") not in self.server.tokens:
            return problem(401, "session", "There is no such session.")
        said = self.server.rubbish or answer(self.server.replica, body)
        return (200 if said else 204), said

    def _events(self, body: bytes) -> tuple[int, bytes]:
        events = [decode_line(line) for line in body.splitlines()]
        self.server.replica.keep(events)
        return 201, msgspec.json.encode({"kept": [event.id for event in events]})

    def _card(self, _body: bytes) -> tuple[int, bytes]:
        key, nonce, proof = self.headers["Authorization"].removeprefix("Goround ").split(".")
        collective = self.server.replica.graph.collective
        genuine = proves_card(DeviceId(key), collective, decode(nonce), self.server.origin, proof)
        return (200, b'{"name":"Bread"}') if genuine else problem(401, "card", "No.")

    def _elsewhere(self, _body: bytes) -> tuple[int, bytes]:
        return 308, b""


@contextmanager
def serving(replica: Held, *, origin: str = "", rubbish: bytes = b"") -> Iterator[str]:
    """Serve a replica on a port of this machine; gives its address."""
    with Served(replica, origin=origin, rubbish=rubbish) as server, answers(server):
        yield server.address


@contextmanager
def answers(server: Served) -> Iterator[None]:
    """Let a server answer for a while."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
