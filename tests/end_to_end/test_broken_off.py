"""A long transfer over a bad line: packed where a network lies between, and never begun anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.relay import Relay
from goround.collective.proposals import Propose
from goround.errors import Broken
from goround.node.exchange import become_equal
from goround.node.home import Home
from goround.node.replica import Replica
from goround.sync import retrying
from goround.sync.http import Peer
from goround.sync.messages import LARGEST_BATCH
from tests.end_to_end.people import Person
from tests.end_to_end.test_nothing_new import served_behind
from tests.guides.console import free_port
from tests.web.callers import begins, invites, newest

LONG = 200_000
"""Letters of a text: a good twenty of them fill a batch."""
MANY = 50


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Replica]:
    replica = Home(tmp_path / "anna").found("Bread", "Anna")
    yield replica
    replica.close()


@pytest.fixture
def ben(anna: Replica, tmp_path: Path) -> Iterator[Replica]:
    """Somebody who lacks everything, with a device that Anna's node knows."""
    replica = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    anna.receive([newest(replica)])
    for number in range(MANY):
        words = {"title": str(number), "text": f"{number} loaves. " * (LONG // 12)}
        anna.sign(Propose("everyday", (), 0, 0), words)
    yield replica
    replica.close()


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    with Relay() as found:
        found.behind = int(free_port())
        with served_behind(found, Person("anna", tmp_path)):
            found.forget()
            yield found


def test_a_connection_that_breaks_is_taken_up_where_it_was(
    ben: Replica, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "PAUSES", (0.01,))
    relay.breaks_after = LARGEST_BATCH * 3 // 2
    with Peer(relay.origin) as peer:
        assert become_equal(ben, peer).equal
    assert relay.breaks == 1
    whole = MANY * LONG
    assert whole < relay.came < whole + LARGEST_BATCH


def test_what_came_until_then_is_kept_for_the_next_time(
    ben: Replica, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "PAUSES", (0.01, 0.01))
    relay.breaks_after, relay.is_lasting, behind = LARGEST_BATCH * 3 // 2, True, relay.behind
    with Peer(relay.origin) as peer, pytest.raises(Broken, match="What came is kept"):
        become_equal(ben, peer)
    ben.refresh()
    kept = len(ben.graph)
    assert 10 < kept < MANY
    relay.behind = behind
    with Peer(relay.origin) as peer:
        done = become_equal(ben, peer)
    assert done.equal
    assert done.received == len(ben.graph) - kept - done.signed


def test_through_a_network_both_pack_what_they_say(ben: Replica, relay: Relay) -> None:
    with Peer(relay.origin, packs=True) as peer:
        assert become_equal(ben, peer).equal
        assert relay.came < MANY * LONG / 20, "words pack well"
        relay.forget()
        ben.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "rye " * (LONG // 4)})
        assert become_equal(ben, peer).equal
    assert len(relay.went) < LONG / 20
