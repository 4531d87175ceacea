"""Who is told that their home was restored, and who is kept waiting before they may sign."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from goround.errors import Damaged
from goround.node import exchange, proving, restored
from goround.node.exchange import ask_first, fetch_all
from goround.node.home import Home
from goround.node.nearby import Nearby
from goround.node.replica import Replica
from goround.node.restored import ASKED_AFTER, is_copied
from goround.node.staying_equal import StayingEqual
from goround.node.trust import accepted
from goround.sync.nearby import Announced, tag

AT = "https://127.0.0.1:1"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def replica(home: Home) -> Iterator[Replica]:
    replica = home.found("Bread", "Anna")
    yield replica
    replica.close()


@pytest.mark.parametrize(
    "head",
    [b"200 OK\r\nContent-Length: 9999", b"503 Busy\r\nRetry-After: 20\r\nContent-Length: 0"],
)
def test_a_place_that_brings_nothing_is_left_whatever_it_says(
    home: Home, replica: Replica, head: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LONGEST_ASKING", 0.4)
    with dawdling(b"HTTP/1.1 " + head + b"\r\n\r\n") as address:
        home.places(replica.collective).add(address, 1)
        replica.store.set_note(ASKED_AFTER, "before")
        replica.restored.asks_first, began = True, monotonic()
        ask_first(home, replica)
    assert (replica.restored.asks_first, monotonic() - began < 8) == (False, True)


def test_whoever_asks_everybody_is_not_kept_by_one_that_brings_nothing(
    home: Home, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LONGEST_ASKING", 0.4)
    with dawdling(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n") as address:
        home.places(replica.collective).add(address, 1)
        began = monotonic()
        assert fetch_all(home, replica) == []
    assert monotonic() - began < 8


@pytest.mark.parametrize("spoilt", [b"", b"no certificate", b"\xff\xfe"])
def test_a_place_whose_certificate_is_spoilt_here_keeps_nobody_from_signing(
    home: Home, replica: Replica, spoilt: bytes
) -> None:
    home.places(replica.collective).add(AT, 1)
    (home.path / "trusted").mkdir()
    (home.path / "trusted" / "https-127.0.0.1-1.pem").write_bytes(spoilt)
    with pytest.raises(Damaged, match=f"compare the fingerprint of {AT} anew"):
        accepted(home, AT)
    replica.restored.asks_first = True
    ask_first(home, replica)
    assert not replica.restored.asks_first


@contextmanager
def dawdling(head: bytes) -> Iterator[str]:
    """Answer at an address, and then a byte at a time, without an end."""
    over = Event()

    def answer() -> None:
        with suppress(OSError):
            caller, _address = server.accept()
            with caller:
                caller.recv(4096)
                caller.sendall(head)
                while not over.wait(0.1):
                    caller.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = Thread(target=answer, daemon=True)
        answering.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        over.set()
    answering.join(5)


def test_a_stick_that_tells_another_zone_of_time_is_no_copy(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, _point, part = restored.file_at(replica.store.path).partition(".")
    if not part:
        pytest.skip("this disk does not note when a file was born")

    def told(later: int) -> None:
        monkeypatch.setattr(restored, "file_at", lambda _path: f"{int(seconds) + later}.{part}")

    for hours in (-5.75, -1, 1, 12):
        told(int(hours * 3600))
        assert not is_copied(replica.store)
    for later in (1, 3601, 899):
        told(later)
        assert is_copied(replica.store)
    told(30 * 3600)
    assert is_copied(replica.store)


def test_whoever_was_asked_has_not_to_be_asked_again_because_a_disk_is_full(
    replica: Replica,
) -> None:
    replica.store.set_note(ASKED_AFTER, "before")
    replica.restored.asks_first = True
    replica.store._connection.execute("PRAGMA query_only = 1")
    replica.restored.asked()
    assert not replica.restored.asks_first


def test_strangers_nearby_do_not_keep_a_node_from_signing_by_itself(
    home: Home, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "WAIT", 60.0)  # as if they came one after the other
    collective, told = replica.collective, list[BaseException]()
    home.nearby = Nearby(home, "https://127.0.0.1:8420", b"a certificate")
    home.nearby.look()
    home.places(collective).add("http://127.0.0.1:1", 1)
    heard = Announced(bytes(32), frozenset([tag(collective, bytes(32))]))
    replica.restored.asks_first = True
    node = StayingEqual(home, home.nearby.origin, lambda _name: nullcontext(replica), told.append)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        home.nearby.appeared("x", f"https://127.0.0.1:{silent.getsockname()[1]}", heard)
        node.begin()
        until = monotonic() + 10
        while replica.restored.asks_first and monotonic() < until:
            sleep(0.05)
    node.end()
    assert (replica.restored.asks_first, told) == (False, [])
