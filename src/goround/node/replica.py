"""A replica is one collective in one home: its file, what follows from it, and this device's key.

Several programs use one home at once, so the file is the truth: a replica reads what others
wrote before it answers, and signs only while it holds the file's lock. An event is in the
file before anybody learns of it.

What is taken in, signed and tended stands together here, long as that is, because all of it goes
through one lock and one undoing: whatever fails, this knows no more than the file does.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from goround.collective.devices import owner
from goround.collective.keeping import next_of
from goround.collective.proposals import Propose
from goround.errors import GoroundError, NotGenuine, Refused
from goround.log.event import erased
from goround.log.graph import check_fit
from goround.log.history import check_every
from goround.node.admission import Stranger, admitted, check_known, known_part
from goround.node.clock import now
from goround.node.erasing import Erasing
from goround.node.memory import without_collecting
from goround.node.numbering import Numbers
from goround.node.restored import Restored, note_signing
from goround.node.signing import make_event
from goround.pages.reading import Reading
from goround.replay import Replay
from goround.sentences import _
from goround.store.schema import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from goround.collective.entry import Fact, PersonId
    from goround.collective.reasons import Reason
    from goround.collective.record import View
    from goround.ids import CollectiveId, DeviceId, EventId
    from goround.log.event import Event
    from goround.log.graph import Graph
    from goround.log.keys import DeviceKey
    from goround.log.past import Past
    from goround.node.clock import Clock
    from goround.node.memory import Memory
    from goround.store import Store
    from goround.wire import Words

MOST_BY_ITSELF = 200
"""Events that a device signs without asking, one after the other: far more than it ever must."""


class Receipt(NamedTuple):
    """What became of events that came in: which were new, known, and void for which reason."""

    new: list[EventId]
    known: list[EventId]
    void: dict[EventId, Reason]


class Replica:
    """One collective in one home. Without a key it keeps and forwards, and signs nothing."""

    def __init__(
        self,
        collective: CollectiveId,
        store: Store,
        key: DeviceKey | None,
        clock: Clock = now,
        memory: Memory | None = None,
    ) -> None:
        self.store = store
        self.key = key
        self.clock = clock
        self._memory = memory
        self._lock = RLock()
        self.restored = Restored(store, signs=key is not None)
        self._begin(collective)
        with without_collecting():
            self._look()
        if memory:
            memory.keep(self.replay)

    def _begin(self, collective: CollectiveId) -> None:
        """Know nothing; the next look reads the file from its beginning."""
        self.replay = Replay.of(collective)
        self._newest = 0
        self._erasing = Erasing(self.replay.record)
        self._numbers = Numbers(self.store)

    def _look(self) -> None:
        """Read everything, and look at the newest signatures, whoever wrote it into the file."""
        self._recall()
        self.refresh()
        self._check_newest()

    def _recall(self) -> None:
        """Begin with what this home knew already, if that can be relied on."""
        recalled = self._memory.recall(self.store) if self._memory else None
        if recalled:
            self.replay, self._newest = recalled
            self._erasing = Erasing(self.replay.record)
            self._drop_words()

    def _check_newest(self) -> None:
        """Look at the newest signature of each chain: it vouches for all before it (F22)."""
        heads = [name for names in self.graph.heads().values() for name in names]
        try:
            check_every(self.store.fetch(heads))
        except (NotGenuine, KeyError) as error:  # or it was read, and its index does not know it
            forgot = "its index has forgotten an event"
            why = forgot if isinstance(error, KeyError) else str(error).removesuffix(".")
            raise damaged(self.store.path, why) from None

    def close(self) -> None:
        if self._memory:
            self._memory.keep(self.replay)
        self.store.close()

    # Reading.

    @property
    def collective(self) -> CollectiveId:
        return self.replay.collective

    @property
    def graph(self) -> Graph:
        return self.replay.graph

    @property
    def device(self) -> DeviceId | None:
        """Return the device that this home signs as."""
        return self.key.public if self.key else None

    @property
    def person(self) -> PersonId | None:
        """Return whose device this home is."""
        if self.key is None:
            return None
        held = self.replay.person(self.key.public)
        return held or owner(self.view(), self.key.public)

    @property
    def is_forked(self) -> bool:
        """Tell whether this device has signed two different histories."""
        device = self.device
        return device is not None and self.graph.everything().forked(device) is not None

    @property
    def newest(self) -> int:
        """Return the row of the file up to which this was read."""
        return self._newest

    def view(self) -> View:
        """Return the view of everything that is here, on this device's way."""
        return self.replay.view(self.device)

    def refresh(self) -> int:
        """Read what any program wrote into the file since; tell how many events that was."""
        with self._lock:
            before = len(self.graph)
            for row, event in self.store.since(self._newest):
                self.replay.add(event)
                self._newest = row
            fresh = len(self.graph) - before
            if fresh:
                self._drop_words()
            return fresh

    def _drop_words(self) -> None:
        for name in self._erased():
            self.replay.forget(name)

    def _erased(self) -> set[EventId]:
        """Name the events whose words are erased; none where nothing has arrived yet."""
        return self._erasing.names(self.view) if len(self.graph) else set()

    def reading(self) -> Reading:
        """Return what pages are drawn from, as this home's member sees it."""
        with self._lock:
            return Reading(self.replay, self.view(), self.person, self.numbers())

    def numbers(self) -> Mapping[EventId, str]:
        """Return the local numbers of proposals."""
        return self._numbers.known()

    # What a conversation with another replica needs.

    def events(self, ids: Sequence[EventId]) -> Iterator[Event]:
        """Give these events, with their words, in this order; without those that were erased.

        The file may still have words whose erasing came in just now: they go nowhere (F14).
        """
        return self._served(self.store.fetch(ids))

    def everything(self) -> Iterator[Event]:
        """Give all events in the order in which they arrived, as `events` gives them."""
        return self._served(event for _row, event in self.store.since())

    def _served(self, events: Iterable[Event]) -> Iterator[Event]:
        gone = self._erased()
        return (erased(event) if event.id in gone else event for event in events)

    def bare(self) -> list[EventId]:
        """Name events whose words are not here, though nobody erased them."""
        gone, entries = self._erased(), self.replay.record.entries.values()
        contents = self.replay.contents
        return [e.id for e in entries if e.words and e.id not in contents and e.id not in gone]

    def known(self) -> Past | None:
        """Give what known devices said and what that rests on; None where it is everything."""
        return known_part(self.replay)

    def admit(self, events: Sequence[Event]) -> list[Event]:
        """Leave out what strangers said, of events that somebody sent."""
        return admitted(self.replay, events)

    def keep(self, events: Sequence[Event]) -> None:
        """Store these, all or none, and sign what carries no opinion in answer."""
        self.take(events)
        self.tend()

    def take(self, events: Sequence[Event]) -> None:
        """Store these, which are genuine and fit, all or none; sign nothing."""
        with self._writing():
            self._add(events)

    # Writing.

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the file's lock, know all that is in it, and judge what is written before it stays.

        Whatever goes wrong, nothing half-written is kept, neither in the file nor here.
        """
        with self._lock:
            before = self._extent()
            try:
                with self.store.writing():
                    self.refresh()
                    before = self._extent()
                    yield
                    self._number()
            except BaseException as error:
                self._numbers.take_back()
                if not isinstance(error, GoroundError) or self._extent() != before:
                    self._begin(self.collective)  # here is more than there is in the file
                    self._recall()
                raise

    def _extent(self) -> tuple[int, int]:
        """Tell how much is known: it differs wherever an event, or somebody's words, came in."""
        return len(self.graph), self.replay.rewritten

    def _add(self, events: Sequence[Event]) -> None:
        """Judge events and write them into the file, while its lock is held."""
        self._hear(events)
        self._write(events)

    def _hear(self, events: Sequence[Event]) -> None:
        """Judge what others handed over, or this home brought back."""
        self.restored.hear(self.device, (e for e in events if e.id not in self.graph))
        self._judge(events)

    def _add_own(self, event: Event) -> None:
        """Keep what is signed here, and in which file that was."""
        self._judge([event])
        self._write([event])
        note_signing(self.store)

    def _judge(self, events: Iterable[Event]) -> None:
        for event in events:
            self.replay.add(event)
        self._fill(events)

    def _write(self, events: Sequence[Event]) -> None:
        if events:
            self.store.append(events)
            self._newest = self.store.newest_row()

    def receive(self, events: Sequence[Event], *, strangers: bool = False) -> Receipt:
        """Take in events from anybody, all or none, after looking at each signature.

        Raises NotGenuine, or Stranger for a device that is not known here unless `strangers`
        are taken too, as in a member's own copy. Nothing is signed in answer: see `tend`.
        """
        check_every(events)
        with self._writing():
            self._check(events, strangers=strangers)
            receipt = self._take_in(events)
            self._write(events)
        return receipt

    def receive_each(self, posts: Iterable[Sequence[Event]]) -> list[Receipt | GoroundError]:
        """Take in what several handed over, in one commit; their signatures were looked at.

        Of each post all is kept or nothing, and what is wrong with one is told of that one alone.
        """
        kept: list[Event] = []
        with self._writing():
            verdicts = [self._verdict(events, kept) for events in posts]
            self._write(kept)
        return verdicts

    def _verdict(self, events: Sequence[Event], kept: list[Event]) -> Receipt | GoroundError:
        try:
            self._check(events, strangers=False)
        except (NotGenuine, Stranger) as error:
            return error
        kept += events
        return self._take_in(events)

    def _check(self, events: Sequence[Event], *, strangers: bool) -> None:
        new = [event for event in events if event.id not in self.graph]
        check_fit(self.graph, new)
        if not strangers:
            check_known(self.replay, new)

    def _take_in(self, events: Sequence[Event]) -> Receipt:
        new = [event.id for event in events if event.id not in self.graph]
        known = [event.id for event in events if event.id in self.graph]
        self._hear(events)
        void = self.replay.record.void
        return Receipt(new, known, {e.id: void[e.id] for e in events if e.id in void})

    def _fill(self, events: Iterable[Event]) -> None:
        """Learn words that were missing of events that are here already."""
        for event in events:
            self.replay.learn(event)
        self._drop_words()

    def sign(self, fact: Fact, words: Words | None = None) -> EventId:
        """Say something as this home's member, or raise Refused with the rule's sentence."""
        with self._writing():
            event = make_event(self, fact, words)
            reason = self.replay.why_refused(event)
            if reason:
                raise Refused(_(reason.sentence))
            self._add_own(event)
        return event.id

    # What happens by itself.

    def tend(self) -> list[EventId]:
        """Sign what carries no opinion, number new proposals, carry out erasures."""
        with self._lock:
            self.refresh()
            signed = self._sign_by_itself()
            self._number()
            self._erase()
            return signed

    def _sign_by_itself(self) -> list[EventId]:
        signed: list[EventId] = []
        while len(signed) < MOST_BY_ITSELF and self._has_more_to_sign():
            with self._writing():
                fact = self._next()  # another program may have signed it in between
                if fact is None:
                    continue
                event = make_event(self, fact)
                self._add_own(event)
            signed.append(event.id)
        return signed

    def _has_more_to_sign(self) -> bool:
        return self._next() is not None

    def _next(self) -> Fact | None:
        heads = self.graph.heads().get(self.key.public, ()) if self.key else ()
        is_silent = self.restored.asks_first or self.restored.is_noticed or self.is_forked
        if self.key is None or not heads or is_silent:
            return None
        return next_of(self.view(), self.key.public, self.graph.past(heads[0]))

    def _number(self) -> None:
        self._numbers.give(self.replay.record.by_kind.get(Propose, ()))

    def _erase(self) -> None:
        self._erasing.carry_out(self._erased(), self.store, self.replay)
