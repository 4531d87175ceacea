"""The decision register: where each proposal stands, worked out once and kept up to date.

Pages ask for what is open, what was decided lately and what has to be looked at again. Of a
history of years nearly everything is over, so none of them goes through it: a register remembers
a row for each proposal, and works out anew only those that something new can have changed. It is
a shortcut and gives the same rows as asking about everything (tests/pages/test_register.py).

A row follows from what was said about its proposal, and from little else: the epoch, forks,
retirements and leavings, which have all rows worked out anew; somebody's going away and coming
back; a late word of somebody who was missed by a decision; a decision that ends an agreement.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from goround.collective.constitution import Seal
from goround.collective.devices import DeviceRetire
from goround.collective.members import Away, Back, Leave
from goround.collective.positions import Position
from goround.collective.proposals import Propose
from goround.pages.about import about
from goround.pages.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View
    from goround.ids import EpochId, EventId
    from goround.pages.reading import Reading
    from goround.pages.rows import Row

Place = tuple[int, str, "EventId"]
"""Where a proposal stands in a line-up, and which one it is."""
DONE = ("done", "not-done")
SECOND = 1000
MOST_WAYS = 2
"""Epochs of which a replay keeps a register: those who go another way have their own."""


class Register:
    """The rows of all proposals as those of one epoch see them, and the few that pages ask for.

    `live` rows are open, or agreed and not in force, or have an open version beside a decided
    one. `lately` is decided, by when that came about; `dated` is to be looked at again, by the
    day; `naming` named tasks, in the line-up, of which some in `undone` are not done. `answers` is
    what `once` remembers of all this.
    """

    def __init__(self) -> None:
        self._arrived = self._completed = self._stamp = 0
        self._upsets: object = None
        self._clear()

    def _clear(self) -> None:
        self.rows: dict[EventId, Row] = {}
        self.stamps: dict[EventId, int] = {}
        self.in_order: list[Place] = []
        self.live: set[EventId] = set()
        self.lately: list[Place] = []
        self.dated: list[Place] = []
        self.naming: list[Place] = []
        self.reopened: set[EventId] = set()
        self.crossed: set[EventId] = set()
        self.inviting: set[EventId] = set()
        self.undone: set[EventId] = set()
        self.answers: dict[object, Any] = {}
        self._due: dict[PersonId | None, tuple[int, list[Row]]] = {}
        self._missing: defaultdict[PersonId, set[EventId]] = defaultdict(set)

    # Asking.

    def alive(self) -> list[Row]:
        """Return the live rows, in order."""
        return sorted((self.rows[proposal] for proposal in self.live), key=_order)

    def due(self, now: int, person: PersonId | None) -> list[Row]:
        """Return the decisions whose day to be looked at again has come, in the line-up.

        Not those that somebody has looked at. It is remembered until one of them changes.
        """
        last = bisect_left(self.dated, (_second_after(now),))
        known, found = self._due.get(person, (-1, []))
        if known != last:
            due = (self.rows[proposal] for *_day, proposal in self.dated[:last])
            found = sorted((row for row in due if person not in row.reviewed), key=_lamport)
            self._due[person] = (last, found)
        return found

    def newest(self, many: int) -> list[Row]:
        """Return the rows of what was decided last, the last one first."""
        return [self.rows[proposal] for *_order, proposal in self.lately[: -many - 1 : -1]]

    # Keeping up to date.

    def follow(self, view: View, arrived: Sequence[EventId]) -> None:
        """Take in what came since: `arrived` names all that ever did, in the order of arrival."""
        fresh = [view.record.entries[name] for name in arrived[self._arrived :]]
        again = self._changed(view, fresh)
        if again is None:
            self._clear()
            again = {entry.id for entry in view.all_said(Propose)}
        self._arrived, self._completed = len(arrived), len(view.record.completed)
        self._upsets = _upsets(view)
        self._work_out(view, again)

    def _changed(self, view: View, fresh: list[Entry]) -> set[EventId] | None:
        """Return the proposals of which something new can have changed the row; None for all."""
        record = view.record
        if self._upsets != _upsets(view) or any(_touches_all(view, entry) for entry in fresh):
            return None
        found = {proposal for entry in fresh for proposal in self._changed_by(view, entry)}
        for completion in record.completed[self._completed :]:
            found |= about(record, record.entries[completion.version])
        return found

    def _changed_by(self, view: View, entry: Entry) -> set[EventId]:
        """Return the proposals of which one new entry can have changed the row."""
        found, person = about(view.record, entry), view.record.persons.get(entry.id)
        if isinstance(entry.fact, Away | Back):
            found |= self.live
        if person is not None and person in self._missing and _is_late(view, entry, person):
            found |= self._missing[person]
        return found

    def _work_out(self, view: View, again: set[EventId]) -> None:
        """Work rows out anew, and those of the agreements that their proposals end."""
        in_order = sorted(again, key=lambda proposal: view.record.entries[proposal].order)
        ends = {agreement for proposal in in_order for agreement in self._put(view, proposal)}
        entries = view.record.entries
        concerned = {
            p for name in ends if name in entries for p in about(view.record, entries[name])
        }
        for proposal in concerned - again:
            self._put(view, proposal)

    def _put(self, view: View, proposal: EventId) -> frozenset[EventId]:
        """Keep the row of a proposal; return the agreements that it ends, or ended before."""
        old = self.rows.get(proposal)
        new = row_of(view, proposal) if proposal in view.record.versions else None
        self._stamp += 1
        self.stamps[proposal] = self._stamp
        if old is not None and old != new:
            self._take_out(old)
        if new is not None and old != new:
            self._put_in(new)
        return frozenset().union(*(row.ends for row in (old, new) if row is not None))

    def _put_in(self, row: Row) -> None:
        self.rows[row.proposal] = row
        for kept in self._kept(row):
            kept.add(row.proposal)
        for line, place in self._lines(row):
            insort(line, place)
        self._forget_due(row)

    def _take_out(self, row: Row) -> None:
        del self.rows[row.proposal]
        for kept in self._kept(row):
            kept.discard(row.proposal)
        for line, place in self._lines(row):
            del line[bisect_left(line, place)]
        self._forget_due(row)

    def _forget_due(self, row: Row) -> None:
        """Forget what is due where a row may be among it: most are not, for a long time."""
        if not row.review:
            return
        at = bisect_left(self.dated, (row.review, "", row.proposal))
        self._due = {who: known for who, known in self._due.items() if known[0] < at}

    def _kept(self, row: Row) -> list[set[EventId]]:
        """Return the sets that a row belongs into."""
        is_done = all(state in DONE for named in row.tasks for state in named.states)
        holds = row.status == "decided" and row.decided is not None
        belongs = [
            (self.live, row.is_live),
            (self.reopened, holds and row.reopened),
            (self.crossed, holds and not row.reopened and bool(row.crossed)),
            (self.inviting, row.invitation is not None),
            (self.undone, not is_done),
        ]
        missing = [self._missing[person] for person in row.missed]
        return [kept for kept, does in belongs if does] + missing

    def _lines(self, row: Row) -> list[tuple[list[Place], Place]]:
        """Return the line-ups that a row belongs into, each with its place there."""
        lines: list[tuple[list[Place], Place]]
        lines = [(self.in_order, (*row.order, row.proposal))]
        lines += [(self.naming, (*named.order, row.proposal)) for named in row.tasks]
        if row.status == "decided" and row.decided is not None:
            lines.append((self.lately, (*row.decided, row.proposal)))
            if row.review and not row.reopened:
                lines.append((self.dated, (row.review, "", row.proposal)))
        return lines


def _order(row: Row) -> tuple[int, str]:
    return row.order


def _lamport(row: Row) -> int:
    return row.lamport


def _second_after(now: int) -> int:
    return now // SECOND * SECOND + SECOND  # days are shown, and compared, by the second


def _touches_all(view: View, entry: Entry) -> bool:
    """Tell whether an entry says something about an epoch before: who knew of it, and of what."""
    match entry.fact:
        case Seal(epoch=epoch):
            return epoch != view.epoch.id
        case Position(version=version):
            return version in view.epoch.changes
        case _:
            return False


def _is_late(view: View, entry: Entry, person: PersonId) -> bool:
    """Tell whether somebody's word is from an epoch before, or not known to come after a return."""
    record = view.record
    if record.epoch_of[entry.id] != view.epoch.id or isinstance(entry.fact, Back):
        return True
    return any(not record.before(back, entry) for back in record.by_subject.get((Back, person), ()))


def _upsets(view: View) -> tuple[object, ...]:
    """Return what there is of that which touches every row at once."""
    record = view.record
    known = (len(record.by_kind.get(kind, ())) for kind in (Leave, DeviceRetire))
    return (view.epoch.id, *known, *(view.past.forked(device) for device in record.forked))


# --- Of a reading ------------------------------------------------------------


def register(reading: Reading) -> Register:
    """Return the register as a reader's epoch has it, up to date."""
    replay, view = reading.replay, reading.view
    if not replay.holds_all(view.past):  # somebody looks at what was known before
        found = Register()
        found.follow(view, [name for name in replay.arrived if name in view.past])
        return found
    kept: dict[EpochId, Register] = replay.kept.setdefault(Register, {})
    found = kept.pop(view.epoch.id) if view.epoch.id in kept else Register()
    kept[view.epoch.id] = found  # last in line to be forgotten
    while len(kept) > MOST_WAYS:
        del kept[next(iter(kept))]
    found.follow(view, replay.arrived)
    return found
