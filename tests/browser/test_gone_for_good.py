"""The node's address is gone for good: what the browser keeps is taken along as a file, and its
person comes in again elsewhere as a further device, which the old one lets in."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import expect

from tests.browser.conftest import MakesProfile
from tests.browser.deciding import Decider
from tests.browser.nodes import Node
from tests.browser.people import Person
from tests.browser.test_offline import is_kept
from tests.browser.using import assert_usable
from tests.end_to_end.people import Person as Terminal
from tests.guides.console import free_port

DAYS = 24 * 60 * 60 * 1000


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


def test_two_who_only_had_browsers_carry_on_without_their_host(
    node: Node, profile: MakesProfile, tmp_path: Path
) -> None:
    anna, ben = (Decider(name, profile(keeps=True)) for name in ("Anna", "Ben"))
    anna.founds("Bread", "We bake")
    anna.invites("Ben")
    ben.joins(anna.copies_the_link_for("Ben"))
    anna.proposes("Rye on Fridays", "We bake rye bread on Fridays.")
    for person in (anna, ben):
        person.goes_home()
        person.sees("Rye on Fridays")
        is_kept(person)
    collective = anna.page.url.split("/")[-2]
    known = node.person.does("log", "--all")
    node.kill()
    shutil.rmtree(node.person.home)
    with sold(node.port):
        anna.hands.opens(anna.page.url)
        anna.is_home()  # and nothing is for sale

    new_port = free_port()
    files, links = {}, {}
    for person in (anna, ben):
        took = takes_it_along(person, collective, f"http://127.0.0.1:{new_port}")
        files[person.name], links[person.name] = took
    assert_usable(ben.page)
    host = Terminal("Dana", tmp_path)
    host.does("bundle", "read", str(files["Anna"]))
    there = Node(host.home, new_port)
    try:
        for person in (anna, ben):
            person.profile.watch.origin = there.address
            person.hands.opens(links[person.name])
            person.hands.presses("Yes, this device is mine")
            if person is ben:  # the new host has read the file of Anna, and nothing of Ben since
                hands_over(ben, files["Ben"])
            person.is_home()
        assert {event["id"] for event in known} <= {e["id"] for e in host.does("log", "--all")}
        for person in (anna, ben):
            person.opens_what_waits("Rye on Fridays").takes_position("agree")
        for person in (anna, ben):
            person.goes_home()
            person.sees("Decided lately")
            person.sees("Rye on Fridays")
        (decided,) = [p for p in host.does("proposals") if p["title"] == "Rye on Fridays"]
        assert decided["status"] == "decided"
    finally:
        there.stop()


def hands_over(person: Person, file: Path) -> None:
    """Give a node that has not heard of one's device the file in which it is let in."""
    expect(person.heading("This node has not heard of it yet")).to_be_visible()
    choose = person.page.get_by_label("The file")
    locked = b'["goround/encrypted/1","salt"]\n\xff'
    for wrong, said in (
        (b"no\n", "This is not such a file, or it was damaged on its way."),
        (locked, "This file is encrypted, and is read in a terminal"),
    ):
        choose.set_input_files({"name": "x", "mimeType": "text/plain", "buffer": wrong})
        person.hands.presses("Hand it over, and come in")
        person.sees(said)
    choose.set_input_files(file)
    person.hands.presses("Hand it over, and come in")


def takes_it_along(person: Person, collective: str, to: str) -> tuple[Path, str]:
    """Look at the page that is there though nobody answers, and take all of it along."""
    is_long_ago(person, collective)
    sign = person.page.locator("#unconnected")
    expect(sign).to_contain_text("Nobody has answered at this address since")
    person.hands.follows("What you can do", sign)
    person.sees("It may be gone for good. You lose nothing but the address")
    person.hands.writes("The new address", to)
    with person.page.expect_download() as saved:
        person.hands.presses("Make the file and the link")
    assert saved.value.suggested_filename == "Bread.bundle"
    expect(person.page.locator("#waiting")).to_contain_text("That a further device is yours")
    link = person.page.get_by_role("textbox", name="The link").input_value()
    assert link.startswith(f"{to}/c/{collective}/device#")
    return saved.value.path(), link


def is_long_ago(person: Person, collective: str) -> None:
    """Let days have gone by since the node answered, and open the page once more."""
    long_ago = int(time.time() * 1000) - 5 * DAYS
    body = "await (await module('kept')).setNote(given[0], 'reached', given[1]);"
    home = person.page.url
    script = f"async (given) => {{ {OF_THIS_PROGRAM} {body} }}"
    person.page.evaluate(script, [collective, long_ago])
    person.hands.opens(home)


OF_THIS_PROGRAM = """
  const [{ src }] = document.querySelectorAll("script[type=module]");
  const base = src.slice(0, src.lastIndexOf("/"));
  const module = (name) => import(`${base}/${name}.js`);
"""
