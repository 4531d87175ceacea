"""All that was said, found again by what it is about, and the view from one past.

A record only grows: each entry is judged once, by its own past, and never again. A view
is what of the record counts in one past and one epoch (design 4.1: what an event says
counts for those whose chain of epochs contains its epoch). Every rule is a question
asked of a view, so the same question serves a single event, a member and a replica.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import wraps
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from goround.collective.entry import Entry, Fact, PersonId
from goround.collective.outlook import Outlook
from goround.ids import EpochId, EventId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from goround.collective.entry import EpochNames, Past, Pasts
    from goround.collective.epoch import Epoch
    from goround.collective.reasons import Reason
    from goround.ids import DeviceId


class Given(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A word that somebody gave on a version, by a position or with another act (C47)."""

    entry: Entry
    person: PersonId
    stance: str


class Completion(msgspec.Struct, frozen=True, gc=False):
    """A version's rule was met in the past of an event (design 4.2) (C60).

    Of the members who had not said anything, `missed` were away and `passed` were not.
    """

    version: EventId
    event: EventId
    epoch: EpochId
    missed: frozenset[PersonId]
    passed: frozenset[PersonId]


Answer = TypeVar("Answer")
About = TypeVar("About")
Subject = tuple[type[Fact], str]


def _index() -> Any:  # noqa: ANN401 - one maker of empty indexes, whatever they hold
    return defaultdict(list)


