"""How two replicas become equal, without I/O: one asks and the other answers, and a carrier takes
the bytes between them. The one who asks says what it holds in 43 letters; where that differs, it
gets what it lacks, then hands over what the other lacks, and asks again. Chains have no gaps, so
heads are all that has to be compared. Rules S3 to S9 of docs/protocol.md."""

from collections.abc import Callable, Generator, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from goround.errors import NotGenuine
from goround.ids import DeviceId, EventId
from goround.log.event import Event
from goround.log.graph import Graph, check_fit
from goround.log.past import Past
from goround.log.vector import Vector, digest, lacking, landmarks, pairs
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

    def known(self) -> Past | None:
        """Give what is told of and compared: all but what only strangers said; None for all."""

    def admit(self, events: Sequence[Event]) -> list[Event]:
        """Choose what to take of events that somebody sent; the rest is left out."""

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


class Progress(NamedTuple):
    """How many events came and went so far, and how many, about, have yet to."""

    received: int
    sent: int
    to_come: int
    to_go: int


Tell: TypeAlias = Callable[[Progress], object]
"""Is told how far a conversation is, after each round of it."""

Conversation: TypeAlias = Generator[bytes, bytes, Outcome]
"""Yields what to send, expects the answer to each, and returns what came of it."""


# ------------------------------------------------------------------------------------- who asks


def converse(replica: Replica, tell: Tell | None = None) -> Conversation:
    """Yield what to send, expect the answer to each, and return once both hold the same.

    Raises NotGenuine where an answer is rubbish; what was kept until then stays.
    """
    received = sent = asked = given = 0  # the latter two: what came or went for nothing, in a row
    for _ in range(MOST_ROUNDS):
        bare = list(islice(replica.bare(), MOST_BARE))
        same = yield from _is_same(replica)
        if same and not bare:
            return Outcome(received, sent, equal=True)
        mine = _landmarks(replica, replica.known())
        have = yield from _ask(replica, Want(mine, bare, asked), Have)
        came = _take(replica, replica.admit(have.events), bare)
        offered, went = yield from _hand_over(replica, have.landmarks, given)
        received, sent = received + came, sent + went
        if tell:
            tell(Progress(received, sent, *_left(replica, have.landmarks, offered)))
        if came or went:  # either now knows more of what the other holds, and chooses anew
            asked = given = 0
        elif (not have.events and not offered) or asked > len(replica.graph):
            return Outcome(received, sent, same)
        else:
            asked, given = asked + len(have.events), given + offered
    return Outcome(received, sent, equal=False)


def _left(replica: Replica, theirs: Vector, offered: int) -> tuple[int, int]:
    """Reckon how much has yet to come and to go: chains have no gaps, so their lengths tell."""
    mine = {device: _length(heads) for device, heads in _landmarks(replica).items()}
    to_come = sum(max(0, _length(heads) - mine.get(device, 0)) for device, heads in theirs.items())
    to_go = len(_lacking(replica, theirs, replica.known())) - offered
    return to_come, max(0, to_go)


def _length(heads: list[Any]) -> int:
    return 1 + max(seq for seq, _id in pairs(heads))


def _is_same(replica: Replica) -> Generator[bytes, bytes, bool]:
    """Ask whether the other holds the same: under a kilobyte, where it does (S3)."""
    mine = digest(_vector(replica, replica.known()))
    answer = yield encode_message(replica.graph.collective, Digest(mine))
    if answer != EQUAL:
        _expect(replica, answer, Differs)
    return answer == EQUAL


def _hand_over(
    replica: Replica, theirs: Vector, skip: int
) -> Generator[bytes, bytes, tuple[int, int]]:
    """Hand over a batch of what the other lacks; tell how many, and how many were new (S5)."""
    ids = _lacking(replica, theirs, replica.known())[skip : skip + MOST_EVENTS]
    if not ids:
        return 0, 0
    events = batch(replica.events(ids))
    kept = yield from _ask(replica, Give(events), Kept)
    return len(events), kept.fresh


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


Choose = Callable[[list[Event]], list[Event]]
"""Chooses what to take of events that somebody sent."""


def answer(
    replica: Replica, raw: bytes, part: Past | None = None, admit: Choose | None = None
) -> bytes:
    """Answer a message, EQUAL where there is nothing to say; raise NotGenuine for rubbish.

    Whoever asks is shown no more than `part`, where that is given: a former member, say. Of what
    they hand over the replica takes what it admits, or `admit` chooses more narrowly (S11).
    """
    return reply(replica, decode_message(replica.graph.collective, raw), part, admit)


def reply(
    replica: Replica, message: Message, part: Past | None = None, admit: Choose | None = None
) -> bytes:
    """Answer a message that was read already."""
    collective, shown = replica.graph.collective, part or replica.known()
    match message:
        case Digest(theirs):
            same = theirs == digest(_vector(replica, shown))
            return EQUAL if same else encode_message(collective, Differs())
        case Want() as want:
            events = _batch_for(replica, want, shown)
            return encode_message(collective, Have(_landmarks(replica, shown), events))
        case Give(events):
            fresh = _take(replica, (admit or replica.admit)(events), [])
            return encode_message(collective, Kept(fresh))
        case Differs() | Have() | Kept():
            raise NotGenuine("message", "A message answers where it should ask.")


def _vector(replica: Replica, shown: Past | None) -> Vector:
    """Give the vector of a part of what is here: a head of it lies at the end of each branch."""
    if shown is None:
        return replica.graph.vector()
    marks = landmarks(replica.graph, _heads(replica, shown))
    ends = {name for heads in _heads(replica, shown).values() for name in heads}
    return {
        device: [part for pair in pairs(found) if pair[1] in ends for part in pair]
        for device, found in marks.items()
    }


def _batch_for(replica: Replica, want: Want, shown: Past | None) -> list[Event]:
    """Choose what somebody lacks, parents first; where that is nothing, words that they miss."""
    seen = replica.graph.everything() if shown is None else shown
    ids = _lacking(replica, want.landmarks, shown)
    if ids:
        return batch(replica.events(ids[want.skip : want.skip + MOST_EVENTS]))
    known = [name for name in dict.fromkeys(want.bare[:MOST_BARE]) if name in seen]
    in_order = sorted(known, key=lambda name: (replica.graph[name].lamport, name))
    return batch(event for event in replica.events(in_order) if event.content is not None)


# ------------------------------------------------------------------------------------------ both


def _lacking(replica: Replica, theirs: Vector, shown: Past | None) -> list[EventId]:
    ids = lacking(replica.graph, theirs)
    return ids if shown is None else [name for name in ids if name in shown]


def _heads(replica: Replica, shown: Past | None) -> dict[DeviceId, tuple[EventId, ...]]:
    heads = replica.graph.heads()
    if shown is None:
        return heads
    found = {device: shown.newest(device) for device in heads}
    return {device: names for device, names in found.items() if names}


def _landmarks(replica: Replica, shown: Past | None = None) -> Vector:
    return landmarks(replica.graph, _heads(replica, shown))


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
    """Leave out what rests on something that is not here: it comes again (S7).

    That happens where the other replica grew between two of its answers.
    """
    fitting: dict[EventId, Event] = {}
    for event in events:
        parents = (*event.header.seen, *filter(None, [event.header.prev]))
        if all(parent in graph or parent in fitting for parent in parents):
            fitting[event.id] = event
    return list(fitting.values())
