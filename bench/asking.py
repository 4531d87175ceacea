"""Somebody who asks a server over one connection that stays open, and takes the time."""

from __future__ import annotations

import json
import socket
import time
from typing import TYPE_CHECKING, NamedTuple, Self

from goround.ids import decode
from goround.log.proofs import prove_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.served import Served
    from goround.ids import CollectiveId
    from goround.log.keys import DeviceKey

GIVES_UP = 600.0
KEPT_OPEN = 5.0


class Answer(NamedTuple):
    """What came back, and after how many seconds."""

    status: int
    head: str
    body: bytes
    seconds: float

    def header(self, name: str) -> str:
        lines = (line.partition(": ") for line in self.head.split("\r\n"))
        return next((value for key, _, value in lines if key.lower() == name), "")


class Asking:
    """One connection to a server, from an address of its own, as people have."""

    def __init__(self, served: Served, own: str = "127.0.0.1") -> None:
        self.served = served
        self._host = f"127.0.0.1:{served.port}"
        self._own = own
        self._line = self._connected()

    def _connected(self) -> socket.socket:
        where = ("127.0.0.1", self.served.port)
        line = socket.create_connection(where, GIVES_UP, source_address=(self._own, 0))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used = time.monotonic()
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers)

    def post(self, path: str, body: bytes, kind: str = "application/json") -> Answer:
        return self.ask("POST", path, {"Content-Type": kind}, body)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """Ask, and wait for the whole answer."""
        given = {"Host": self._host, "Content-Length": str(len(body)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        if time.monotonic() - self._used > KEPT_OPEN:  # a server hangs up on who is silent
            self._line.close()
            self._line = self._connected()
        began = time.perf_counter()
        self._line.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        status, told, content = self._answer()
        self._used = time.monotonic()
        return Answer(status, told, content, time.perf_counter() - began)

    def _answer(self) -> tuple[int, str, bytes]:
        heard = b""
        while b"\r\n\r\n" not in heard:
            heard += self._heard()
        head, _, body = heard.partition(b"\r\n\r\n")
        told = head.decode("latin-1")
        length = int(Answer(0, told, b"", 0).header("content-length") or 0)
        while len(body) < length:
            body += self._heard()
        return int(told[9:12]), told, body

    def _heard(self) -> bytes:
        piece = self._line.recv(1 << 18)
        if not piece:
            message = "The server hung up."
            raise ConnectionError(message)
        return piece

    def session(self, collective: CollectiveId, key: DeviceKey, origin: str) -> str:
        """Sign a nonce; return the cookie with which pages are read."""
        at = f"/c/{collective}"
        nonce = json.loads(self.post(f"{at}/nonce", b"").body)["nonce"]
        proof = prove_session(key, collective, decode(nonce), origin)
        asked = {"device": key.public, "nonce": nonce, "proof": proof}
        answer = self.post(f"{at}/session", json.dumps(asked).encode())
        assert answer.status == 201, answer
        return f"goround={json.loads(answer.body)['token']}"