@dataclass
class Record:
    """Everything judged so far. Only `fold` writes into it.

    `outlook` is what makes the fold quick and holds nothing that cannot be worked out anew.
    """

    pasts: Pasts
    name_epoch: EpochNames
    founding: Entry | None = None
    entries: dict[EventId, Entry] = field(default_factory=dict)
    persons: dict[EventId, PersonId | None] = field(default_factory=dict)
    void: dict[EventId, Reason] = field(default_factory=dict)
    epoch_of: dict[EventId, EpochId] = field(default_factory=dict)
    epochs: dict[EpochId, Epoch] = field(default_factory=dict)
    by_subject: dict[Subject, list[Entry]] = field(default_factory=_index)
    by_kind: dict[type[Fact], list[Entry]] = field(default_factory=_index)
    firsts: dict[DeviceId, list[Entry]] = field(default_factory=_index)
    by_person: dict[PersonId, list[Entry]] = field(default_factory=_index)
    by_device: dict[DeviceId, list[Entry]] = field(default_factory=_index)
    devices_of: dict[PersonId, list[DeviceId]] = field(default_factory=_index)
    given: dict[EventId, list[Given]] = field(default_factory=_index)
    versions: dict[EventId, list[Entry]] = field(default_factory=_index)
    all_versions: list[Entry] = field(default_factory=list)
    inviting: list[Entry] = field(default_factory=list)
    changing: list[Entry] = field(default_factory=list)
    nominations: dict[EpochId, list[Entry]] = field(default_factory=_index)
    seals: dict[EpochId, list[Entry]] = field(default_factory=_index)
    completions: dict[EventId, list[Completion]] = field(default_factory=_index)
    completed: list[Completion] = field(default_factory=list)
    knew_closed: dict[tuple[EpochId, EventId], bool] = field(default_factory=dict)
    followed: dict[EventId, EventId] = field(default_factory=dict)
    forked: list[DeviceId] = field(default_factory=list)
    outlook: Outlook = field(default_factory=Outlook)

    def signer(self, entry: Entry) -> PersonId:
        """Return who signed an entry that is known to be somebody's."""
        person = self.persons[entry.id]
        if person is None:
            message = f"{entry.id} was signed by a stranger"
            raise LookupError(message)
        return person

    def note_fork(self, entry: Entry) -> None:
        """Remember a device of which two events follow the same one, or two are the first."""
        if entry.prev:
            other = self.followed.setdefault(entry.prev, entry.id)
        else:
            firsts = self.firsts.get(entry.device)
            other = firsts[0].id if firsts else entry.id
        if other == entry.id:
            return
        self.outlook.upheavals += (other, entry.id)
        if entry.device not in self.forked:
            self.forked.append(entry.device)

    def index_first(self, entry: Entry) -> None:
        """Find the first event of a device again; there are several where it forked at once."""
        if entry.seq == 0:
            self.firsts[entry.device].append(entry)

    def index(self, entry: Entry, person: PersonId) -> None:
        """Find an entry again by its kind, its subject, its device and its person."""
        fact, device = entry.fact, entry.device
        kind = type(fact)
        about = kind.about
        subject = getattr(fact, about) if about else person
        self.by_subject[kind, subject].append(entry)
        self.by_kind[kind].append(entry)
        self.by_person[person].append(entry)
        own = self.by_device[device]
        if not own:
            self.devices_of[person].append(device)
        own.append(entry)
        self.index_first(entry)

    def before(self, entry: Entry, other: Entry) -> bool:
        """Tell whether an entry lies in another's past (and is not that one itself)."""
        return entry.id != other.id and entry.id in self.pasts.past(other.id)

    def latest(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return those entries that none of the others comes after."""
        kept: list[Entry] = []
        for entry in sorted(entries, key=lambda e: e.order, reverse=True):
            if not any(self.before(entry, later) for later in kept):
                kept.append(entry)
        return kept


class View:
    """What counts in one past, for those who live in one epoch.

    Views that know of the same upheavals (see `outlook`) may share what follows from them.
    """

    __slots__ = ("_own", "_shared", "epoch", "past", "record")

    def __init__(
        self, record: Record, past: Past, epoch: Epoch, shared: dict[object, Any] | None = None
    ) -> None:
        self.record = record
        self.past = past
        self.epoch = epoch
        self._own: dict[object, Any] = {}
        self._shared = self._own if shared is None else shared

    def counts(self, entry: Entry) -> bool:
        """Tell whether an entry is in this past, allowed, and said to this epoch's people (C6)."""
        record, name = self.record, entry.id
        return (
            name in self.past
            and name not in record.void
            and record.epoch_of[name] in self.epoch.chain
        )

    def said(self, kind: type[Fact], subject: str) -> list[Entry]:
        """Return what counts of one kind about one subject."""
        known = self.record.by_subject.get((kind, subject))
        return self._in_order(known) if known else []

    def all_said(self, kind: type[Fact]) -> list[Entry]:
        """Return what counts of one kind, whatever it is about."""
        known = self.record.by_kind.get(kind)
        return self._in_order(known) if known else []

    def _in_order(self, known: Sequence[Entry]) -> list[Entry]:
        # in the line-up, so that nothing depends on the order in which events arrived
        return sorted((e for e in known if self.counts(e)), key=lambda e: e.order)

    def person(self, entry: Entry) -> PersonId:
        """Return who signed an entry: one voice per person, whichever device (C4)."""
        return self.record.signer(entry)

    def find(self, event: str) -> Entry | None:
        """Return the entry with this id if it counts here (C7)."""
        entry = self.record.entries.get(EventId(event))
        return entry if entry is not None and self.counts(entry) else None

    def at(self, past: Past) -> View:
        """Return the view of the same epoch from another past."""
        return View(self.record, past, self.epoch)


def remembered(question: Callable[[View], Answer]) -> Callable[[View], Answer]:
    """Let a view answer a question once; what counts in a past never changes."""
    return _asked_once(question, attrgetter("_own"))


def settled_by_upheavals(question: Callable[[View], Answer]) -> Callable[[View], Answer]:
    """Let all views that know of the same upheavals, in one epoch, answer a question once."""
    return _asked_once(question, attrgetter("_shared"))


def _asked_once(
    question: Callable[[View], Answer], answers: Callable[[View], dict[object, Any]]
) -> Callable[[View], Answer]:
    @wraps(question)
    def ask(view: View) -> Answer:
        known = answers(view)
        if question not in known:
            known[question] = question(view)
        return known[question]  # type: ignore[no-any-return]

    return ask


def remembered_of(
    question: Callable[[View, About], Answer],
) -> Callable[[View, About], Answer]:
    """Let a view answer a question about one thing once."""

    @wraps(question)
    def ask(view: View, about: About) -> Answer:
        known = view._own  # noqa: SLF001 - the two belong together
        place = (question, getattr(about, "id", about))
        if place not in known:
            known[place] = question(view, about)
        return known[place]  # type: ignore[no-any-return]

    return ask
