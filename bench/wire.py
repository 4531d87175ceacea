"""A connection to a node as small as can be, so that what is measured is the node.

It sends what it is told, also what no client would, and reads answers with a length or in pieces.
"""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from goround.ids import CollectiveId, decode
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_session

if TYPE_CHECKING:
    from collections.abc import Mapping


class Answer(NamedTuple):
    """What came back; `is_last` tells that the connection ends with it."""

    status: int
    body: bytes
    is_last: bool


class Line:
    """One connection at a time to one origin, from one address; opened anew after it ended."""

    def __init__(self, origin: str, own: str = "127.0.0.1") -> None:
        at = urlsplit(origin)
        self.origin = origin
        self._at = (str(at.hostname), at.port or 80)
        self._own = own
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def streams(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Give both directions, connected."""
        if self._open is None:
            self._open = await asyncio.open_connection(*self._at, local_addr=(self._own, 0))
            line = self._open[1].get_extra_info("socket")
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._open

    def close(self) -> None:
        if self._open:
            self._open[1].close()
            self._open = None

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        token: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask once; where a kept connection turns out to have ended, once more on a new one."""
        head = self.head(method, path, len(body), token, headers)
        was_open = self._open is not None
        try:
            return await self._asked(head + body)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            if not was_open:
                return Answer(0, b"", is_last=True)
        return await self._again(head + body)

    async def _again(self, request: bytes) -> Answer:
        try:
            return await self._asked(request)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            return Answer(0, b"", is_last=True)

    def head(
        self,
        method: str,
        path: str,
        length: int,
        token: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """Write the head of a request."""
        given = {
            "Host": f"{self._at[0]}:{self._at[1]}",
            "Content-Length": str(length),
            "Content-Type": "application/x-ndjson",
            **({"Authorization": f"Bearer {token}"} if token else {}),
            **(headers or {}),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode()

    async def _asked(self, request: bytes) -> Answer:
        heard, said = await self.streams()
        said.write(request)
        await said.drain()
        answer = await read_answer(heard)
        if answer.is_last:
            self.close()
        return answer


async def read_answer(heard: asyncio.StreamReader) -> Answer:
    """Read one answer whole."""
    head = (await heard.readuntil(b"\r\n\r\n")).lower()
    status, is_last = int(head[9:12]), b"connection: close" in head
    if b"transfer-encoding: chunked" in head:
        return Answer(status, await _pieces(heard), is_last)
    _before, name, rest = head.partition(b"content-length:")
    length = int(rest.split(b"\r\n", 1)[0]) if name else 0
    return Answer(status, await heard.readexactly(length), is_last)


async def _pieces(heard: asyncio.StreamReader) -> bytes:
    whole = b""
    while size := int(await heard.readuntil(b"\r\n"), 16):
        whole += (await heard.readexactly(size + 2))[:-2]
    await heard.readuntil(b"\r\n")
    return whole


async def opened(line: Line, collective: str, seed: bytes) -> str:
    """Sign a nonce, and get the token of a session."""
    key, at = DeviceKey.from_seed(seed), f"/c/{collective}"
    nonce = json.loads((await line.ask("POST", f"{at}/nonce")).body)["nonce"]
    proof = prove_session(key, CollectiveId(collective), decode(nonce), line.origin)
    body = json.dumps({"device": key.public, "nonce": nonce, "proof": proof}).encode()
    kind = {"Content-Type": "application/json"}
    answer = await line.ask("POST", f"{at}/session", body, headers=kind)
    return str(json.loads(answer.body)["token"])
