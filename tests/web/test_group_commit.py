"""What several hand over at a time goes to the disk together, and each is told of their own."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar

import pytest

from goround.collective.devices import DeviceAdd
from goround.collective.proposals import Propose
from goround.errors import GoroundError, MissingParents, NotGenuine, Unreachable
from goround.ids import EventId
from goround.log.event import Event, Place, sign_event
from goround.log.history import check_every
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.admission import Stranger
from goround.node.home import Home
from goround.node.replica import Receipt, Replica
from goround.store import Store
from goround.web import group_commit
from goround.web.bodies import Bodies
from goround.web.group_commit import GroupCommit, Post, together
from goround.web.limits import Bounds
from goround.web.live import Live
from goround.web.problems import Denied
from goround.web.sessions import Sessions
from goround.web.shelf import Shelf
from tests.chains import device
from tests.web.callers import ORIGIN, newest

Seen = TypeVar("Seen")


class Table:
    """Anna's collective, some further devices of hers, and what each of them says next."""

    def __init__(self, home: Home, anna: Replica, devices: int = 3) -> None:
        self.home = home
        self.anna = anna
        self.keys = [DeviceKey.generate() for _ in range(devices)]
        for key in self.keys:
            assert anna.key is not None
            proof = prove_device(key, anna.collective, anna.key.public)
            anna.sign(DeviceAdd(key.public, proof))
        self.seen = newest(anna)

    def says(self, key: DeviceKey, after: Event | None = None) -> Event:
        """Sign a remark: the first of a device, or what comes after another of its own."""
        before = (after or self.seen).header
        place = (
            Place(before.seq + 1, after.id, (), before.lamport + 1)
            if after
            else Place(0, EventId(""), (self.seen.id,), before.lamport + 1)
        )
        act = {"type": "say", "on": self.anna.collective}
        return sign_event(
            key, collective=self.anna.collective, place=place, at=1, act=act, words=b'{"text":"so"}'
        )

    def commits(self, do: Callable[[GroupCommit], Awaitable[Seen]]) -> Seen:
        """Do something with what is handed over at a node of this home."""

        async def all_of_it() -> Seen:
            shelf = Shelf(self.home, 4)
            sessions = Sessions(shelf, ORIGIN, Bodies(Bounds()), Bounds())
            try:
                return await asyncio.wait_for(do(GroupCommit(shelf, Live(sessions, self.home))), 20)
            finally:
                shelf.close()

        return asyncio.run(all_of_it())

    def handed_over(self, *posts: Sequence[Event]) -> list[Receipt | BaseException]:
        """Hand over some posts at the same time, and give what became of each."""
        collective = self.anna.collective

        async def hand_over(commits: GroupCommit) -> list[Receipt | BaseException]:
            given = (commits.hand_over(collective, list(post)) for post in posts)
            return await asyncio.gather(*given, return_exceptions=True)

        return self.commits(hand_over)

    def are_kept(self, *events: Event) -> list[bool]:
        with Store.open(self.home.file(self.anna.collective)) as store:
            return [event.id in store for event in events]


