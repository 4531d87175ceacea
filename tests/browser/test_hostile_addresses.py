"""Whatever stands in an address, in a cookie or in a body, the node answers with a page that says
what is there, and shows nothing of a collective to somebody who may not read it."""

import http.client
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from goround.collective.proposals import Propose
from goround.ids import CollectiveId, EventId
from goround.log.keys import DeviceKey
from goround.node.home import Home
from goround.sync.http import Peer
from tests.browser.conftest import assert_quiet
from tests.browser.full import Full
from tests.browser.nodes import Node
from tests.browser.profiles import Profile, begun
from tests.browser.routes import templates
from tests.browser.seen import overflow, reading
from tests.web.callers import key_of

HERE = templates(Path("nowhere"))
QUICK, REST = HERE[::2], HERE[1::2]
PLACES = [template for template in HERE if re.search(r"{(?!collective)", template)]
PARTS = re.compile(r"({[^}]*})")
HOSTILE = [
    quote(text, safe="%")
    for text in (
        "%ff%fe%c0%af",
        "%00",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "<script>alert(1)</script>",
        "'\"><svg onload=alert(2)>",
        "A" * 43,
        "_" * 43,
        "-" * 42,
        "W" * 6000,
        "ＩＤ\u202e",
        "{{7*7}}",
    )
]
SCRIPT = "?q=<script>alert(1)</script>"
QUESTIONS = ("?q=%ff%fe", f"?q={'W' * 8000}", "?state=x&kind=%00")


class Soup(NamedTuple):
    """Another collective on the same node, which Anna is in too, as another device."""

    collective: CollectiveId
    proposal: EventId
    key: DeviceKey


@pytest.fixture(scope="module")
def soup(full: Full) -> Soup:
    replica = Home(full.home).found("Soup kitchen", "Anna", "Nobody else is to read this")
    proposal = replica.sign(Propose("everyday", (), 0, 0), {"title": "Lentils", "text": "Many."})
    replica.close()
    return Soup(replica.collective, proposal, key_of(replica))


@pytest.fixture(scope="module")
def both(full: Full, soup: Soup) -> Iterator[Node]:
    started = Node(full.home)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def anna(chromium: Browser, full: Full, both: Node) -> Iterator[Profile]:
    with reading(chromium, both, full) as profile:
        yield profile


@pytest.fixture(scope="module")
def plainly(chromium: Browser, full: Full, both: Node) -> Iterator[Profile]:
    """Give her browser without scripts, where it is the node's answer that is looked at."""
    with reading(chromium, both, full, scripts=False) as profile:
        yield profile


def assert_stands(page: Page, address: str) -> None:
    """Fail where a page is none, is blown up, or lets something in that was only named."""
    assert page.get_by_role("heading", level=1).count() == 1, address
    assert not overflow(page), f"{address}: {overflow(page)}"
    assert "Lentils" not in page.content()


def filled(template: str, collective: CollectiveId, word: str) -> str:
    """Put one word into every other place of an address."""
    address = template.replace("{collective}", collective)
    return "".join(word if part.startswith("{") else part for part in PARTS.split(address))


@pytest.mark.parametrize("template", PLACES)
def test_whatever_stands_in_an_address_is_answered_by_a_page(
    anna: Profile, full: Full, soup: Soup, template: str
) -> None:
    for hostile in (*HOSTILE, soup.proposal, soup.collective):
        address = filled(template, full.collective, hostile)
        assert_stands(anna.opens(address), address)
    assert_quiet(anna)


@pytest.mark.parametrize(
    "template", QUICK + [pytest.param(t, marks=pytest.mark.soak) for t in REST]
)
def test_whatever_is_asked_of_a_page_is_answered_by_it(
    anna: Profile, plainly: Profile, full: Full, template: str
) -> None:
    if template in PLACES:
        return
    address = template.replace("{collective}", full.collective)
    assert_stands(anna.opens(address + SCRIPT), address + SCRIPT)
    for question in QUESTIONS:
        assert_stands(plainly.opens(address + question), address + question)
    assert_quiet(anna)
    assert_quiet(plainly)


@pytest.mark.parametrize("template", HERE)
def test_a_session_of_one_collective_opens_no_other(
    plainly: Profile, soup: Soup, template: str
) -> None:
    """Neither with the cookie that belongs there, nor with one that was put where it does not."""
    word = next(c["value"] for c in plainly.context.cookies() if c.get("name") == "goround")
    path = f"/c/{soup.collective}"
    plainly.context.add_cookies(
        [{"name": "goround", "value": word, "domain": "127.0.0.1", "path": path}]
    )
    address = filled(template, soup.collective, soup.proposal)
    page = plainly.opens(address)
    assert_stands(page, address)
    assert "Soup kitchen" not in page.content()
    plainly.context.clear_cookies(path=path)
    assert_quiet(plainly)


def test_no_word_of_a_session_can_be_guessed(chromium: Browser, full: Full, both: Node) -> None:
    with chromium.new_context() as context:
        eve = begun(context, both.address)
        for word in ("", "x", "A" * 43, full.key.public, full.collective, "%00", "W" * 3000):
            cookie = {"name": "goround", "value": word, "url": both.address}
            context.add_cookies([cookie])  # type: ignore[list-item]
            page = eve.opens(f"/c/{full.collective}/")
            assert "Bread" not in page.content()
        assert_quiet(eve)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"{", b'{"type": "\xff"}', b"[" * 10_000])
def test_rubbish_in_addresses_and_bodies_breaks_nothing(
    anna: Profile, full: Full, both: Node, method: str, body: bytes
) -> None:
    for path in ("/\xff", "/%ff", "/c/%ff/", f"/c/{full.collective}/%ff", "//", "/c//", "/found"):
        status, told = raw(both, method, path, body)
        assert 200 <= status < 500, f"{method} {path}: {status}"
        assert b"Traceback" not in told
        assert b"Lentils" not in told
    with Peer(both.address) as peer:
        assert peer.is_there()


def raw(node: Node, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    """Ask with bytes that no browser would send."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{node.port}\r\n".encode("latin-1")
    kind = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    with socket.create_connection(("127.0.0.1", int(node.port)), 20) as line:
        line.sendall(head + kind + body)  # at once: a node that hangs up would leave the rest
        answer = http.client.HTTPResponse(line, method=method)
        answer.begin()
        return answer.status, answer.read()
