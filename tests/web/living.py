"""People who use a node, and somebody who abuses it: everything that a log could give away."""

import re
import socket
from pathlib import Path

import httpx2
import pytest

from goround.collective.proposals import Propose
from goround.errors import GoroundError
from goround.log.keys import DeviceKey
from goround.node.exchange import become_equal
from goround.node.home import Home
from goround.node.replica import Replica
from goround.sync.http import Peer
from tests.web.callers import begins, invites, key_of, newest
from tests.web.hosted import Hosted

WRITTEN = ("Xanthippe", "Yggdrasil", "Sourdough", "Quinoa", "sesame", "sausage", "cucumber")
"""Words that people use in this story, none of which is a word of the program."""
ADDRESSES = ("127.0.0.1", "::1", "203.0.113")
LOOKS_LIKE_AN_ID = re.compile(r"[A-Za-z0-9_-]{20,}")


def found(home: Home) -> Replica:
    """Found the collective of this story."""
    return home.found("Sourdough", "Xanthippe", "Quinoa for all")


def live(node: Hosted, founded: Replica, folder: Path) -> set[str]:
    """Do what people do, and what they should not; give every secret and id that was in use."""
    at = f"{node.address}/c/{founded.collective}"
    ben = begins(Home(folder / "ben"), founded, *invites(founded, name="Yggdrasil"))
    with Peer(node.address) as peer:
        peer.post(founded.collective, [newest(ben)])
        become_equal(ben, peer)
        ben.sign(Propose("everyday", (), 0, 0), {"title": "Quinoa", "text": "More."})
        become_equal(ben, peer)
        with pytest.raises(GoroundError):
            peer.sync(founded, DeviceKey.generate())
        token = peer._session(founded.collective, key_of(founded))
    told = read_pages(at, token)
    be_hostile(node, at)
    used = {str(name) for replica in (founded, ben) for name in replica.graph}
    ben.close()
    return used | {founded.collective, key_of(ben).public, key_of(founded).public, token, told}


def read_pages(at: str, token: str) -> str:
    """Read as a member does, and with a feed's address; give its secret."""
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(headers=headers) as client:
        for page in ("round", "proposals?find=sesame", "members", "history?find=sausage", "state"):
            assert client.get(f"{at}/{page}").status_code < 500
        url: str = client.post(f"{at}/feed").json()["url"]
        assert client.get(url, headers={"Authorization": ""}).status_code == 200
    return url.partition("key=")[2]


def be_hostile(node: Hosted, at: str) -> None:
    """Ask what nobody should ask."""
    path = at.removeprefix(node.address)
    for line in (
        b"SAUSAGE / HTTP/1.1",
        b"GET /sesame?sausage=cucumber HTTP/1.1",
        b"GET /c/cucumber/round HTTP/1.1",
        b"GET " + path.encode() + b"/live HTTP/1.1\r\nAuthorization: Bearer sesame",
        b'GET /c/%0a%0d{"what":"sesame"}/round HTTP/1.1',
        b"POST " + path.encode() + b"/check HTTP/1.1\r\nContent-Length: 7\r\n\r\nsesame",
        b"GET /healthz HTTP/1.1\r\nX-Forwarded-For: 203.0.113.77\r\nUser-Agent: sausage",
        b"\x16\x03\x01 sesame",
        b"GET / HTTP/9.9 sesame",
    ):
        with socket.create_connection(node.host, timeout=10) as connection:
            connection.sendall(line + b"\r\nHost: cucumber\r\nConnection: close\r\n\r\n")
            connection.recv(200)


def given_away(text: str, used: set[str]) -> list[str]:
    """Give what of this story can be read in a text."""
    words = (*WRITTEN, *ADDRESSES, *used)
    read = [word for word in words if word.casefold() in text.casefold()]
    return read + LOOKS_LIKE_AN_ID.findall(text)
