"""A node for those in the same room: its own certificate, and people who compare fingerprints."""

from pathlib import Path

import pytest

from goround.node.trust import fingerprint
from tests.terminals import Terminal

ROOM = ("--lan", "--host", "127.0.0.1")


def shown(host: Terminal) -> str:
    return fingerprint((host.home / "certificate.pem").read_text("ascii"))


def test_somebody_joins_who_compared_the_fingerprint_and_syncs_without_it(tmp_path: Path) -> None:
    anna, ben = Terminal(tmp_path, "anna"), Terminal(tmp_path, "ben")
    anna.does("found", "Bread", "--as", "Anna")
    anna.does("invite", "Ben")
    with anna.serving(*ROOM) as address:
        assert address.startswith("https://127.0.0.1:")
        link = anna.does("invitation", "Ben").strip()
        typed = shown(anna).replace(" ", ":").lower()
        said = ben.does("join", link, "--as", "Ben", "--fingerprint", typed)
        assert "you are a member of Bread" in said
        assert ben.reads("sync", address)["equal"]


def test_a_certificate_that_nobody_compared_is_not_accepted(tmp_path: Path) -> None:
    anna, ben = Terminal(tmp_path, "anna"), Terminal(tmp_path, "ben")
    anna.does("found", "Bread", "--as", "Anna")
    ben.does("found", "Soup", "--as", "Ben")
    with anna.serving(*ROOM) as address:
        code, sentence = ben.fails("sync", address)
        assert (code, "--fingerprint" in sentence) == (3, True)


def test_another_fingerprint_is_refused_and_shows_no_way_round(tmp_path: Path) -> None:
    anna, ben = Terminal(tmp_path, "anna"), Terminal(tmp_path, "ben")
    anna.does("found", "Bread", "--as", "Anna")
    ben.does("found", "Soup", "--as", "Ben")
    with anna.serving(*ROOM) as address:
        code, sentence = ben.fails("sync", address, "--fingerprint", "AAAA BBBB")
        assert (code, "another fingerprint" in sentence) == (1, True)
        assert shown(anna) not in sentence
        assert ben.fails("sync", address)[0] == 3


@pytest.mark.parametrize(
    "options",
    [("--host", "anna.example"), ("--host", "0.0.0.0"), ("--at", "https://bread.example.org")],  # noqa: S104 - it is refused
)
def test_a_room_has_one_address_of_this_machine(tmp_path: Path, options: tuple[str, str]) -> None:
    code, sentence = Terminal(tmp_path, "anna").fails("serve", "--lan", *options)
    assert (code, "--lan" in sentence) == (2, True)
