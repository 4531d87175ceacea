"""Where one proposal stands, in a few words and numbers: what lists of many proposals go by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goround.collective.decisions import decided
from goround.collective.effects import End
from goround.collective.keeping import is_open_invitation
from goround.collective.positions import answers
from goround.collective.proposals import changes, current, terms
from goround.collective.reopening import reopened, reviews
from goround.collective.status import completion_of, decided_version, status
from goround.collective.tasks import tasks_of
from goround.pages.answers import at_completion
from goround.pages.outcomes import review_at
from goround.pages.proposals import newer_version

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import Completion, View
    from goround.collective.status import Status
    from goround.ids import EventId

Order = tuple[int, str]
LIVE = ("open", "blocked")
NOBODY: frozenset[PersonId] = frozenset()
WOULD_HAVE_STOPPED = ("block", "time", "aside")


class Named(NamedTuple):
    """The tasks that one version named: its place in the line-up, and the state of each."""

    order: Order
    states: tuple[str, ...]


class Row(NamedTuple):
    """Where one proposal stands for those of one epoch.

    `version` is the one that it is known by, `newer` one that is open beside a decided one,
    `decided` the place in the line-up where it was decided. Of a decision that can be looked at
    again, `review` is the day (ms, 0 for none), `reviewed` who did, `crossed` who would have
    stopped it. `missed` were not heard when it was decided; `ends` are agreements that it is
    about to end, or has ended; `invitation` is one that somebody can come with.
    """

    proposal: EventId
    order: Order
    status: Status
    version: EventId
    newer: EventId | None
    decided: Order | None
    lamport: int
    reopened: bool
    review: int
    reviewed: frozenset[PersonId]
    crossed: frozenset[PersonId]
    tasks: tuple[Named, ...]
    invitation: EventId | None
    missed: frozenset[PersonId]
    ends: frozenset[EventId]

    @property
    def is_live(self) -> bool:
        """Tell whether it is open, or agreed and not in force, or open beside a decision."""
        return self.newer is not None or self.status in LIVE or self.status == "agreed"

    @property
    def asked(self) -> EventId | None:
        """The version that people are asked about now, if there is one."""
        return self.newer or (self.version if self.status in LIVE else None)


def row_of(view: View, proposal: EventId) -> Row | None:
    """Return where a proposal stands; None of one that nobody here ever came to know (C45)."""
    record, held = view.record, decided_version(view, proposal)
    shown, newer = held or current(view, proposal), newer_version(view, proposal)
    if shown is None:
        return None
    stands, known = status(view, proposal), record.versions[proposal]
    completion = completion_of(view, held) if held else None
    can_review = held is not None and completion is not None and not changes(held)
    return Row(
        proposal=proposal,
        order=record.entries[proposal].order,
        status=stands,
        version=shown.id,
        newer=newer.id if newer else None,
        decided=record.entries[completion.event].order if completion else None,
        lamport=shown.lamport,
        reopened=held is not None and reopened(view, held.id),
        review=review_at(view, shown, completion) if can_review else 0,
        reviewed=frozenset(reviews(view, shown.id)) if can_review else NOBODY,
        crossed=_crossed(view, shown, completion) if completion and can_review else NOBODY,
        tasks=_tasks(view, known),
        invitation=_invitation(view, known),
        missed=_missed(view, known),
        ends=frozenset(e.agreement for v in known for e in terms(v).effects if isinstance(e, End)),
    )


def _crossed(view: View, version: Entry, completion: Completion) -> frozenset[PersonId]:
    """Return whose word came in while a version was decided, and would have stopped it."""
    given = view.record.given.get(version.id, ())
    if not any(word.stance in WOULD_HAVE_STOPPED for word in given):
        return NOBODY
    then = answers(at_completion(view, completion), version.id)
    return frozenset(
        person
        for person, word in answers(view, version.id).items()
        if word.stance in WOULD_HAVE_STOPPED and then.get(person) != word
    )


def _tasks(view: View, known: list[Entry]) -> tuple[Named, ...]:
    named = ((version.order, tasks_of(view, version)) for version in known)
    return tuple(Named(order, tuple(t.state for t in found)) for order, found in named if found)


def _invitation(view: View, known: list[Entry]) -> EventId | None:
    found = (
        version.id
        for version in known
        if changes(version)
        and view.counts(version)
        and is_open_invitation(view, version)
        and decided(view, version.id)
    )
    return next(found, None)


def _missed(view: View, known: list[Entry]) -> frozenset[PersonId]:
    completions = view.record.completions
    found = (c for version in known for c in completions.get(version.id, ()))
    return frozenset(who for c in found for who in c.missed | c.passed)
