"""Nodes as they are run: processes that listen, and others of the same home beside them."""

import asyncio
import socket
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
import uvicorn

from goround.collective.proposals import Propose
from goround.errors import Refused
from goround.log.keys import DeviceKey
from goround.node.exchange import become_equal
from goround.node.home import Home
from goround.node.replica import Replica
from goround.sync.http import Peer
from goround.web import connections, running
from tests.end_to_end.people import GOROUND, Person, answering, served
from tests.forked import PLAIN
from tests.web.callers import begins, invites, key_of, newest, printed, share


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person("Anna", tmp_path)


@pytest.fixture
def anna(person: Person) -> Iterator[Replica]:
    replica = Home(person.home).found("Bread", "Anna", "Bake for the street")
    yield replica
    replica.close()


def test_a_newcomer_joins_over_the_wire_and_is_equal(
    person: Person, anna: Replica, tmp_path: Path
) -> None:
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    with served(person) as address, Peer(address) as peer:
        assert "void" not in peer.post(anna.collective, [newest(ben)])
        become_equal(ben, peer)
    anna.refresh()
    assert len(ben.view().epoch.members) == 2
    assert printed(ben) == printed(anna)
    ben.close()


def test_two_nodes_and_a_command_share_one_home(
    person: Person, anna: Replica, tmp_path: Path
) -> None:
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    with ExitStack() as stack:
        one, two = (stack.enter_context(Peer(stack.enter_context(served(person)))) for _ in "ab")
        one.post(anna.collective, [newest(ben)])
        become_equal(ben, two)
        ben.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More."})
        become_equal(ben, one)
        person.does("say", "1", "Good to have you")
        become_equal(ben, two)
    anna.refresh()
    assert printed(ben) == printed(anna)
    assert not anna.graph.forks()
    ben.close()


def test_what_was_acknowledged_is_there_after_the_node_was_killed(
    person: Person, anna: Replica, tmp_path: Path
) -> None:
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    line = [*GOROUND, "--home", str(person.home), "serve", "--port", "0"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, env=PLAIN) as node:
        assert node.stdout is not None
        address = answering(node.stdout.readline().decode())
        with Peer(address) as peer:
            peer.post(anna.collective, [newest(ben)])
        node.kill()
    anna.refresh()
    assert newest(ben).id in anna.graph
    ben.close()


def test_a_stranger_is_let_go_with_a_sentence(person: Person, anna: Replica) -> None:
    with served(person) as address, Peer(address) as peer:
        with pytest.raises(Refused, match="belongs to nobody who may read here"):
            peer.sync(anna, DeviceKey.generate())
        assert peer.is_there()


def test_nothing_of_a_request_stands_in_the_log(person: Person, anna: Replica) -> None:
    line = [*GOROUND, "--home", str(person.home), "serve", "--port", "0"]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=PLAIN
    ) as node:
        assert node.stdout is not None
        address = answering(node.stdout.readline().decode())
        with Peer(address) as peer:
            peer.sync(anna, key_of(anna))
            host, port = str(urlsplit(address).hostname), int(urlsplit(address).port or 0)
            exchange(host, port, b"GET /secret?word=sesame HTTP/1.1\r\nHost: x\r\n\r\n")
            exchange(host, port, b"\x16\x03\x01 this is no HTTP\r\n\r\n")
        node.terminate()
        rest = node.stdout.read().decode()
    assert "sesame" not in rest
    assert "Traceback" not in rest
    assert anna.collective not in rest


def exchange(host: str, port: int, sent: bytes) -> bytes:
    with socket.create_connection((host, port), timeout=10) as line:
        line.sendall(sent)
        return line.recv(100)


