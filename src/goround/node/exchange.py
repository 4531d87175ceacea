"""How this home becomes equal with a node: pull, sign what carries no opinion, push, and again.

Nothing is signed before everything was pulled, because a copy that was put back may be older than
what its device has said (design 3, forks): whoever hears that from others signs nothing more.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext, suppress
from threading import Event as Flag
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from goround.collective.devices import introduced_by
from goround.errors import BadUse, NotGenuine, Refused, Unreachable
from goround.node.serving import is_own
from goround.sentences import _
from goround.sync.session import Outcome, converse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from goround.ids import EventId
    from goround.log.event import Event
    from goround.log.graph import Graph
    from goround.log.past import Past
    from goround.node.home import Home
    from goround.node.replica import Replica
    from goround.sync.http import Peer
    from goround.sync.session import Conversation, Tell

WAIT = 3.0
"""Seconds in which a place answers that is asked before anything is signed."""
LONGEST_ASKING = 6.0
"""Seconds after which no further place is asked, and a place is left that brings nothing, whatever
it says: a laptop without a network signs as well."""
MOST_ROUNDS = 30
"""Each round settles at least one thing; a change of members takes a handful."""


WITHOUT_A_KEY = _(
    "This home has no key in this collective, so no node talks with it. What others said comes "
    "with a file of theirs (goround bundle read FILE), or from a member who syncs with this home "
    "while it is served (goround serve)."
)


class Exchange(NamedTuple):
    """How many events came, went and were signed here by themselves, and how it ended.

    Where both were equal they held so many `events`, all up to this `row` of the file here.
    """

    received: int
    sent: int
    signed: int
    equal: bool
    events: int = 0
    row: int = 0


Hold: TypeAlias = "Callable[[], AbstractContextManager[Replica]]"
"""Lets somebody have a replica for a moment."""


class Pulling:
    """A replica that takes in and hands out, and signs nothing."""

    def __init__(self, replica: Replica) -> None:
        self.replica = replica

    @property
    def graph(self) -> Graph:
        return self.replica.graph

    def events(self, ids: Sequence[EventId]) -> Iterable[Event]:
        return self.replica.events(ids)

    def bare(self) -> Iterable[EventId]:
        return self.replica.bare()

    def known(self) -> Past | None:
        return self.replica.known()

    def admit(self, events: Sequence[Event]) -> list[Event]:
        return self.replica.admit(events)

    def keep(self, events: Sequence[Event]) -> None:
        self.replica.take(events)


class Told(NamedTuple):
    """What a replica held when it last said what it holds."""

    events: int
    row: int


def become_equal(replica: Replica, peer: Peer, tell: Tell | None = None) -> Exchange:
    """Exchange with a node until neither has anything new to say."""
    return exchange(lambda: nullcontext(replica), peer, tell)


def become_equal_at(home: Home, replica: Replica, peer: Peer, tell: Tell | None = None) -> Exchange:
    """Do so at an address that somebody here gave: from then on the collective lives there too."""
    done = become_equal(replica, peer, tell)
    places, now = home.places(replica.collective), home.clock()
    with suppress(BadUse, Unreachable):  # there are many already, or nothing can be written
        if not is_own(home, peer.origin):
            places.add(peer.origin, now)
    if done.equal:
        places.note_equal(peer.origin, done.events, now)
    return done


def exchange(hold: Hold, peer: Peer, tell: Tell | None = None) -> Exchange:
    """Do the same with a replica that others use too: it is held while we do, not while we wait."""
    received = sent = signed = 0
    outcome, told = Outcome(0, 0, equal=False), Told(0, 0)
    for _round in range(MOST_ROUNDS):
        outcome, told = _converse(hold, peer, tell)
        received, sent = received + outcome.received, sent + outcome.sent
        with hold() as replica:
            check_not_forked(replica)
            fresh = len(replica.tend())
        signed += fresh
        if not fresh:
            break
    return Exchange(received, sent, signed, outcome.equal, *told)


def ask_first(home: Home, replica: Replica) -> None:
    """Fetch what places hold before this device signs after a start, as far as anybody answers."""
    if replica.restored.asks_first:
        until = monotonic() + LONGEST_ASKING
        for address in home.others(replica.collective):
            if monotonic() < until:
                _is_met(home, replica, address, until)
        replica.restored.asked()


def fetch_all(home: Home, replica: Replica) -> list[str]:
    """Become equal with each place and sign nothing; tell which of them answered."""
    known = home.others(replica.collective)
    return [address for address in known if _is_met(home, replica, address)]


def _is_met(home: Home, replica: Replica, address: str, until: float | None = None) -> bool:
    with suppress(Unreachable, NotGenuine, Refused):
        meet(home, replica, address, until)
        return True
    return False


def meet(home: Home, replica: Replica, address: str, until: float | None = None) -> None:
    """Become equal with a place and sign nothing, while somebody waits for it.

    Raises Unreachable, NotGenuine or Refused; also where nothing comes from it in good time.
    """
    from goround.node.reaching import peer_at  # noqa: PLC0415 - see there

    until = monotonic() + LONGEST_ASKING if until is None else until
    with peer_at(home, address, WAIT) as peer, _left(peer, until) as tell:
        _converse(lambda: nullcontext(replica), peer, tell)


@contextmanager
def _left(peer: Peer, until: float) -> Iterator[Tell]:
    """Leave a place at a time, and then whenever nothing came from it for as long as we ask."""
    done, came = Flag(), Flag()

    def leave() -> None:
        pause = max(0.0, until - monotonic())
        while not done.wait(pause):
            if not came.is_set():
                peer.close()
                return
            came.clear()
            pause = LONGEST_ASKING

    leaving = Thread(target=leave, daemon=True)
    leaving.start()
    try:
        yield lambda _progress: came.set()
    finally:
        done.set()
        leaving.join()


def _converse(hold: Hold, peer: Peer, tell: Tell | None) -> tuple[Outcome, Told]:
    """Hold one conversation; a newcomer whom the node does not know yet makes itself known."""
    with hold() as replica:
        if replica.key is None:
            raise Refused(WITHOUT_A_KEY)
        replica.refresh()
        collective, key, coming = replica.collective, replica.key, _introduction(replica)
    talk = Talk(hold, tell)
    try:
        return peer.carry(collective, key, talk.steps()), talk.told
    except Refused:
        if not coming:
            raise
        peer.post(collective, coming)
        talk = Talk(hold, tell)
        return peer.carry(collective, key, talk.steps()), talk.told


class Talk:
    """A conversation in which the replica is held while it is asked, and not while we wait."""

    def __init__(self, hold: Hold, tell: Tell | None) -> None:
        self._hold = hold
        self._tell = tell
        self.told = Told(0, 0)

    def steps(self) -> Conversation:
        """Go through the conversation; `told` is then what was here when it last began anew."""
        with self._hold() as replica:
            pulling = Pulling(replica)
            conversation = converse(pulling, self._tell)
            request, said = next(conversation), _held(replica)
        while True:
            answer = yield request
            self.told = said
            with self._hold() as replica:
                pulling.replica = replica  # it may have been closed meanwhile, and opened again
                try:
                    request = conversation.send(answer)
                except StopIteration as end:
                    outcome: Outcome = end.value
                    return outcome
                said = _held(replica)


def _held(replica: Replica) -> Told:
    return Told(len(replica.graph), replica.newest)


def _introduction(replica: Replica) -> list[Event]:
    """Return the first event of this device, behind what let it in: a sheet of paper that did so
    with a file is no device which would tell the node of that by itself."""
    graph, device = replica.graph, replica.device
    mine = [name for name in graph if graph[name].device == device and graph[name].seq == 0]
    if not mine or device is None:
        return []
    view = replica.view()
    added = introduced_by(view.record, device, view.past)
    return list(replica.events([*([added.id] if added else []), *mine]))


def check_not_forked(replica: Replica) -> None:
    """Raise Refused where this device turns out to have signed two histories."""
    if replica.is_forked:
        raise Refused(
            _(
                "This device has signed two different histories, perhaps because it was restored "
                "from a copy. Everything is kept, and it signs nothing more: let a new one in, in "
                "another home, from a device of yours that still speaks, or ask the others to "
                "invite you anew."
            )
        )
