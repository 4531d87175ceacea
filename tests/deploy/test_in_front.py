"""What whoever hosts is told to put in front of a node works: with the servers themselves."""

import ssl
import threading
from pathlib import Path
from typing import Any

import httpx2
import pytest

from goround.collective.proposals import Propose
from goround.node.certificate import Certificate, own_certificate
from goround.node.exchange import become_equal
from goround.node.home import Home
from goround.sync.http import Peer
from tests.deploy.fronts import Front, caddy, free_port, nginx, standing
from tests.web.callers import begins, invites, key_of, newest
from tests.web.hosted import hosted

LINES = {"Content-Type": "application/x-ndjson"}


def trusting(certificate: Certificate) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate.file))


@pytest.mark.parametrize("front", [nginx, caddy])
def test_everything_goes_through_a_server_in_front(tmp_path: Path, front: Front) -> None:
    home, port, own = Home(tmp_path / "anna"), free_port(), free_port()
    anna = home.found("Bread", "Anna")
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    certificate = own_certificate(Home(tmp_path / "front"), "127.0.0.1")
    origin, trust = f"https://127.0.0.1:{port}", trusting(certificate)
    with hosted(home.path, "--at", origin, "--no-founding", port=own) as node:
        line = front(tmp_path, port, own, certificate)
        with standing(line, tmp_path, port) as told, Peer(origin, trust=trust) as peer:
            peer.post(anna.collective, [newest(ben)])
            assert become_equal(ben, peer).equal
            hears_at_once(peer, trust, ben)
            is_told_what_is_too_large(origin, trust, anna.collective)
            counts_who_asks(origin, trust, anna.collective)
        assert node.stops() == 0
    written = told.read_text("utf-8") + "".join(
        log.read_text("utf-8") for log in tmp_path.glob("error.log")
    )
    assert anna.collective not in written
    anna.close()
    ben.close()


def hears_at_once(peer: Peer, trust: ssl.SSLContext, ben: Any) -> None:  # noqa: ANN401
    """Let a stream tell of something that is said while it goes on."""
    token = peer._session(ben.collective, key_of(ben))
    asked = f"{peer.origin}/c/{ben.collective}/live"
    headers = {"Authorization": f"Bearer {token}"}
    told: list[str] = []
    with (
        httpx2.Client(verify=trust, timeout=10) as client,
        client.stream("GET", asked, headers=headers) as stream,
    ):
        for line in stream.iter_lines():
            told += [line] if line.startswith("data:") else []
            if len(told) == 1 and not line:
                ben.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More."})
                thread = threading.Thread(target=become_equal, args=(ben, peer))
                thread.start()
                thread.join()
            if len(told) == 2:
                return
    raise AssertionError("Nothing was told.")


def is_told_what_is_too_large(origin: str, trust: ssl.SSLContext, collective: str) -> None:
    """See to it that the node answers, not what stands in front."""
    with httpx2.Client(verify=trust, timeout=20) as client:
        url = f"{origin}/c/{collective}/events"
        told = client.post(url, content=b"x" * 9_000_000, headers=LINES)
    assert (told.status_code, told.json()["reason"]) == (413, "body-size")


def counts_who_asks(origin: str, trust: ssl.SSLContext, collective: str) -> None:
    """Ask too much from one address, which claims to be many, and then from another."""
    assert 429 in statuses(origin, trust, collective, "127.0.0.1", most=100)
    assert statuses(origin, trust, collective, "127.0.0.9", most=2) == [415, 415]


def statuses(
    origin: str, trust: ssl.SSLContext, collective: str, address: str, most: int
) -> list[int]:
    way = httpx2.HTTPTransport(verify=trust, local_address=address)
    told: list[int] = []
    with httpx2.Client(transport=way, timeout=20) as client:
        for number in range(most):
            claimed = {"X-Forwarded-For": f"203.0.113.{number}", "Content-Type": "text/plain"}
            url = f"{origin}/c/{collective}/events"
            told.append(client.post(url, content=b"x", headers=claimed).status_code)
            if told[-1] == 429:
                break
    return told
