"""A node that is told to stop finishes what is under way and leaves in order."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from goround.log.bundle import encode_line
from goround.node.home import Home
from goround.node.replica import Replica
from goround.sync.http import Peer
from goround.web.running import GRACE
from tests.web.callers import begins, invites, key_of, newest
from tests.web.hosted import Hosted, hosted

UNFINISHED = (
    b"POST /found HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
    b"Content-Length: 99\r\n\r\n{"
)
BOTH = pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])


def left(home: Path) -> list[str]:
    """Name what says that a node answers, or that a file was not closed."""
    files = [*home.glob("serving-*"), *home.glob("collectives/*-wal")]
    return sorted(file.name for file in files)


def stopped(node: Hosted, told: int) -> float:
    """Tell a node to stop; give the seconds that it took to leave with 0."""
    began = time.monotonic()
    node.process.send_signal(told)
    assert node.process.wait(timeout=30) == 0
    return time.monotonic() - began


@BOTH
def test_an_idle_node_leaves_at_once_and_leaves_nothing_behind(
    home: Home, anna: Replica, told: int
) -> None:
    anna.close()
    with hosted(home.path) as node:
        with Peer(node.address) as peer:
            assert peer._nonce(anna.collective)
        assert left(home.path) != []
        assert stopped(node, told) < GRACE
        assert node.log.read_bytes() == b""
    assert left(home.path) == []


def test_a_request_that_is_under_way_is_finished(home: Home, anna: Replica, tmp_path: Path) -> None:
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    anna.close()
    anna.close()
    body = encode_line(newest(ben))
    head = (
        f"POST /c/{anna.collective}/events HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-ndjson\r\n\r\n"
    )
    with hosted(home.path) as node, socket.create_connection(node.host, timeout=20) as line:
        line.sendall(head.encode() + body[:50])
        settles(node)
        node.process.send_signal(signal.SIGTERM)
        until_refused(node)
        line.sendall(body[50:])
        assert line.recv(1000).startswith(b"HTTP/1.1 201")
        assert node.process.wait(timeout=20) == 0
    again = home.replica(anna.collective)
    assert newest(ben).id in again.graph
    again.close()
    assert left(home.path) == []
    ben.close()


def settles(node: Hosted) -> None:
    """Wait until a node has read what was sent before."""
    with Peer(node.address) as peer:
        assert peer.is_there()


def until_refused(node: Hosted) -> None:
    """Wait until nobody new is taken in."""
    until(lambda: cannot_connect(node))


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(400):
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError("It never came to be so.")


def cannot_connect(node: Hosted) -> bool:
    try:
        socket.create_connection(node.host, timeout=5).close()
    except OSError:
        return True
    return False


def test_streams_are_told_that_it_is_over_and_hold_up_nobody(home: Home, anna: Replica) -> None:
    with hosted(home.path) as node, socket.create_connection(node.host, timeout=20) as line:
        with Peer(node.address) as peer:
            token = peer._session(anna.collective, key_of(anna))
        asked = (
            f"GET /c/{anna.collective}/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}"
        )
        line.sendall(f"{asked}\r\n\r\n".encode())
        assert b"changed" in reads(line, b"changed")
        took = stopped(node, signal.SIGTERM)
        assert b'{"type":"over"}' in reads(line, b"over")
    assert took < GRACE
    anna.close()


def reads(line: socket.socket, wanted: bytes) -> bytes:
    told = b""
    while wanted not in told:
        more = line.recv(1000)
        assert more, told
        told += more
    return told


def test_whoever_never_finishes_does_not_hold_up_the_stop_for_longer_than_the_grace(
    home: Home, anna: Replica
) -> None:
    with hosted(home.path) as node, socket.create_connection(node.host, timeout=20) as line:
        line.sendall(UNFINISHED)
        settles(node)
        assert GRACE - 1 < stopped(node, signal.SIGTERM) < GRACE + 4
    assert not [name for name in left(home.path) if name.startswith("serving")]


@BOTH
def test_who_is_told_twice_leaves_at_once(home: Home, anna: Replica, told: int) -> None:
    with hosted(home.path) as node, socket.create_connection(node.host, timeout=20) as line:
        line.sendall(UNFINISHED)
        settles(node)
        began = time.monotonic()
        node.process.send_signal(told)
        until_refused(node)
        assert tells_until_it_ends(node, told) == 128 + told
        assert time.monotonic() - began < GRACE - 1
    assert not [name for name in left(home.path) if name.startswith("serving")]


def tells_until_it_ends(node: Hosted, told: int) -> int:
    """Tell a node to stop again and again, as somebody does who loses patience."""
    for _ in range(100):
        node.process.send_signal(told)
        with suppress(subprocess.TimeoutExpired):
            return node.process.wait(timeout=0.1)
    raise AssertionError("It went on.")


@BOTH
def test_who_is_told_twice_at_once_leaves_in_order(home: Home, anna: Replica, told: int) -> None:
    anna.close()
    with hosted(home.path) as node:
        settles(node)
        node.process.send_signal(told)
        assert stopped(node, told) < GRACE
    assert left(home.path) == []


def as_typed() -> dict[str, str]:
    """Give the surroundings of a make that somebody types, also where another make runs this."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }


@BOTH
def test_make_run_ends_without_a_complaint(home: Home, anna: Replica, told: int) -> None:
    anna.close()
    node = subprocess.Popen(
        ["/usr/bin/make", "-o", ".venv/installed", "run", f"HOME_DIR={home.path}", "PORT=0"],
        cwd=Path(__file__).parents[2],
        env=as_typed() | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with node:
        assert node.stdout
        assert b"answers at" in node.stdout.readline()  # and it may not have begun to yet
        os.killpg(node.pid, told)  # as a terminal does
        _out, err = node.communicate(timeout=30)
    assert err == b""
    assert left(home.path) == []
