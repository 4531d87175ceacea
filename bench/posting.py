"""Members who hand over what they signed ahead, each over one connection that stays open.

Nothing here waits for anything but the node: a member posts the next event as soon as the one
before was answered and what it rests on is there. Each comes from an address of its own, as people
do from their own homes; on this machine every 127.0.0.x is one.
"""

from __future__ import annotations

import selectors
import socket
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.crowd import Post
    from goround.ids import EventId

GIVES_UP = 60.0
"""Seconds without any answer, after which something is wrong."""


class Posted(NamedTuple):
    """How long all of it took, how long each answer, and what the answers were."""

    seconds: float
    waits: list[float]
    statuses: dict[int, int]

    @property
    def per_second(self) -> float:
        return len(self.waits) / self.seconds


class Member:
    """One connection, and what is still to be said on it."""

    def __init__(
        self, address: tuple[str, int], path: str, own: str, posts: Sequence[Post]
    ) -> None:
        self.line = socket.create_connection(address, source_address=(own, 0))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"POST {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n".encode()
        self._left = list(reversed(posts))
        self._heard = b""
        self.asked: Post | None = None
        self._since = 0.0

    @property
    def is_done(self) -> bool:
        return not self._left and self.asked is None

    def ask(self, known: set[EventId]) -> bool:
        """Post the next event, if everything that it rests on was taken."""
        if self.asked or not self._left or not known.issuperset(self._left[-1].after):
            return False
        self.asked = post = self._left.pop()
        kind = b"Content-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n" % len(post.line)
        self._since = time.perf_counter()
        self.line.sendall(self._head + kind + post.line)
        return True

    def hear(self) -> tuple[int, float] | None:
        """Read on; give the status and the wait, once the answer is here."""
        piece = self.line.recv(65536)
        if not piece:
            message = f"The node hung up: {self._heard!r}"
            raise ConnectionError(message)
        self._heard += piece
        head, found, body = self._heard.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return None
        self._heard = b""
        return int(head[9:12]), time.perf_counter() - self._since


def _length(head: bytes) -> int:
    _before, _name, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0])


def post_all(
    origin: str, path: str, said: Sequence[Sequence[Post]], known: Iterable[EventId] = ()
) -> Posted:
    """Let each member post one after the other, all of them at the same time.

    What is `known` was posted before.
    """
    at = urlsplit(origin)
    address = (str(at.hostname), at.port or 80)
    members = [Member(address, path, f"127.0.0.{2 + n}", posts) for n, posts in enumerate(said)]
    try:
        return _all_posted(members, set(known))
    finally:
        for member in members:
            member.line.close()


def _all_posted(members: list[Member], known: set[EventId]) -> Posted:
    waits: list[float] = []
    statuses: dict[int, int] = {}
    began = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for member in members:
            selector.register(member.line, selectors.EVENT_READ, member)
            member.ask(known)
        while not all(member.is_done for member in members):
            for member in _heard_from(selector):
                answer = member.hear()
                if answer is None or member.asked is None:
                    continue
                statuses[answer[0]] = statuses.get(answer[0], 0) + 1
                waits.append(answer[1])
                known.add(member.asked.id)
                member.asked = None
                member.ask(known)
            for member in members:
                member.ask(known)
    return Posted(time.perf_counter() - began, waits, statuses)


def _heard_from(selector: selectors.BaseSelector) -> list[Member]:
    ready = selector.select(GIVES_UP)
    if not ready:
        message = "Nothing was answered for a minute."
        raise TimeoutError(message)
    return [key.data for key, _events in ready]
