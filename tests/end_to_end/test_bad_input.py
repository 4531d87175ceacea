"""What goes wrong gets one sentence, loses nothing, and shows nobody a traceback."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.people import Person, served

REFUSED, BAD_USE, UNREACHABLE = 1, 2, 3


@pytest.fixture
def anna(tmp_path: Path) -> Person:
    person = Person("Anna", tmp_path)
    person.does("found", "Bread", "--as", "Anna")
    return person


@pytest.fixture
def ben(tmp_path: Path) -> Person:
    return Person("Ben", tmp_path)


@pytest.fixture
def address(anna: Person) -> Iterator[str]:
    with served(anna) as at:
        yield at


@pytest.fixture
def link(anna: Person, address: str) -> str:
    anna.does("invite", "Ben")
    return anna.prints("invitation", "Ben").decode().strip()


def fails(person: Person, number: int, *words: str) -> str:
    """Type something that does not work, and give the one sentence that says why."""
    done = person.tries(*words)
    said = done.stderr.decode()
    assert done.returncode == number, (words, done.stdout, said)
    assert "Traceback" not in said
    assert said.strip().count("\n") == 0, said
    return said.strip()


@pytest.mark.parametrize(
    "name",
    [
        "Аnna",
        "ANNA",
        "An\u200bna",
        "A\u0301nna",
        "\u202eannA",
        "\u200b",
        " ",
        "x" * 100,
    ],
)
def test_two_members_do_not_look_alike_and_names_can_be_seen(
    ben: Person, link: str, name: str
) -> None:
    fails(ben, REFUSED, "join", link, "--as", name)
    assert ben.does("collectives") == [], "nothing was begun"


def test_a_link_opens_once(tmp_path: Path, ben: Person, link: str) -> None:
    ben.prints("join", link, "--as", "Ben")
    eve = Person("Eve", tmp_path)
    said = fails(eve, REFUSED, "join", link, "--as", "Eve")
    assert "used" in said
    assert "Anna" in said, "whom to ask"


def test_a_link_that_was_taken_back_opens_nothing(anna: Person, ben: Person, link: str) -> None:
    anna.does("take-back", "1")
    assert "taken back" in fails(ben, REFUSED, "join", link, "--as", "Ben")


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_link_that_is_not_whole_says_so(ben: Person, link: str, cut: int) -> None:
    assert "not whole" in fails(ben, BAD_USE, "join", link[:-cut], "--as", "Ben")


def test_a_link_without_a_node_behind_it_says_so(ben: Person, anna: Person) -> None:
    anna.does("invite", "Ben")
    link = anna.prints("invitation", "Ben", "--at", "http://127.0.0.1:9").decode().strip()
    assert "127.0.0.1:9" in fails(ben, UNREACHABLE, "join", link, "--as", "Ben")


class Nonsense(http.server.BaseHTTPRequestHandler):
    """Something else that answers at an address."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>hello</html>")

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def nonsense() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), Nonsense) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_what_is_no_node_is_recognised(anna: Person) -> None:
    with nonsense() as at:
        done = anna.tries("sync", at)
    assert done.returncode == UNREACHABLE
    assert b"Traceback" not in done.stderr


def test_a_node_that_does_not_keep_the_collective_says_so(
    tmp_path: Path, anna: Person, ben: Person
) -> None:
    other = Person("Other", tmp_path)
    other.does("found", "Soup", "--as", "Oda")
    with served(other) as at:
        fails(anna, UNREACHABLE, "sync", at)


def test_a_damaged_bundle_gives_nothing(anna: Person, ben: Person, tmp_path: Path) -> None:
    file = tmp_path / "bread.bundle"
    anna.does("bundle", "write", str(file))
    whole = file.read_bytes()
    for spoilt in (whole[:-20], whole.replace(b"Bread", b"Brood"), b"", b"\xff" * 50, whole * 2):
        file.write_bytes(spoilt)
        fails(ben, UNREACHABLE, "bundle", "read", str(file))
        assert ben.does("collectives") == []


@pytest.mark.parametrize(
    "typed", [b"x" * 300_000, "\U0001f35e".encode() * 80_000, b"\xff\xfe", b""]
)
def test_a_text_that_cannot_be_kept_is_refused_before_it_is_signed(
    anna: Person, typed: bytes
) -> None:
    before = anna.prints("state")
    done = anna.tries("propose", "Long", "--text", "-", typed=typed)
    assert done.returncode in (REFUSED, BAD_USE, UNREACHABLE)
    assert done.stderr.decode().strip().endswith(".")
    assert b"Traceback" not in done.stderr
    assert b"fault of the program" not in done.stderr
    assert anna.prints("state") == before
