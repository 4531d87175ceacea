"""Whoever writes something long from a collective lets those go first who wait for it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from time import sleep

import pytest

from goround.collective.erasure import EraseOwn
from goround.collective.proposals import Propose
from goround.errors import Damaged, NotACollective
from goround.ids import CollectiveId
from goround.node.home import Home
from goround.node.replica import Replica
from goround.pages.state import state_parts
from goround.web.rooms import part_of, without_erased
from goround.web.shelf import Shelf

LONG = 200
"""Parts of what is written, each of which takes some milliseconds."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home", clock=lambda: 1_800_000_000_000)
    home.found("Bread", "Anna")
    return home


def test_who_waits_is_let_in_before_all_is_written(home: Home) -> None:
    shelf, collective = Shelf(home, 4), home.find(None)
    begun, had_it = Signal(), Signal()
    when: list[int] = []

    def parts(_replica: Replica) -> Iterator[bytes]:
        for number in range(LONG):
            begun.set()
            if had_it.is_set() and not when:
                when.append(number)
            sleep(0.005)
            yield b"%d " % number

    def wait_for_it() -> None:
        assert begun.wait(10)
        with shelf.taken(collective):
            had_it.set()

    other = Thread(target=wait_for_it)
    other.start()
    written = shelf.written(collective, parts)
    other.join(10)
    assert written == b"".join(b"%d " % number for number in range(LONG))
    assert when, "somebody waited until all was written"
    shelf.close()


def test_what_goes_wrong_while_it_is_written_is_told(home: Home) -> None:
    shelf, collective = Shelf(home, 4), home.find(None)

    def parts(_replica: Replica) -> Iterator[bytes]:
        yield b"some"
        message = "no more"
        raise LookupError(message)

    with pytest.raises(LookupError, match="no more"):
        shelf.written(collective, parts)
    with shelf.taken(collective) as replica:
        assert len(replica.graph)
    shelf.close()


def test_keys_that_are_mended_open_what_they_kept_shut(home: Home) -> None:
    shelf, collective = Shelf(home, 4), home.find(None)
    keys = home.keyring(collective).path
    whole = keys.read_bytes()
    keys.write_bytes(b"no keys")
    for _again in range(2):
        with pytest.raises(Damaged, match="does not hold keys"), shelf.taken(collective):
            pass
    keys.write_bytes(whole)
    with shelf.taken(collective) as replica:
        assert replica.key
    shelf.close()


def test_a_whole_file_that_comes_while_a_spoilt_one_is_looked_through_is_opened(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, collective = Shelf(home, 4), home.find(None)
    file, look = home.file(collective), home.replica
    whole = file.read_bytes()

    def look_for_long(named: CollectiveId) -> Replica:
        try:
            return look(named)
        finally:
            file.write_bytes(whole)

    monkeypatch.setattr(home, "replica", look_for_long)
    file.write_bytes(b"no collective")
    with pytest.raises(NotACollective), shelf.taken(collective):
        pass
    monkeypatch.setattr(home, "replica", look)
    with shelf.taken(collective) as replica:
        assert len(replica.graph)
    shelf.close()


def test_words_that_are_erased_while_a_former_member_reads_go_to_nobody(home: Home) -> None:
    replica = home.replica(home.find(None))
    said = [
        replica.sign(Propose("everyday", (), 0, 0), {"title": f"Flour {number}", "text": "Some."})
        for number in range(3)
    ]
    part = part_of(replica, replica.graph.everything())
    written = without_erased(replica.replay, part, state_parts(part, replica.device))
    begun = next(written)
    replica.sign(EraseOwn(said[2]))
    replica.tend()
    whole = begun + b"".join(written)
    assert (b"Flour 1" in whole, b"Flour 2" in whole) == (True, False)
    replica.close()
