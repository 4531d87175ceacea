"""Whoever listens hears at once that something is new, from whichever program it came."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from starlette.testclient import TestClient

from goround.collective.devices import DeviceAdd, DeviceRetire
from goround.collective.members import Leave
from goround.collective.proposals import Propose
from goround.log.bundle import encode_line
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.home import Home
from goround.node.replica import Replica
from goround.web import connections, live, running
from goround.web.server import Server
from tests.web.callers import ORIGIN, Caller, begins, invites, is_problem, key_of, newest, share

Address = tuple[str, int]
Seen = TypeVar("Seen")


def says(replica: Replica, title: str = "Rye") -> None:
    replica.sign(Propose("everyday", (), 0, 0), {"title": title, "text": "More."})


class Listener:
    """One open stream, line by line."""

    def __init__(self, heard: asyncio.StreamReader, said: asyncio.StreamWriter) -> None:
        self._heard = heard
        self.said = said

    async def head(self) -> bytes:
        return await self._heard.readuntil(b"\r\n\r\n")

    async def line(self) -> bytes:
        """Give the next line that is not of the framing."""
        while True:
            line = (await asyncio.wait_for(self._heard.readline(), 5)).strip()
            if line.startswith((b"data:", b":", b"retry:")):
                return line
            if not line and self._heard.at_eof():
                return b""

    async def told(self) -> dict[str, Any]:
        """Give the next thing that is told."""
        while True:
            line = await self.line()
            if line.startswith(b"data:"):
                found: dict[str, Any] = json.loads(line.removeprefix(b"data:"))
                return found
            assert line, "the stream ended"


class Served:
    """A node in this process, with a client beside it that shares its sessions."""

    def __init__(self, server: Server, address: Address, caller: Caller) -> None:
        self.server = server
        self.address = address
        self.caller = caller
        self.live: live.Live = server.config.app.state.live  # type: ignore[union-attr]

    @asynccontextmanager
    async def listening(self, key: DeviceKey) -> AsyncIterator[Listener]:
        headers = await asyncio.to_thread(self.caller.opened, key)
        async with self.listening_with(headers) as listener:
            yield listener

    @asynccontextmanager
    async def listening_with(self, headers: dict[str, str]) -> AsyncIterator[Listener]:
        heard, said = await asyncio.open_connection(*self.address)
        lines = [f"GET {self.caller.at}/live HTTP/1.1", "Host: x", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        said.write("\r\n".join([*lines, "", ""]).encode())
        listener = Listener(heard, said)
        assert b"200 OK" in await listener.head()
        try:
            yield listener
        finally:
            said.close()


def while_served(home: Home, collective: Replica, do: Callable[[Served], Awaitable[Seen]]) -> Seen:
    """Do something while a node answers in this process."""
    server = Server(running._config(home, ORIGIN))
    client = TestClient(server.config.app, base_url=ORIGIN, client=("192.0.2.7", 1))  # type: ignore[arg-type]

    async def all_of_it() -> Seen:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            served = Served(server, listening.getsockname(), Caller(client, collective.collective))
            try:
                return await asyncio.wait_for(do(served), timeout=30)
            finally:
                server.should_exit = True
                await serving

    return asyncio.run(all_of_it())


async def until(is_so: Callable[[], bool]) -> None:
    """Wait, within bounds, until something is so."""
    for _ in range(200):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("It never came to be so.")


def test_a_listener_hears_of_what_another_program_of_the_home_wrote(
    home: Home, anna: Replica
) -> None:
    async def listen(served: Served) -> list[Any]:
        async with served.listening(key_of(anna)) as listener:
            first = await listener.told()
            await asyncio.to_thread(says, anna)
            return [first, await listener.told()]

    changed = [{"type": "changed", "events": 1}, {"type": "changed", "events": 2}]
    assert while_served(home, anna, listen) == changed


def test_a_listener_hears_at_once_of_what_came_to_this_node(
    home: Home, anna: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(live, "LOOKS_EVERY", 60.0)
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))

    async def listen(served: Served) -> Any:  # noqa: ANN401
        async with served.listening(key_of(anna)) as listener:
            before = await listener.told()
            answer = await posted(served, encode_line(newest(ben)))
            assert b"201 Created" in answer
            return before["events"], await listener.told()

    before, told = while_served(home, anna, listen)
    assert told["events"] > before
    ben.close()


async def posted(served: Served, body: bytes) -> bytes:
    heard, said = await asyncio.open_connection(*served.address)
    said.write(
        f"POST {served.caller.at}/events HTTP/1.1\r\nHost: x\r\nContent-Type: "
        f"application/x-ndjson\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    told = await heard.readuntil(b"\r\n\r\n")
    said.close()
    return told


def test_a_stream_is_neither_kept_nor_compressed_on_its_way(home: Home, anna: Replica) -> None:
    async def listen(served: Served) -> bytes:
        headers = await asyncio.to_thread(served.caller.opened, key_of(anna))
        heard, said = await asyncio.open_connection(*served.address)
        given = "\r\n".join(f"{name}: {value}" for name, value in headers.items())
        said.write(
            f"GET {served.caller.at}/live HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n"
            f"{given}\r\n\r\n".encode()
        )
        told = await heard.readuntil(b"\r\n\r\n")
        said.close()
        return told.lower()

    head = while_served(home, anna, listen)
    assert b"content-type: text/event-stream" in head
    assert b"cache-control: no-store" in head
    assert b"content-encoding" not in head


def test_a_stream_says_now_and_then_that_it_is_there_and_is_not_given_up(
    home: Home, anna: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PING", 0.1)
    monkeypatch.setattr(connections, "SILENT", 0.3)

    async def listen(served: Served) -> list[bytes]:
        async with served.listening(key_of(anna)) as listener:
            lines = [await listener.line() for _ in range(12)]
            await asyncio.to_thread(says, anna)
            assert (await listener.told())["events"] == 2
            return lines

    lines = while_served(home, anna, listen)
    assert lines[0] == b"retry: 3000"
    assert lines.count(b":") == 10


def test_nobody_listens_without_a_session_or_as_somebody_who_left(
    caller: Caller, anna: Replica, tmp_path: Path
) -> None:
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    share(anna, ben)
    ben.sign(Leave())
    share(anna, ben)
    assert is_problem(caller.client.get(f"{caller.at}/live"), 401, "session")
    answer = caller.client.get(f"{caller.at}/live", headers=caller.opened(key_of(ben)))
    assert is_problem(answer, 403, "not-a-reader")
    ben.close()


def test_a_stream_ends_with_the_right_to_read(home: Home, anna: Replica) -> None:
    added = DeviceKey.generate()
    proof = prove_device(added, anna.collective, key_of(anna).public)
    anna.sign(DeviceAdd(added.public, proof))

    async def listen(served: Served) -> dict[str, Any]:
        async with served.listening(added) as gone, served.listening(key_of(anna)) as stays:
            await gone.told()
            await stays.told()
            await asyncio.to_thread(anna.sign, DeviceRetire(added.public))
            assert (await stays.told())["type"] == "changed"
            return await gone.told()

    assert while_served(home, anna, listen) == {"type": "over"}


def test_a_stream_ends_with_its_session(
    home: Home, anna: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PING", 0.1)

    async def listen(served: Served) -> dict[str, Any]:
        headers = await asyncio.to_thread(served.caller.opened, key_of(anna))
        async with served.listening_with(headers) as listener:
            await listener.told()
            end = f"{served.caller.at}/session/end"
            await asyncio.to_thread(served.caller.client.post, end, headers=headers)
            return await listener.told()

    assert while_served(home, anna, listen) == {"type": "over"}


def test_a_device_has_a_few_streams_and_the_newest_stay(home: Home, anna: Replica) -> None:
    async def listen(served: Served) -> list[dict[str, Any]]:
        headers = await asyncio.to_thread(served.caller.opened, key_of(anna))
        open_ones = [served.listening_with(headers) for _ in range(live.MOST_OF_DEVICE + 2)]
        listeners = [await stream.__aenter__() for stream in open_ones]
        await until(lambda: len(served.live) == live.MOST_OF_DEVICE)
        await asyncio.to_thread(says, anna)
        last = [await told_last(listener) for listener in listeners]
        for stream in open_ones:
            await stream.__aexit__(None, None, None)
        return last

    last = while_served(home, anna, listen)
    assert [told["type"] for told in last] == ["over"] * 2 + ["changed"] * live.MOST_OF_DEVICE


async def told_last(listener: Listener) -> dict[str, Any]:
    told = await listener.told()
    while told.get("events") == 1:
        told = await listener.told()
    return told


def test_there_is_room_for_so_many_streams(
    caller: Caller, anna: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_STREAMS", 0)
    answer = caller.client.get(f"{caller.at}/live", headers=caller.opened(key_of(anna)))
    assert is_problem(answer, 503, "busy")
    assert answer.headers["retry-after"] == "10"


def test_whoever_goes_away_is_forgotten_and_nobody_looks_at_the_file_any_more(
    home: Home, anna: Replica
) -> None:
    async def listen(served: Served) -> None:
        for _ in range(3):
            async with served.listening(key_of(anna)) as listener:
                await listener.told()
                assert len(served.live) == 1
            await until(lambda: len(served.live) == 0)
            await until(lambda: not served.live._looking)

    while_served(home, anna, listen)


def test_a_node_that_stops_ends_its_streams_first(
    home: Home, anna: Replica, caplog: pytest.LogCaptureFixture
) -> None:
    async def listen(served: Served) -> dict[str, Any]:
        headers = await asyncio.to_thread(served.caller.opened, key_of(anna))
        heard, said = await asyncio.open_connection(*served.address)
        given = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        said.write(f"GET {served.caller.at}/live HTTP/1.1\r\nHost: x\r\n{given}\r\n".encode())
        listener = Listener(heard, said)
        await listener.head()
        await listener.told()
        served.server.should_exit = True
        told = await listener.told()
        assert await asyncio.wait_for(heard.read(), 3) is not None
        said.close()
        return told

    assert while_served(home, anna, listen) == {"type": "over"}
    assert "graceful" not in caplog.text


def test_a_file_that_cannot_be_read_any_more_ends_the_stream(home: Home, anna: Replica) -> None:
    async def listen(served: Served) -> dict[str, Any]:
        async with served.listening(key_of(anna)) as listener:
            await listener.told()
            for file in home.file(anna.collective).parent.iterdir():  # and its journal
                file.write_bytes(b"spoilt" * 1000)
            return await listener.told()

    assert while_served(home, anna, listen)["type"] == "over"


@pytest.fixture
def anna(home: Home) -> Iterator[Replica]:
    replica = home.found("Bread", "Anna")
    yield replica
    replica.close()
