"""How this home becomes equal with a node: pull, sign what carries no opinion, push, and again.

Nothing is signed before everything was pulled, because a copy that was restored from
somewhere may be older than what its device has said (design 3, forks).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goround.errors import Refused
from goround.node.addresses import is_of_one_computer
from goround.node.clock import now
from goround.node.copies import Kind, note_copy
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goround.ids import EventId
    from goround.log.event import Event
    from goround.log.graph import Graph
    from goround.log.past import Past
    from goround.node.replica import Replica
    from goround.sync.http import Peer
    from goround.sync.session import Outcome

MOST_ROUNDS = 30
"""Each round settles at least one thing; a change of members takes a handful."""


class Exchange(NamedTuple):
    """How many events came, went and were signed here by themselves."""

    received: int
    sent: int
    signed: int
    equal: bool


class Pulling:
    """A replica that takes in and hands out, and signs nothing."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    @property
    def graph(self) -> Graph:
        return self._replica.graph

    def events(self, ids: Sequence[EventId]) -> Iterable[Event]:
        return self._replica.events(ids)

    def bare(self) -> Iterable[EventId]:
        return self._replica.bare()

    def known(self) -> Past | None:
        return self._replica.known()

    def admit(self, events: Sequence[Event]) -> list[Event]:
        return self._replica.admit(events)

    def keep(self, events: Sequence[Event]) -> None:
        self._replica.take(events)


def become_equal(replica: Replica, peer: Peer) -> Exchange:
    """Exchange with a node until neither has anything new to say."""
    received = sent = signed = 0
    equal = False
    for _round in range(MOST_ROUNDS):
        outcome = _converse(replica, peer)
        equal = outcome.equal
        received, sent = received + outcome.received, sent + outcome.sent
        if equal:
            replica.set_restored(restored=False)
            kind = Kind.HERE if is_of_one_computer(peer.origin) else Kind.ELSEWHERE
            note_copy(replica, kind, now(), peer.origin)
        check_not_forked(replica)
        fresh = len(replica.tend())
        signed += fresh
        if not fresh:
            break
    return Exchange(received, sent, signed, equal)


def _converse(replica: Replica, peer: Peer) -> Outcome:
    """Hold one conversation; a newcomer whom the node does not know yet makes itself known."""
    if replica.key is None:
        raise Refused(_("You can read here, and say nothing: join with a link, or clone a device."))
    replica.refresh()
    try:
        return peer.sync(Pulling(replica), replica.key)
    except Refused:
        first = _first_own(replica)
        if first is None:
            raise
        peer.post(replica.collective, [first])
        return peer.sync(Pulling(replica), replica.key)


def _first_own(replica: Replica) -> Event | None:
    for name in replica.graph:
        header = replica.graph[name]
        if header.device == replica.device and header.seq == 0:
            return next(iter(replica.events([name])))
    return None


def check_not_forked(replica: Replica) -> None:
    """Raise Refused where this device turns out to have signed two histories."""
    if replica.is_forked:
        raise Refused(
            _(
                "This device has signed two different histories, perhaps because it was restored "
                "from a copy. Everything is kept, and it signs nothing more: enrol a new one from "
                "another device of yours (goround device add), or ask to be invited anew."
            )
        )
