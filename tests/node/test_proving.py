"""Nothing goes to a node nearby before a member's device has stood up for its certificate."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import msgspec
import pytest

from goround.collective.devices import DeviceAdd, DeviceRetire
from goround.collective.members import Name
from goround.errors import GoroundError
from goround.ids import DeviceId, decode
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_certificate, prove_device
from goround.node.certificate import own_certificate
from goround.node.clock import Clock, now
from goround.node.home import Home
from goround.node.nearby import Nearby
from goround.node.proving import is_of_a_member, proven_peer
from goround.node.replica import Replica
from goround.node.signing import make_event
from goround.sync.nearby import announce, read
from tests.web.callers import begins, invites, key_of, newest, share

HERE = "https://127.0.0.1:8420"

Said = tuple[DeviceId, str] | None
Answers = Callable[[bytes, str, bytes, str], Said]
"""Given nonce, call, certificate and origin, says who stands behind it."""


class Pair:
    """Anna, who looks round, and Ben, whose laptop may be nearby."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.anna = Home(folder / "anna").found("Bread", "Anna")
        self.home = Home(folder / "ben")
        self.ben = begins(self.home, self.anna, *invites(self.anna))
        self.anna.receive([newest(self.ben)], strangers=True)
        share(self.anna, self.ben)
        self.nearby = Nearby(Home(folder / "anna"), HERE, b"Anna's own")

    def asks(self, address: str) -> None:
        held = lambda: nullcontext(self.anna)  # noqa: E731 - one word
        proven_peer(self.nearby, self.anna.collective, address, held).close()

    def honestly(self, nonce: bytes, called: str, certificate: bytes, origin: str) -> Said:
        """Answer as Ben's node does."""
        at_ben = Nearby(self.home, origin, certificate)
        at_ben.look()
        return at_ben.answer(nonce, called)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.anna.close()
    made.ben.close()


@contextmanager
def answering(
    folder: Path, answers: Answers, clock: Clock = now
) -> Iterator[tuple[str, list[str]]]:
    """Serve with a certificate, and note everything that is said."""
    heard: list[str] = []
    kept = own_certificate(Home(folder / "room", clock), "127.0.0.1")
    certificate = ssl.PEM_cert_to_DER_cert(kept.file.read_text("ascii"))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append(f"{self.requestline}\n{self.headers}\n{body.decode()}")
            asked = msgspec.json.decode(body)
            said = answers(decode(asked["nonce"]), asked["call"], certificate, origin)
            told = dict(zip(("device", "proof"), said, strict=True)) if said else {}
            raw = msgspec.json.encode(told)
            self.send_response(200 if said else 404)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(kept.file, kept.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    origin = f"https://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield origin, heard
    finally:
        server.shutdown()
        server.server_close()


def test_a_members_laptop_shows_that_it_is_one_of_us(pair: Pair) -> None:
    with answering(pair.folder, pair.honestly) as (address, heard):
        pair.asks(address)
    assert len(heard) == 1


@pytest.mark.parametrize("year", [1990, 2060])
def test_a_laptop_whose_clock_is_years_off_is_one_of_us_all_the_same(pair: Pair, year: int) -> None:
    moment = (year - 1970) * 365 * 24 * 3600 * 1000
    with answering(pair.folder, pair.honestly, lambda: moment) as (address, _heard):
        pair.asks(address)


def impostors(pair: Pair) -> dict[str, Answers]:
    collective, ben = pair.anna.collective, key_of(pair.ben)
    stranger = DeviceKey.generate()

    def by(
        key: DeviceKey, change: Callable[[bytes, bytes, str], tuple[bytes, bytes, str]]
    ) -> Answers:
        def answer(nonce: bytes, _called: str, certificate: bytes, origin: str) -> Said:
            nonce, shown, at = change(nonce, certificate, origin)
            return key.public, prove_certificate(key, collective, nonce, at, shown)

        return answer

    return {
        "who passes on what is asked": lambda n, c, _cert, at: pair.honestly(n, c, b"his own", at),
        "Ben's word for his certificate": by(ben, lambda n, _c, at: (n, b"his own", at)),
        "Ben's word for another place": by(ben, lambda n, c, _at: (n, c, HERE)),
        "Ben's word of yesterday": by(ben, lambda _n, c, at: (bytes(32), c, at)),
        "a stranger": by(stranger, lambda *all_of_it: all_of_it),
        "a copy of Anna's own home": by(key_of(pair.anna), lambda *all_of_it: all_of_it),
        "who talks rubbish": lambda *_: (DeviceId("x"), "y"),
    }


@pytest.mark.parametrize("who", range(7))
def test_who_cannot_show_that_learns_nothing_but_that_somebody_asked(pair: Pair, who: int) -> None:
    name, answers = list(impostors(pair).items())[who]
    with answering(pair.folder, answers) as (address, heard), pytest.raises(GoroundError):
        pair.asks(address)
    assert len(heard) == 1, name
    (said,) = heard
    assert said.startswith("POST /nearby ")
    assert "Authorization" not in said
    secrets = pair.anna.collective, key_of(pair.anna).public
    assert not any(secret in said for secret in secrets)


def added(replica: Replica) -> DeviceId:
    key = DeviceKey.generate()
    replica.sign(
        DeviceAdd(key.public, prove_device(key, replica.collective, key_of(replica).public))
    )
    return key.public


def test_a_retired_device_and_whoever_has_it_is_none_of_us_any_more(pair: Pair) -> None:
    phone = added(pair.ben)
    share(pair.anna, pair.ben)
    assert is_of_a_member(pair.anna, phone)
    pair.ben.sign(DeviceRetire(phone))
    share(pair.anna, pair.ben)
    assert not is_of_a_member(pair.anna, phone)


def test_a_device_that_signed_two_histories_stands_for_nobody(pair: Pair) -> None:
    device = key_of(pair.ben).public
    assert is_of_a_member(pair.anna, device)
    two = [make_event(pair.ben, Name(), {"person": name}) for name in ("Ben", "Benjamin")]
    pair.anna.receive(two, strangers=True)
    assert not is_of_a_member(pair.anna, device)


def test_what_is_announced_is_a_place_until_it_is_not_and_never_far_away(pair: Pair) -> None:
    announced = read(announce([pair.anna.collective], bytes(32), bytes(32)))
    assert announced
    nearby = Nearby(Home(pair.folder / "anna"), "https://192.168.1.5:8420", b"Anna's own")
    nearby.appeared("ben", "https://192.168.1.7:8420", announced)
    assert not nearby.collectives(), "it was not looked yet what is here"
    assert nearby.look()
    nearby.appeared("herself", nearby.origin, announced)
    nearby.appeared("far", "https://8.8.8.8:8420", announced)
    nearby.note_silent(pair.anna.collective, "https://192.168.1.7:8420", "Nobody.", 7)
    nearby.note_equal(pair.anna.collective, "https://192.168.1.7:8420", 3, 9)
    (place,) = nearby.places(pair.anna.collective)
    assert (place.address, place.equal, place.silent) == ("https://192.168.1.7:8420", 9, 0)
    nearby.vanished("ben")
    assert not nearby.collectives()


def test_a_node_at_which_nobody_shows_a_certificate_is_one_sentence(pair: Pair) -> None:
    with pytest.raises(GoroundError, match="Nobody answers"):
        pair.asks("https://127.0.0.1:1")