def test_a_node_beyond_this_machine_refuses_to_start_without_tls(person: Person) -> None:
    done = person.tries("serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 - it refuses
    assert done.returncode == 2
    assert b"TLS" in done.stderr
    assert b"Traceback" not in done.stderr


def told_at_the_start(person: Person, *words: str) -> str:
    """Start a node, stop it once it has said where it answers, and give what it said."""
    line = [*GOROUND, "--home", str(person.home), "serve", "--port", "0", *words]
    with subprocess.Popen(line, stdout=subprocess.PIPE, env=PLAIN) as node:
        assert node.stdout is not None
        first = node.stdout.readline()
        node.terminate()
        return (first + node.stdout.read()).decode()


def test_beyond_this_machine_a_node_prints_a_founding_link_once(person: Person) -> None:
    told = told_at_the_start(person, "--at", "https://bread.example.org")
    assert told.count("https://bread.example.org/found#") == 1
    off = told_at_the_start(person, "--at", "https://bread.example.org", "--no-founding")
    assert "/found#" not in off
    assert "/found#" not in told_at_the_start(person)


def test_a_connection_on_which_nothing_is_asked_is_given_up(
    anna: Replica, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SILENT", 0.1)

    async def knock(address: Address) -> bytes:
        heard, said = await asyncio.open_connection(*address)
        said.write(b"GET / HT")
        return await the_rest(heard, said)

    assert while_served(person, knock) == b""


@pytest.mark.parametrize("more", [b"G", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_connection_is_given_up_too_where_a_second_request_does_not_come(
    anna: Replica, person: Person, monkeypatch: pytest.MonkeyPatch, more: bytes
) -> None:
    monkeypatch.setattr(connections, "SILENT", 0.1)

    async def ask(address: Address) -> bytes:
        heard, said = await asyncio.open_connection(*address)
        said.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        await heard.readuntil(b'{"status":"ok"}')
        said.write(more)
        return await the_rest(heard, said)

    assert while_served(person, ask) == b""


def test_small_answers_go_out_at_once(anna: Replica, person: Person) -> None:
    """A body does not wait until the other end says that it has the head."""

    async def delays(address: Address, server: uvicorn.Server) -> list[int]:
        heard, said = await asyncio.open_connection(*address)
        said.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        await heard.readuntil(b"}")
        lines = [
            connection.transport.get_extra_info("socket")
            for connection in server.server_state.connections
        ]
        said.close()
        return [line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for line in lines]

    server = uvicorn.Server(running._config(Home(person.home), "http://127.0.0.1:8420"))
    assert while_served(person, lambda address: delays(address, server), server) == [1]


def test_one_address_does_not_have_all_connections(
    anna: Replica, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_OF_ONE", 3)

    async def crowd(address: Address) -> list[bytes]:
        lines = [await asyncio.open_connection(*address) for _ in range(4)]
        told = []
        for heard, said in reversed(lines):
            said.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            told.append(await heard.readuntil(b"}"))
        for _heard, said in lines:
            said.close()
        return told

    first, *others = while_served(person, crowd)
    assert first.startswith(b"HTTP/1.1 503")
    assert b"application/problem+json" in first
    assert b"Retry-After: 5" in first
    assert all(told.startswith(b"HTTP/1.1 200") for told in others)


Address = tuple[str, int]
Seen = TypeVar("Seen")


async def the_rest(heard: asyncio.StreamReader, said: asyncio.StreamWriter) -> bytes:
    """Read until the node closes."""
    told = await heard.read()
    said.close()
    return told


def while_served(
    person: Person,
    do: Callable[[Address], Awaitable[Seen]],
    server: uvicorn.Server | None = None,
) -> Seen:
    """Do something while a node answers in this process."""
    config = running._config(Home(person.home), "http://127.0.0.1:8420")
    server = server or uvicorn.Server(config)

    async def all_of_it() -> Seen:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            try:
                return await asyncio.wait_for(do(listening.getsockname()), timeout=20)
            finally:
                server.should_exit = True
                await serving

    return asyncio.run(all_of_it())


def test_people_who_sync_at_the_same_time_all_become_equal(
    person: Person, anna: Replica, tmp_path: Path
) -> None:
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    share(anna, ben)
    cleo = begins(Home(tmp_path / "cleo"), anna, *invites(anna, ben, name="Cleo"))
    share(anna, ben, cleo)
    with served(person) as address:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda who: talks(who, address), (ben, cleo)))
        for replica in (ben, cleo, ben):
            with Peer(address) as peer:
                become_equal(replica, peer)
    anna.refresh()
    assert printed(anna) == printed(ben) == printed(cleo)
    assert len(anna.replay.record.by_kind[Propose]) == 12
    ben.close()
    cleo.close()


def talks(replica: Replica, address: str) -> None:
    """Put forward five things, and sync after each."""
    for number in range(5):
        replica.sign(Propose("everyday", (), 0, 0), {"title": str(number), "text": "So."})
        with Peer(address) as peer:
            become_equal(replica, peer)
