"""How two replicas become equal, without I/O: one asks and the other answers, and a carrier takes
the bytes between them. The one who asks says what it holds in 43 letters; where that differs, it
gets what it lacks, then hands over what the other lacks, and asks again. Chains have no gaps, so
heads are all that has to be compared. Rules S3 to S9 of docs/protocol.md."""

from collections.abc import Generator, Iterable, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from goround.errors import NotGenuine
from goround.ids import EventId
from goround.log.event import Event
from goround.log.graph import Graph, check_fit
from goround.log.past import Past
from goround.log.vector import Vector, digest, lacking
from goround.sync.messages import (
    EQUAL,
    MOST_EVENTS,
    Differs,
    Digest,
    Give,
    Have,
    Kept,
    Message,
    Want,
    batch,
    decode_message,
    encode_message,
)

MOST_ROUNDS = 1000
MOST_BARE = 500
"""Events without words that are asked for at a time, and answered."""


class Replica(Protocol):
    """What a conversation needs of a replica."""

    @property
    def graph(self) -> Graph: ...

    def events(self, ids: Sequence[EventId]) -> Iterable[Event]:
        """Give these events, which are all here, with their words, in this order."""

    def bare(self) -> Iterable[EventId]:
        """Name events whose words are not here, though nobody erased them."""

    def keep(self, events: Sequence[Event]) -> None:
        """Store these and take them into the graph, all or none, durable on return.

        They are genuine and fit; some may be known already and come with words that were missing.
        Whoever must sign something in answer does it here, so that it travels at once.
        """


class Outcome(NamedTuple):
    """How many events came and went; not `equal` where the other shows or takes only a part."""

    received: int
    sent: int
    equal: bool


# ------------------------------------------------------------------------------------- who asks


def converse(replica: Replica) -> Generator[bytes, bytes, Outcome]:
    """Yield what to send, expect the answer to each, and return once both hold the same.

    Raises NotGenuine where an answer is rubbish; what was kept until then stays.
    """
    received = sent = 0
    for _ in range(MOST_ROUNDS):
        bare = list(islice(replica.bare(), MOST_BARE))
        if (yield from _is_same(replica)) and not bare:
            return Outcome(received, sent, equal=True)
        have = yield from _ask(replica, Want(replica.graph.vector(), bare), Have)
        came = _take(replica, have.events, bare)
        went, equal = yield from _hand_over(replica, have.vector)
        received, sent = received + came, sent + went
        if equal or not (came or went):
            return Outcome(received, sent, equal)
    return Outcome(received, sent, equal=False)


def _is_same(replica: Replica) -> Generator[bytes, bytes, bool]:
    """Ask whether the other holds the same: under a kilobyte, where it does (S3)."""
    mine = digest(replica.graph.vector())
    answer = yield encode_message(replica.graph.collective, Digest(mine))
    if answer != EQUAL:
        _expect(replica, answer, Differs)
    return answer == EQUAL


def _hand_over(replica: Replica, theirs: Vector) -> Generator[bytes, bytes, tuple[int, bool]]:
    """Hand over a batch of what the other lacks; tell how much of it was new, and whether all is
    the same now (S5)."""
    ids = lacking(replica.graph, theirs)[:MOST_EVENTS]
    if not ids:
        return 0, digest(theirs) == digest(replica.graph.vector())
    kept = yield from _ask(replica, Give(batch(replica.events(ids))), Kept)
    return kept.fresh, kept.digest == digest(replica.graph.vector())


Answer = TypeVar("Answer", Have, Kept, Differs)


def _ask(replica: Replica, message: Message, kind: type[Answer]) -> Generator[bytes, bytes, Answer]:
    answer = yield encode_message(replica.graph.collective, message)
    return _expect(replica, answer, kind)


def _expect(replica: Replica, raw: bytes, kind: type[Answer]) -> Answer:
    answer = decode_message(replica.graph.collective, raw)
    if not isinstance(answer, kind):
        raise NotGenuine("message", "The other replica answered something that was not asked.")
    return answer


# ----------------------------------------------------------------------------------- who answers


def answer(replica: Replica, raw: bytes, shown: Past | None = None) -> bytes:
    """Answer a message, EQUAL where there is nothing to say; raise NotGenuine for rubbish.

    Whoever asks is shown no more than `shown`, where that is given: a former member, say.
    """
    collective = replica.graph.collective
    match decode_message(collective, raw):
        case Digest(theirs):
            same = theirs == digest(_vector(replica, shown))
            return EQUAL if same else encode_message(collective, Differs())
        case Want(vector, bare):
            events = _batch_for(replica, vector, bare, shown)
            return encode_message(collective, Have(_vector(replica, shown), events))
        case Give(events):
            fresh = _take(replica, events, [])
            return encode_message(collective, Kept(fresh, digest(_vector(replica, shown))))
        case Differs() | Have() | Kept():
            raise NotGenuine("message", "A message answers where it should ask.")


def _vector(replica: Replica, shown: Past | None) -> Vector:
    graph = replica.graph
    if shown is None:
        return graph.vector()
    heads = {device: shown.newest(device) for device in graph.heads()}
    return {
        device: [part for head in _longest_first(graph, ids) for part in (graph[head].seq, head)]
        for device, ids in heads.items()
        if ids
    }


def _longest_first(graph: Graph, ids: Iterable[EventId]) -> list[EventId]:
    return sorted(ids, key=lambda head: (-graph[head].seq, head))


def _batch_for(
    replica: Replica, theirs: Vector, bare: list[EventId], shown: Past | None
) -> list[Event]:
    """Choose what somebody lacks, parents first; where that is nothing, words that they miss."""
    seen = replica.graph.everything() if shown is None else shown
    ids = [event_id for event_id in lacking(replica.graph, theirs) if event_id in seen]
    if ids:
        return batch(replica.events(ids[:MOST_EVENTS]))
    known = [event_id for event_id in dict.fromkeys(bare[:MOST_BARE]) if event_id in seen]
    return batch(
        event
        for event in replica.events(sorted(known, key=lambda name: replica.graph[name].lamport))
        if event.content is not None
    )


# ------------------------------------------------------------------------------------------ both


def _take(replica: Replica, events: Iterable[Event], bare: Iterable[EventId]) -> int:
    """Keep what is new of a batch, or raise and keep nothing of it; count what was kept (S6)."""
    wanted = set(bare)
    new = (
        event
        for event in events
        if event.id not in replica.graph or (event.id in wanted and event.content is not None)
    )
    fitting = _with_parents(replica.graph, new)
    check_fit(replica.graph, fitting)
    if fitting:
        replica.keep(fitting)
    return len(fitting)


def _with_parents(graph: Graph, events: Iterable[Event]) -> list[Event]:
    """Leave out what rests on something that is not here (S7).

    It comes again. Where a device forked, whoever has the shorter branch takes it for a part of the
    longer, which it does not know yet, and leaves it out of what it hands over.
    """
    fitting: dict[EventId, Event] = {}
    for event in events:
        parents = (*event.header.seen, *filter(None, [event.header.prev]))
        if all(parent in graph or parent in fitting for parent in parents):
            fitting[event.id] = event
    return list(fitting.values())
