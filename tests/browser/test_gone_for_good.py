"""The node's address is gone for good: what the browser keeps is taken along as a file, and its
person comes in again elsewhere as a further device, which the old one lets in."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.callers import Founder
from tests.browser.conftest import MakesProfile
from tests.browser.nodes import Node
from tests.browser.people import Person
from tests.browser.test_offline import is_kept
from tests.browser.using import assert_usable
from tests.end_to_end.people import Person as Terminal

DAYS = 24 * 60 * 60 * 1000


@pytest.fixture
def ben(founder: Founder, profile: MakesProfile) -> Person:
    """Give Ben, who has nothing of the collective but a browser."""
    ben = Person("Ben", profile(keeps=True)).joins(founder.link_for("Ben"))
    is_kept(ben)
    return ben


@pytest.fixture
def elsewhere(founder: Founder, tmp_path: Path) -> Iterator[Node]:
    """Give another node, which has what there was, in the home of somebody who only carries it."""
    founder.home.prints("bundle", "write", str(tmp_path / "until-then"))
    started = Node(tmp_path / "elsewhere")
    started.person.prints("bundle", "read", str(tmp_path / "until-then"))
    yield started
    started.stop()


class ForSale(BaseHTTPRequestHandler):
    """What stands at an address that somebody else has got."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>This address is for sale</h1>")

    do_POST = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def sold(port: str) -> Iterator[None]:
    """Let somebody else answer at a port."""
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), ForSale)
    thread = Thread(target=partial(server.serve_forever, poll_interval=0.05))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_whoever_only_had_a_browser_carries_on_elsewhere(
    ben: Person, founder: Founder, node: Node, elsewhere: Node, profile: MakesProfile
) -> None:
    long_ago = int(time.time() * 1000) - 5 * DAYS
    body = "await (await module('kept')).setNote(given[0], 'reached', given[1]);"
    home = ben.page.url
    node.kill()
    with sold(node.port):
        ben.hands.opens(home)
        ben.is_home()  # and nothing is for sale
    ben.page.evaluate(
        f"async (given) => {{ {OF_THIS_PROGRAM} {body} }}", [founder.collective, long_ago]
    )
    ben.hands.opens(home)
    sign = ben.page.locator("#unconnected")
    expect(sign).to_contain_text("Nobody has answered at this address since")
    ben.hands.follows("What you can do", sign)
    ben.sees("It may be gone for good. You lose nothing but the address")
    ben.hands.writes("The new address", f"{elsewhere.address}/c/whatever")
    with ben.page.expect_download() as saved:
        ben.hands.presses("Make the file and the link")
    file = saved.value.path()
    assert saved.value.suggested_filename == "Bread.bundle"
    line = ben.page.get_by_role("textbox", name="The link")
    link = line.input_value()
    assert link.startswith(f"{elsewhere.address}/c/{founder.collective}/device#")
    expect(ben.page.locator("#waiting")).to_contain_text("That a further device is yours")
    assert_usable(ben.page)
    somebody = Terminal("Cleo", file.parent)  # any Goround reads it
    assert somebody.does("bundle", "read", str(file))["received"] > 5
    comes_in_elsewhere(Person("Ben", profile()), link, file, elsewhere)
    assert len(elsewhere.person.does("members")[1]["devices"]) == 2


def comes_in_elsewhere(ben: Person, link: str, file: Path, node: Node) -> None:
    """Open the link at a node that has not read the file."""
    ben.profile.watch.origin = node.address
    ben.hands.opens(link)
    ben.hands.presses("Yes, this device is mine")
    expect(ben.heading("This node has not heard of it yet")).to_be_visible()
    choose = ben.page.get_by_label("The file")
    choose.set_input_files({"name": "x", "mimeType": "text/plain", "buffer": b"no\n"})
    ben.hands.presses("Hand it over, and come in")
    ben.sees("This is not such a file, or it was damaged on its way.")
    locked = b'["goround/encrypted/1","salt"]\n\xff'
    choose.set_input_files({"name": "x", "mimeType": "text/plain", "buffer": locked})
    ben.hands.presses("Hand it over, and come in")
    ben.sees("This file is encrypted, and is read in a terminal")
    choose.set_input_files(file)
    ben.hands.presses("Hand it over, and come in")
    ben.is_home()
    ben.sits_with("Anna", "Ben")


OF_THIS_PROGRAM = """
  const [{ src }] = document.querySelectorAll("script[type=module]");
  const base = src.slice(0, src.lastIndexOf("/"));
  const module = (name) => import(`${base}/${name}.js`);
"""
