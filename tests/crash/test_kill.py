"""P7: an event that was acknowledged survives kill -9, at whatever moment it comes."""

import time
from pathlib import Path
from random import Random

import pytest

from goround.ids import EventId
from goround.log.event import Event
from goround.node.exchange import become_equal
from goround.node.home import Home
from goround.store import Store
from goround.sync.http import Peer
from tests.crash.appending import Appending, Member
from tests.crash.crowd import Crowd, gather
from tests.crash.served import serving
from tests.web.callers import printed


@pytest.fixture
def crowd(tmp_path: Path) -> Crowd:
    return gather(tmp_path / "home")


def kept(crowd: Crowd) -> list[Event]:
    with Store.open(Home(crowd.home).file(crowd.collective)) as store:
        return [event for _row, event in store.since()]


def check(members: list[Member], before: set[EventId], now: list[Event]) -> None:
    """Every acknowledged event is here, of a batch all or nothing, and nothing else."""
    here = {event.id for event in now}
    expected = set(before)
    for member in members:
        assert here.issuperset(member.acknowledged)
        expected.update(member.acknowledged)
        unsure = {event.id for event in member.unsure}
        assert unsure <= here or not unsure & here
        expected |= unsure & here
    assert here == expected


def a_moment(chance: Random) -> int:
    """Choose how many acknowledgements to wait for: often none, while the node still loads."""
    return chance.choice([0, chance.randrange(8), chance.randrange(48)])


def kill_over_and_over(crowd: Crowd, times: int, chance: Random) -> None:
    start = kept(crowd)
    members = [Member(crowd, key, start, chance) for key in crowd.keys]
    for _ in range(times):
        with serving(crowd.home) as node:
            appending = Appending(members, node.address)
            appending.wait_for(a_moment(chance))
            time.sleep(chance.uniform(0, 0.01))
            node.kill()
            appending.end()
        check(members, {event.id for event in start}, kept(crowd))
    assert sum(len(member.acknowledged) for member in members) > times


def check_goes_on(crowd: Crowd, folder: Path) -> None:
    """Check that a member becomes equal with the node, and that both show the same."""
    home = Home(folder)
    home.keyring(crowd.collective).keep_device(crowd.keys[0])
    member = home.new_replica(crowd.collective, kept(crowd)[:1])
    with serving(crowd.home) as node:
        with Peer(node.address) as peer:
            become_equal(member, peer)
        node.stop()
    host = Home(crowd.home).replica(crowd.collective)
    host.key = crowd.keys[0]
    assert printed(host) == printed(member)
    host.close()
    member.close()


def test_what_was_acknowledged_is_there_after_each_of_thirty_kills(
    crowd: Crowd, tmp_path: Path
) -> None:
    kill_over_and_over(crowd, 30, Random(1))
    check_goes_on(crowd, tmp_path / "member")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_it_is_there_after_three_hundred(crowd: Crowd, tmp_path: Path, seed: int) -> None:
    kill_over_and_over(crowd, 30, Random(100 + seed))
    check_goes_on(crowd, tmp_path / "member")
