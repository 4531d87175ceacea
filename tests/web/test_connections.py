"""Nobody has all connections, and whoever has few finds a place among many."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from goround.node.home import Home
from goround.web import connections, running
from goround.web.limits import Bounds, Rate
from goround.web.server import Server
from tests.chains import device

Seen = TypeVar("Seen")
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
ASKS = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
COLLECTIVE = device(1).public


class Node:
    """A node that answers in this process."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._connected: list[Streams] = []

    async def connect(self, *own: str) -> list[Streams]:
        """Connect from these addresses; on this machine every 127.x.y.z is one."""
        fresh = [
            await asyncio.open_connection(*self._address, local_addr=(address, 0))
            for address in own
        ]
        self._connected += fresh
        return fresh

    async def connected(self, own: str) -> Streams:
        (streams,) = await self.connect(own)
        return streams

    def crowd(self, many: int) -> list[socket.socket]:
        """Let so many connect while this process does nothing else."""
        return [socket.create_connection(self._address, 5) for _ in range(many)]

    def leave(self) -> None:
        for _heard, said in self._connected:
            said.close()


async def answer(streams: Streams, asked: bytes = ASKS) -> bytes:
    """Give the status line of an answer; nothing where there is none."""
    heard, said = streams
    try:
        said.write(asked)
        await said.drain()
        return (await asyncio.wait_for(heard.readline(), 5)).strip()
    except ConnectionError:
        return b""


async def is_open(streams: Streams) -> bool:
    """Tell whether a connection on which nothing was said is still there, after a moment."""
    try:
        return await asyncio.wait_for(streams[0].read(1), 0.1) != b""
    except ConnectionError:
        return False
    except TimeoutError:
        return True


def while_served(tmp_path: Path, do: Callable[[Node], Awaitable[Seen]]) -> Seen:
    """Do something while a node answers in this process."""
    server = Server(running._config(Home(tmp_path), "http://127.0.0.1:8420"))

    async def all_of_it() -> Seen:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            node = Node(listening.getsockname())
            try:
                return await asyncio.wait_for(do(node), 30)
            finally:
                node.leave()
                server.should_exit = True
                await serving

    return asyncio.run(all_of_it())


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 4)
    monkeypatch.setattr(connections, "MOST_OF_ONE", 3)
    monkeypatch.setattr(connections, "FRESH", 0.0)


def test_where_all_places_are_taken_one_of_whoever_has_most_goes_to_whoever_has_few(
    tmp_path: Path,
) -> None:
    async def crowd(node: Node) -> list[bytes]:
        crowd = await node.connect(*["127.1.0.1"] * 3, "127.1.0.2")
        told = await answer(await node.connected("127.1.0.3"))
        return [told, bytes([await is_open(streams) for streams in crowd])]

    told, still = while_served(tmp_path, crowd)
    assert told == b"HTTP/1.1 200 OK"
    assert list(still) == [False, True, True, True], "the one that waited longest"


def test_whoever_is_being_answered_keeps_their_place(tmp_path: Path) -> None:
    body = f"POST /c/{COLLECTIVE}/nonce HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n".encode()

    async def crowd(node: Node) -> list[bytes]:
        crowd = await node.connect(*(f"127.1.0.{n}" for n in range(1, 5)))
        first = await answer(crowd[0])
        crowd[1][1].write(body)  # a body that does not come is no reason to stay
        await asyncio.sleep(0.05)
        told = await answer(await node.connected("127.1.0.9"))
        return [first, told, bytes([await is_open(streams) for streams in crowd[1:]])]

    first, told, still = while_served(tmp_path, crowd)
    assert first == told == b"HTTP/1.1 200 OK"
    assert list(still).count(False) == 1, "one of those who never asked for anything whole"


def test_those_who_asked_already_make_no_room_for_one_who_has_as_many(tmp_path: Path) -> None:
    async def crowd(node: Node) -> list[bytes]:
        crowd = await node.connect(*(f"127.1.0.{n}" for n in range(1, 5)))
        told = [await answer(streams) for streams in crowd]
        return [*told, await answer(await node.connected("127.1.0.1"))]

    *told, last = while_served(tmp_path, crowd)
    assert told == [b"HTTP/1.1 200 OK"] * 4
    assert last == b"HTTP/1.1 503 Service Unavailable"


def test_whoever_connects_too_often_is_not_heard_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Bounds()._replace(by_address=Rate(burst=2, per_second=0.001))
    monkeypatch.setattr(connections, "Bounds", lambda: few)

    async def knock(node: Node) -> list[bytes]:
        own = ("127.1.0.1", "127.1.0.1", "127.1.0.1", "127.1.0.2")
        return [await answer(await node.connected(address)) for address in own]

    ok = b"HTTP/1.1 200 OK"
    assert while_served(tmp_path, knock) == [ok, ok, b"", ok]


def test_whoever_is_here_is_heard_between_those_who_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    come: list[str] = []
    is_too_often = connections.Places.comes_too_often

    def counted(self: connections.Places, network: str) -> bool:
        come.append(network)
        return is_too_often(self, network)

    monkeypatch.setattr(connections.Places, "comes_too_often", counted)

    async def ask(node: Node) -> tuple[bytes, int]:
        here = await node.connected("127.1.0.9")
        others = node.crowd(100)
        told, before = await answer(here), len(come)
        for other in others:
            other.close()
        return told, before

    told, before = while_served(tmp_path, ask)
    assert told == b"HTTP/1.1 200 OK"
    assert before < 80, "all of them came first"


def test_places_are_given_back(tmp_path: Path) -> None:
    async def come_and_go(node: Node) -> list[bytes]:
        told = []
        for _ in range(12):
            told.append(await answer(await node.connected("127.1.0.1")))
            node.leave()
            await asyncio.sleep(0.02)
        return told

    assert while_served(tmp_path, come_and_go) == [b"HTTP/1.1 200 OK"] * 12
