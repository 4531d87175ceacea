"""Phones in the same room reach a laptop that vouches for itself, and everything works there."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import assert_quiet
from tests.browser.people import Person
from tests.browser.profiles import begun, looks
from tests.terminals import Terminal

PHONE = 360


@pytest.fixture
def room(tmp_path: Path) -> Iterator[str]:
    """Give the address of a node that serves whoever is in the room."""
    with Terminal(tmp_path, "laptop").serving("--lan", "--host", "127.0.0.1") as address:
        yield address


def test_two_phones_decide_over_a_certificate_that_they_accepted(
    chromium: Browser, room: str
) -> None:
    with ExitStack() as stack:

        def somebody(name: str) -> Person:
            seen = looks(PHONE, dark=False, keeps=True) | {"ignore_https_errors": True}
            made = begun(stack.enter_context(chromium.new_context(**seen)), room)
            stack.callback(assert_quiet, made)
            return Person(name, made)

        anna, ben = somebody("Anna"), somebody("Ben")
        anna.founds("Bread", "We bake for our street.")
        assert anna.page.url.startswith("https://127.0.0.1:")
        anna.invites("Ben")
        ben.joins(anna.copies_the_link_for("Ben"))
        ben.sits_with("Anna")
        cookies = ben.profile.context.cookies()
        assert cookies
        assert all(cookie["secure"] and cookie["httpOnly"] for cookie in cookies)
        ben.goes("Devices")
        ben.sees("This browser keeps no pages for when there is no network")
        for somebody_there in (anna, ben):
            somebody_there.page.close()  # each page tries it anew
            somebody_there.profile.watch.forgives("occurred when fetching the script")