@pytest.fixture
def table(home: Home, anna: Replica) -> Table:
    return Table(home, anna)


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Tell how many posts went into each commit."""
    counted: list[int] = []
    receive_each = Replica.receive_each

    def counting(self: Replica, posts: Sequence[Sequence[Event]]) -> list[Receipt | GoroundError]:
        counted.append(len(posts))
        return receive_each(self, posts)

    monkeypatch.setattr(Replica, "receive_each", counting)
    return counted


def test_what_comes_while_a_commit_is_under_way_goes_into_the_next(
    table: Table, commits: list[int]
) -> None:
    first = table.says(table.keys[0])
    second = table.says(table.keys[0], first)
    said = [first, *map(table.says, table.keys[1:]), second]

    async def hand_over(node: GroupCommit) -> list[Receipt]:
        with table.home.replica(table.anna.collective).store.writing():  # somebody else writes
            waiting = [
                asyncio.create_task(node.hand_over(table.anna.collective, [event]))
                for event in said
            ]
            await asyncio.sleep(0.05)
            assert not any(task.done() for task in waiting), "nothing is said before the disk did"
        return await asyncio.gather(*waiting)

    receipts = table.commits(hand_over)
    assert [receipt.new for receipt in receipts] == [[event.id] for event in said]
    assert all(table.are_kept(*said))
    assert commits in ([1, 2, 1], [3, 1]), "of one device, one at a time"


def test_one_bad_post_spoils_no_other(table: Table) -> None:
    good, other = table.says(table.keys[0]), table.says(table.keys[1])
    forged = Event(other.id, other.header, other.raw, bytes(64), other.content)
    early = table.says(table.keys[2], table.says(table.keys[2]))
    stranger = table.says(DeviceKey.generate())
    told = table.handed_over([good], [forged], [early], [stranger])
    assert [type(became) for became in told] == [Receipt, NotGenuine, MissingParents, Stranger]
    assert table.are_kept(good, other, early, stranger) == [True, False, False, False]


def test_of_one_post_all_is_kept_or_nothing(table: Table) -> None:
    good, stranger = table.says(table.keys[0]), table.says(DeviceKey.generate())
    third = table.says(table.keys[1])
    told = table.handed_over([good, stranger], [third])
    assert [type(became) for became in told] == [Stranger, Receipt]
    assert table.are_kept(good, stranger, third) == [False, False, True]


def test_a_post_may_rest_on_another_of_the_same_commit(table: Table) -> None:
    first = table.says(table.keys[0])
    lamport = first.header.lamport + 1
    place = Place(0, EventId(""), (first.id,), lamport)
    act = {"type": "say", "on": table.anna.collective}
    collective = table.anna.collective
    second = sign_event(table.keys[1], collective=collective, place=place, at=1, act=act)
    told = table.handed_over([first], [second])
    assert [type(became) for became in told] == [Receipt, Receipt]


def test_a_fault_that_one_post_finds_is_told_of_that_one_alone(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [table.says(key) for key in table.keys]
    check = Replica._check

    def faulty(self: Replica, events: Sequence[Event], *, strangers: bool) -> None:
        if events[0].id == said[1].id:
            raise ZeroDivisionError
        check(self, events, strangers=strangers)

    monkeypatch.setattr(Replica, "_check", faulty)
    told = table.handed_over(*([event] for event in said))
    assert [type(became) for became in told] == [Receipt, ZeroDivisionError, Receipt]
    assert table.are_kept(*said) == [True, False, True]


def test_where_the_disk_says_no_nobody_is_told_yes(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [table.says(key) for key in table.keys]

    def full(_self: Store, _events: Sequence[Event]) -> None:
        raise Unreachable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "append", full)
        told = table.handed_over(*([event] for event in said))
        assert [type(became) for became in told] == [Unreachable] * 3
    assert not any(table.are_kept(*said))
    assert all(type(became) is Receipt for became in table.handed_over(*([e] for e in said)))


def test_what_was_judged_and_not_kept_is_not_shown(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Store, _events: Sequence[Event]) -> None:
        raise Unreachable("The disk is full.")

    event = table.says(table.keys[0])
    replica = table.home.replica(table.anna.collective)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "append", full)
        with pytest.raises(Unreachable):
            replica.receive_each([[event]])
    replica.refresh()
    assert event.id not in replica.graph
    (receipt,) = replica.receive_each([[event]])
    assert isinstance(receipt, Receipt)
    assert receipt.new == [event.id]
    replica.close()


def test_what_the_node_cannot_sign_just_now_takes_nothing_from_others(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: Replica) -> list[EventId]:
        raise ZeroDivisionError

    monkeypatch.setattr(Replica, "tend", broken)
    event = table.says(table.keys[0])
    (became,) = table.handed_over([event])
    assert isinstance(became, Receipt)
    assert table.are_kept(event) == [True]


def test_a_proposal_has_its_number_with_the_commit(home: Home, anna: Replica) -> None:
    version = anna.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More."})
    other = home.replica(anna.collective)
    assert other.numbers() == {version: "1"}
    other.close()


def test_when_too_much_waits_whoever_comes_is_told_to_come_again(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "MOST_WAITING", 2)
    said = [table.says(key) for key in table.keys]
    told = table.handed_over(*([event] for event in said))
    assert [type(became) for became in told] == [Receipt, Receipt, Denied]
    (denied,) = told[2:]
    assert isinstance(denied, Denied)
    assert (denied.status, denied.headers["Retry-After"]) == (503, "2")
    assert table.are_kept(*said) == [True, True, False]
    assert type(table.handed_over([said[2]])[0]) is Receipt, "there is room again"


def test_nobody_waits_while_much_of_somebody_else_is_looked_at(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, other = table.keys[0], table.keys[1]
    much = chain_of(table, anna, group_commit.MUCH + 1)
    after, theirs = table.says(anna, much[-1]), table.says(other)
    is_begun, goes_on = threading.Event(), threading.Event()

    def slow(events: Iterable[Event]) -> None:
        looked_at = list(events)
        if len(looked_at) > group_commit.MUCH:
            is_begun.set()
            assert goes_on.wait(5), "the others waited for it"
        check_every(looked_at)

    monkeypatch.setattr("goround.web.group_commit.check_every", slow)

    async def hand_over(node: GroupCommit) -> list[Receipt]:
        collective = table.anna.collective
        begun = [asyncio.create_task(node.hand_over(collective, post)) for post in (much, [after])]
        assert await asyncio.to_thread(is_begun.wait, 5)
        receipt = await node.hand_over(collective, [theirs])
        assert not any(task.done() for task in begun)
        goes_on.set()
        return [receipt, *await asyncio.gather(*begun)]

    told = table.commits(hand_over)
    assert [receipt.new for receipt in told] == [
        [theirs.id],
        [event.id for event in much],
        [after.id],
    ]


def test_of_much_one_forged_event_spoils_all_and_nothing_else(table: Table) -> None:
    much = chain_of(table, table.keys[0], group_commit.MUCH + 1)
    last = much[-1]
    forged = Event(last.id, last.header, last.raw, bytes(64), last.content)
    theirs = table.says(table.keys[1])
    told = table.handed_over([*much[:-1], forged], [theirs])
    assert [type(became) for became in told] == [NotGenuine, Receipt]
    assert table.are_kept(much[0], theirs) == [False, True]
    assert isinstance(table.handed_over(much)[0], Receipt), "the line goes on"


def chain_of(table: Table, key: DeviceKey, many: int) -> list[Event]:
    chain = [table.says(key)]
    while len(chain) < many:
        chain.append(table.says(key, chain[-1]))
    return chain


# What goes together.


def parted(*posts: tuple[str, int], much: bool = False) -> tuple[list[int], list[int]]:
    """Name those that go together by their places, and those left; each is of some devices."""

    async def part() -> tuple[list[int], list[int]]:
        waiting = [Post([]) for _ in posts]
        for post, (devices, events) in zip(waiting, posts, strict=True):
            post.devices = {device(ord(letter)).public for letter in devices}
            post.events = [None] * events  # type: ignore[list-item]
        chosen, left = together(waiting, much=much)
        return [waiting.index(post) for post in chosen], [waiting.index(post) for post in left]

    return asyncio.run(part())


def test_a_device_that_floods_waits_for_itself() -> None:
    assert parted(("a", 1), ("a", 1), ("a", 1), ("b", 1)) == ([0, 3], [1, 2])


def test_what_one_device_said_stays_in_its_order() -> None:
    assert parted(("a", 1), ("ab", 2), ("b", 1), ("c", 1)) == ([0, 3], [1, 2])


def test_a_commit_has_so_many_events_and_one_post_always_fits() -> None:
    most = group_commit.MOST_TOGETHER
    few = [(chr(ord("a") + number), group_commit.MUCH) for number in range(most)]
    fitting = most // group_commit.MUCH
    assert parted(*few)[0] == list(range(fitting))
    assert parted(("a", most + 40)) == ([0], [])


def test_whoever_hands_over_much_goes_alone_and_in_turn_with_all_others() -> None:
    much = group_commit.MUCH + 1
    line = (("a", much), ("a", much), ("b", 1), ("c", 1), ("d", much))
    assert parted(*line, much=True) == ([0], [1, 2, 3, 4])
    assert parted(*line) == ([2, 3], [0, 1, 4])
    assert parted(("a", much), ("d", much)) == ([0], [1])


def test_what_comes_after_much_of_the_same_device_waits_for_it() -> None:
    much = group_commit.MUCH + 1
    assert parted(("a", much), ("a", 1), ("b", 1)) == ([2], [0, 1])
    assert parted(("a", much), ("a", 1)) == ([0], [1])


def test_much_does_not_overtake_what_the_same_device_said_before() -> None:
    much = group_commit.MUCH + 1
    assert parted(("a", 1), ("a", much), much=True) == ([0], [1])
    assert parted(("a", 1), ("a", much), ("b", much), much=True) == ([2], [0, 1])


def test_two_nodes_on_one_home_keep_what_both_were_given(home: Home, anna: Replica) -> None:
    table = Table(home, anna, devices=6)
    chains = {key: [table.says(key)] for key in table.keys}
    for chain, key in ((chains[key], key) for key in table.keys):
        for _ in range(4):
            chain.append(table.says(key, chain[-1]))

    async def hand_over(one: GroupCommit) -> list[Receipt]:
        shelf = Shelf(home, 4)
        sessions = Sessions(shelf, ORIGIN, Bodies(Bounds()), Bounds())
        other = GroupCommit(shelf, Live(sessions, home))

        async def all_of(node: GroupCommit, chain: list[Event]) -> list[Receipt]:
            return [await node.hand_over(anna.collective, [event]) for event in chain]

        at = [(one, other)[number % 2] for number in range(len(table.keys))]
        told = await asyncio.gather(*map(all_of, at, chains.values()))
        shelf.close()
        return [receipt for receipts in told for receipt in receipts]

    assert len(table.commits(hand_over)) == 30
    assert all(table.are_kept(*(event for chain in chains.values() for event in chain)))
