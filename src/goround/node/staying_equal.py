"""Keeps the collectives of a home equal with their places while it is served: one thread looks what
was written and whom to call (sync/calling.py), and each conversation goes on in a thread of its
own, in which a collective is held only while it is asked something. No page waits for a place.
Addresses are those of places.py and, in a local network, of nearby.py, and no others."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from random import random
from threading import Event as Flag
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from goround.errors import GoroundError, Unreachable
from goround.ids import CollectiveId, is_id
from goround.node.exchange import exchange
from goround.node.places import changed_at
from goround.node.serving import is_own
from goround.node.written import Written
from goround.sentences import _
from goround.sync import calling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from goround.node.exchange import Exchange
    from goround.node.home import Home
    from goround.node.nearby import Nearby
    from goround.node.replica import Replica
    from goround.sync.calling import Line
    from goround.sync.http import Peer

    Taken = Callable[[CollectiveId], AbstractContextManager[Replica]]
    OnFault = Callable[[BaseException], object]

LOOKS_EVERY = 0.25
"""Seconds between two looks at what was written."""
AFTER_A_FAULT = 60.0
"""Seconds without a look, where the program itself broke."""
LONGEST_END = 2.0
"""Seconds in which conversations have to end when the node stops."""


class Whom(NamedTuple):
    """Who is called, and about which collective."""

    collective: CollectiveId
    address: str


class StayingEqual:
    """What a node does beside answering, from its start to its end."""

    def __init__(self, home: Home, origin: str, taken: Taken, on_fault: OnFault) -> None:
        self._home = home
        self._origin = origin
        self._taken = taken
        self._on_fault = on_fault
        self._lines: dict[Whom, Line] = {}
        self._tried: set[Whom] = set()
        self._read: dict[CollectiveId, tuple[int, ...]] = {}
        self._written = Written(home)
        self._lock = Lock()
        self._over = Flag()
        self._peers: set[Peer] = set()
        self._threads: set[Thread] = set()

    def begin(self) -> None:
        """Begin to look, and to call."""
        self._start(self._run)
        if self._home.nearby:
            self._start(partial(self._be_found, self._home.nearby))

    def end(self) -> None:
        """Call nobody any more, and let what goes on end; it is all on the disk already."""
        self._over.set()
        with self._lock:
            peers, threads = list(self._peers), list(self._threads)
        for peer in peers:
            peer.close()
        until = monotonic() + LONGEST_END
        for thread in threads:
            thread.join(max(0.0, until - monotonic()))

    def _start(self, do: Callable[[], None]) -> None:
        def run() -> None:
            try:
                do()
            except Exception as error:  # noqa: BLE001 - the node goes on, and its host is told
                self._on_fault(error)
            finally:
                with self._lock:
                    self._threads.discard(thread)

        thread = Thread(target=run, daemon=True)
        with self._lock:
            self._threads.add(thread)
        thread.start()

    # ----------------------------------------------------------------------------------- nearby

    def _be_found(self, nearby: Nearby) -> None:
        """Announce this node in its network, and hear who else is there, as long as it serves."""
        # Only whoever serves a room does so: the others start faster without the library.
        from goround.node.announcing import announcing  # noqa: PLC0415

        told = ""
        while not self._over.is_set():
            try:
                with announcing(nearby) as said:
                    told = ""
                    while not self._over.wait(LOOKS_EVERY):
                        said.renew()
            except Exception as error:  # noqa: BLE001 - the node goes on, and its host is told
                if (why := repr(error)) != told:  # once: a network without multicast stays so
                    self._on_fault(error)
                told = why
                self._over.wait(AFTER_A_FAULT)

    def _found(self, collective: CollectiveId) -> list[str]:
        nearby = self._home.nearby
        return [place.address for place in nearby.places(collective)] if nearby else []

    # ---------------------------------------------------------------------------------- looking

    def _run(self) -> None:
        try:
            while not self._over.wait(LOOKS_EVERY):
                self._look()
        finally:
            self._written.close()

    def _look(self) -> None:
        try:
            self._learn()
            self._notice()
            self._call_who_is_due()
        except Exception as error:  # noqa: BLE001 - as above; and it does not say so all the time
            self._on_fault(error)
            self._over.wait(AFTER_A_FAULT)

    def _learn(self) -> None:
        """Read which places there are, where anything about that has changed."""
        stamps = {name: self._stamp(name) for name in self._named()}
        for collective in [name for name in stamps | self._read if self._is_new(name, stamps)]:
            self._put(collective, self._addresses(collective))
        self._read = stamps

    def _named(self) -> set[CollectiveId]:
        nearby = self._home.nearby
        return {*_with_places(self._home), *(nearby.collectives() if nearby else ())}

    def _is_new(self, name: CollectiveId, stamps: dict[CollectiveId, tuple[int, ...]]) -> bool:
        return stamps.get(name) != self._read.get(name)

    def _stamp(self, collective: CollectiveId) -> tuple[int, ...]:
        keys, file = self._home.keyring(collective).path, self._home.file(collective)
        places, nearby = self._home.places(collective), self._home.nearby
        found = nearby.stamp() if nearby else 0
        return places.stamp(), changed_at(keys), file.exists(), found

    def _addresses(self, collective: CollectiveId) -> list[str]:
        """Name the places with which a collective is kept equal: only where we are a member."""
        home = self._home
        try:
            if not home.keeps(collective) or home.keyring(collective).device is None:
                return []
            known = [place.address for place in home.places(collective).all()]
        except Unreachable:  # who looks at it is told: goround places, goround doctor
            return []
        known = list(dict.fromkeys([*known, *self._found(collective)]))
        return [a for a in known if a != self._origin and not is_own(home, a)]

    def _put(self, collective: CollectiveId, addresses: list[str]) -> None:
        now, wanted = monotonic(), {Whom(collective, address) for address in addresses}
        with self._lock:
            for whom in [w for w in self._lines if w.collective == collective and w not in wanted]:
                del self._lines[whom]
            nearby = set(self._found(collective))
            for whom in wanted - self._lines.keys():
                begin = calling.found if whom.address in nearby else calling.begun
                self._lines[whom] = begin(now, random())  # noqa: S311 - no secret
        if not wanted:
            self._written.forget(collective)

    def _notice(self) -> None:
        """Call soon where something was written, by whichever program."""
        rows = {name: self._written.row(name) for name in {w.collective for w in self._lines}}
        with self._lock:
            for whom, line in self._lines.items():
                row = rows.get(whom.collective, 0)
                self._lines[whom] = calling.written(line, row, monotonic(), random())  # noqa: S311

    # ---------------------------------------------------------------------------------- calling

    def _call_who_is_due(self) -> None:
        with self._lock:
            due = calling.due(self._lines, monotonic())
            self._lines |= {whom: calling.called(self._lines[whom]) for whom in due}
        for whom in due:
            self._start(partial(self._call, whom))

    def _call(self, whom: Whom) -> None:
        try:
            done = self._converse(whom)
        except GoroundError as error:
            self._missed(whom)
            if not self._over.is_set():
                self._note_silent(whom, str(error))
        except BaseException:
            self._missed(whom)
            raise
        else:
            self._reached(whom, done)
            if done.equal:
                self._note_equal(whom, done.events)
            else:
                self._note_silent(whom, _("It shows or takes only a part."))
        self._begin_to_sign(whom)

    def _begin_to_sign(self, whom: Whom) -> None:
        """Let this device sign by itself, once each place was asked or tried after a start.

        Who is only found nearby is not waited for: anybody can announce what others do.
        """
        named = {Whom(whom.collective, at) for at in self._home.others(whom.collective)}
        with self._lock:
            self._tried.add(whom)
            if self._over.is_set() or not named & self._lines.keys() <= self._tried:
                return
        with suppress(GoroundError), self._taken(whom.collective) as replica:
            if replica.restored.asks_first:
                replica.restored.asked()
                replica.tend()

    def _note_equal(self, whom: Whom, events: int) -> None:
        now, nearby = self._home.clock(), self._home.nearby
        if self._is_named(whom):
            self._home.places(whom.collective).note_equal(whom.address, events, now)
        elif nearby:
            nearby.note_equal(whom.collective, whom.address, events, now)

    def _note_silent(self, whom: Whom, told: str) -> None:
        now, nearby = self._home.clock(), self._home.nearby
        if self._is_named(whom):
            self._home.places(whom.collective).note_silent(whom.address, told, now)
        elif nearby:
            nearby.note_silent(whom.collective, whom.address, told, now)

    def _is_named(self, whom: Whom) -> bool:
        """Tell whether somebody named this place: then it is trusted as they said, and no more."""
        if self._home.nearby is None:
            return True
        try:
            known = self._home.places(whom.collective).all()
        except GoroundError:
            return False
        return whom.address in [place.address for place in known]

    def _converse(self, whom: Whom) -> Exchange:
        with self._reach(whom) as peer:
            with self._lock:
                self._peers.add(peer)
            try:
                return exchange(lambda: self._held(whom), peer)
            finally:
                with self._lock:
                    self._peers.discard(peer)

    def _reach(self, whom: Whom) -> Peer:
        # A node that knows of no place does without the HTTP client.
        from goround.node.proving import proven_peer  # noqa: PLC0415
        from goround.node.reaching import peer_at  # noqa: PLC0415

        nearby = self._home.nearby
        if nearby is None or self._is_named(whom):
            return peer_at(self._home, whom.address)
        return proven_peer(nearby, whom.collective, whom.address, lambda: self._held(whom))

    def _held(self, whom: Whom) -> AbstractContextManager[Replica]:
        if self._over.is_set() or whom not in self._lines:
            raise Unreachable(_("This place is asked no more."))
        return self._taken(whom.collective)

    def _reached(self, whom: Whom, done: Exchange) -> None:
        with self._lock:
            if whom in self._lines:
                many = len(self._lines)
                self._lines[whom] = calling.reached(done.row, monotonic(), random(), many)  # noqa: S311

    def _missed(self, whom: Whom) -> None:
        with self._lock:
            if whom in self._lines:
                self._lines[whom] = calling.missed(self._lines[whom], monotonic(), random())  # noqa: S311


def _with_places(home: Home) -> Iterator[CollectiveId]:
    """Name the collectives of which any place is known."""
    with suppress(OSError):
        for path in (home.path / "places").iterdir():
            if path.suffix == ".json" and is_id(path.stem):
                yield CollectiveId(path.stem)
