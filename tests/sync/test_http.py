"""The carrier over HTTP, against a node that really serves."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random
from threading import Event, Thread

import pytest

from goround.errors import BadUse, NotGenuine, Refused, SessionOver, Unreachable
from goround.log.keys import DeviceKey
from goround.sync import http
from goround.sync.http import Peer
from goround.sync.messages import LARGEST_MESSAGE
from goround.sync.origins import origin_of
from tests.chains import chain, device, founded, said
from tests.sync.node import Served, answers, serving
from tests.sync.replicas import Held, history

ANNA, BEN = device(1), device(2)


def sync(address: str, replica: Held, key: DeviceKey = ANNA) -> tuple[int, int, bool]:
    with Peer(address, wait=5) as peer:
        return peer.sync(replica, key)


def two_replicas() -> tuple[Held, Held]:
    events = chain(ANNA, 2)
    return Held(events), Held(events[:1])


def test_a_sync_over_http_ends_equal() -> None:
    events = history(Random(1), 30, 4)
    ours, theirs = Held(events[:10]), Held([*events[:5], *events[5:]])
    with serving(theirs) as address:
        assert sync(address, ours) == (21, 0, True)
    assert ours.everything() == theirs.everything()


def test_equal_replicas_are_done_at_once() -> None:
    events = chain(ANNA, 3)
    with serving(Held(events)) as address:
        assert sync(address, Held(events)) == (0, 0, True)


def test_a_node_that_knows_itself_by_another_address_opens_no_session() -> None:
    events = chain(ANNA, 3)
    with (
        serving(Held(events), origin="https://elsewhere.example") as address,
        pytest.raises(Refused, match="opened a session"),
    ):
        sync(address, Held(events))


def test_a_session_is_opened_once_and_anew_where_the_node_forgot_it() -> None:
    replica = Held(chain(ANNA, 3))
    with Served(replica) as server, answers(server), Peer(server.address) as peer:
        peer.sync(replica, ANNA)
        assert peer.sync(replica, ANNA) == (0, 0, True)
        assert len(server.tokens) == 1
        server.tokens.clear()
        assert peer.sync(replica, ANNA) == (0, 0, True)
        assert len(server.tokens) == 1


def test_a_node_that_knows_no_session_is_not_asked_for_ever() -> None:
    replica = Held(chain(ANNA, 3))
    with (
        Served(replica, forgets=True) as server,
        answers(server),
        Peer(server.address) as peer,
        pytest.raises(SessionOver, match="no such session"),
    ):
        peer.sync(replica, ANNA)
    assert server.opened == 1


def test_a_collective_that_is_not_there_is_said_to_be_not_there() -> None:
    with (
        serving(Held(chain(ANNA, 1))) as address,
        pytest.raises(Unreachable, match="not kept here"),
    ):
        sync(address, Held([founded(BEN)]))


def test_rubbish_from_a_node_is_told_and_changes_nothing() -> None:
    ours, theirs = two_replicas()
    with (
        serving(theirs, rubbish=b"<html>It works!</html>") as address,
        pytest.raises(NotGenuine, match="not a message"),
    ):
        sync(address, ours)
    assert len(ours.graph) == 2


def test_a_node_that_does_not_stop_talking_is_cut_off() -> None:
    ours, theirs = two_replicas()
    with (
        serving(theirs, rubbish=b"x" * (LARGEST_MESSAGE + 1)) as address,
        pytest.raises(NotGenuine, match="does not stop"),
    ):
        sync(address, ours)


def test_where_nobody_is_one_is_told_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with Peer(address) as peer:
            assert not peer.is_there()
        with pytest.raises(Unreachable, match="Nobody answers"):
            sync(address, Held(chain(ANNA, 1)))


def test_a_redirect_is_told_and_not_followed() -> None:
    replica = Held(chain(ANNA, 1))
    with serving(replica) as address, Peer(address) as peer:
        assert peer.is_there()
        with pytest.raises(Unreachable, match="points to"):
            peer._ask("POST", f"/c/{replica.graph.collective}/elsewhere")


def test_the_holder_of_a_link_reads_the_card_and_hands_in_an_event() -> None:
    events = chain(ANNA, 1)
    replica = Held(events)
    with serving(replica) as address, Peer(address) as peer:
        assert peer.card(replica.graph.collective, device(9)) == {"name": "Bread"}
        accept = said(BEN, events[0])
        assert peer.post(replica.graph.collective, [accept]) == {"kept": [accept.id]}
    assert accept.id in replica.graph


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("http://127.0.0.1:8420", "identity"),
        ("http://[::1]:8420", "identity"),
        ("https://bread.example", "gzip"),
        ("http://192.168.1.7:8420", "gzip"),
    ],
)
def test_messages_are_packed_between_two_machines(address: str, way: str) -> None:
    with Peer(address) as peer:
        assert peer._client.headers["Accept-Encoding"] == way


# A node that means no good.


@contextmanager
def answering(*pieces: bytes, pause: float = 0.0) -> Iterator[str]:
    """Answer each connection with the same bytes, a pause after each piece."""
    ended = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.02)

        def serve() -> None:
            while not ended.is_set():
                with suppress(OSError), listening.accept()[0] as line:
                    line.recv(65536)
                    for piece in pieces:
                        line.sendall(piece)
                        ended.wait(pause)

        thread = Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            ended.set()
            thread.join()


def whole(status: str, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{more}\r\n"
    return head.encode() + body


@pytest.mark.parametrize("head", [b"HTTP/1.1 2", whole("200 OK", b"{}" * 5000)[:60]])
def test_a_byte_now_and_then_is_no_answer(monkeypatch: pytest.MonkeyPatch, head: bytes) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.2)
    with (
        answering(head, *[b"0"] * 1000, pause=0.01) as address,
        Peer(address) as peer,
        pytest.raises(Unreachable, match="too slowly"),
    ):
        peer._ask("GET", "/")


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_node_that_always_asks_to_wait_is_left(
    monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    monkeypatch.setattr(http, "PATIENCE", 5.0)
    with (
        answering(whole(status, b"", "Retry-After: 99999999999\r\n")) as address,
        Peer(address) as peer,
        pytest.raises(Unreachable, match="is busy: try again in some minutes"),
    ):
        peer._ask("GET", "/")


def test_a_node_that_is_busy_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    busy = whole("503 Service Unavailable", b"", "Retry-After: 5\r\n")
    with answering(busy) as address, Peer(address) as peer:
        monkeypatch.setattr(peer._is_over, "wait", waited.append)
        with pytest.raises(Unreachable):
            peer._ask("GET", "/")
    assert waited == [5.0] * http.MOST_WAITS


@pytest.mark.parametrize(
    "body",
    [
        b'{"x":' + b"[" * 100_000,
        b'{"status":403,"detail":"' + b"x" * 5_000_000 + b'"}',
        b'{"status":403,"detail":"' + b"x" * 5_000 + b'"}',
        b'{"status":"x"}',
    ],
)
def test_what_a_node_says_is_wrong_is_one_short_sentence(body: bytes) -> None:
    with (
        answering(whole("403 Forbidden", body)) as address,
        Peer(address) as peer,
        pytest.raises(Refused) as told,
    ):
        peer._ask("GET", "/")
    assert len(str(told.value)) < 600


@pytest.mark.parametrize("host", ["a" * 300, "ä" * 300, "a..b", "\u202e", "a." * 200])
def test_a_host_that_cannot_be_is_not_reached(host: str) -> None:
    with pytest.raises(Unreachable), Peer(f"http://{host}") as peer:
        peer._ask("GET", "/")


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://127.0.0.1:8420/", "http://127.0.0.1:8420"),
        ("http://localhost:8420/c/x", "http://127.0.0.1:8420"),
        ("bread.example", "http://bread.example"),
        ("https://Bread.example:443/x#y", "https://bread.example"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_keys_belong_to_scheme_host_and_port(address: str, origin: str) -> None:
    assert origin_of(address) == origin


@pytest.mark.parametrize("address", ["", "ftp://x", "http://", "http://x:port", "file:///x"])
def test_what_is_no_address_is_bad_use(address: str) -> None:
    with pytest.raises(BadUse, match="not the address"):
        origin_of(address)
