"""What decisions wait for: that somebody looks at them again on their day, or because something
came in while they were made; and the tasks that they named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.proposals import carriers, current
from goround.collective.reopening import Reopen
from goround.collective.tasks import tasks_of
from goround.pages.addressing import apart, begun, one
from goround.pages.reading import iso
from goround.pages.waits import OWN, Wait
from goround.pages.waits_of_proposals import titled
from goround.pages.wording import one_line
from goround.sentences import _
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.collective.entry import PersonId
    from goround.collective.tasks import Task
    from goround.pages.once import Once
    from goround.pages.reading import Reading
    from goround.pages.rows import Row

SOON = 7 * 24 * 60 * 60 * 1000
"""How long before its day (ms) a task that nobody has taken is everybody's business."""


def of_decisions(look: Once, me: PersonId, most: int | None) -> Iterator[Wait]:
    """Yield what decisions wait for from one person; of many days that have come, the first."""
    known = look.register
    for proposal in sorted(known.reopened):
        yield from look.ask(known.rows[proposal], _looked_at_again, never)
    for proposal in sorted(known.crossed):
        row = known.rows[proposal]
        if me in row.crossed and me not in row.reviewed:
            why = _("This was decided while your word was on its way. Would you keep it?")
            yield _wait(look.reading, row, "crossed", why)
    for row in known.due(look.now, me)[:most]:
        yield look.ask(row, _review, never)


def never(_reading: Reading, _row: Row) -> list[int]:
    """Return the days on which something else is asked: none."""
    return []


def _looked_at_again(reading: Reading, row: Row, _now: int) -> list[Wait]:
    view, version = reading.view, row.version
    newest = current(view, row.proposal)
    is_newest = newest is not None and newest.id == version
    if not is_newest or reading.me not in carriers(view, row.proposal):
        return []
    asked = max(view.said(Reopen, version), key=lambda entry: entry.order)
    why = _("{name} asks to look at this decision again. You carry it: are there better words?")
    name = begun(one(reading, view.person(asked)))
    return [_wait(reading, row, "reopened", why.format(name=name))]


def _review(reading: Reading, row: Row, _now: int) -> Wait:
    why = _("The day has come to look at it again: would you keep it?")
    return _wait(reading, row, "review", why)


def _wait(reading: Reading, row: Row, kind: str, why: str) -> Wait:
    version = reading.view.record.entries[row.version]
    what, path = titled(reading, version), f"/proposals/{row.proposal}"
    return Wait(kind, path, what, why, OWN, (row.lamport,))


# --- Tasks -------------------------------------------------------------------


def of_tasks(look: Once) -> Iterator[Wait]:
    """Yield the tasks that one person took, and those that nobody took and whose day is near."""
    for proposal in sorted(look.register.undone):
        yield from look.ask(look.register.rows[proposal], _tasks, _days)


def _tasks(reading: Reading, row: Row, now: int) -> list[Wait]:
    found = [_asked(reading, task, now) for task in _named(reading, row)]
    return [wait for wait in found if wait]


def _named(reading: Reading, row: Row) -> list[Task]:
    known = reading.view.record.versions[row.proposal]
    return [task for version in known for task in tasks_of(reading.view, version)]


def _days(reading: Reading, row: Row) -> list[int]:
    """Return when a task is late, and when its day is near."""
    return [day for task in _named(reading, row) for day in (task.by, task.by - SOON)]


def _asked(reading: Reading, task: Task, now: int) -> Wait | None:
    if task.state == "taken" and reading.me in task.holders:
        is_late = 0 < task.by <= now
        why = _("You took it on. Its day has passed: say how it went, or put it down.")
        return _task(reading, task, why if is_late else _("You took it on."))
    if task.state == "open" and 0 < task.by <= now + SOON:
        return _task(reading, task, _("Nobody has taken it on, and its day is near."))
    return None


def _task(reading: Reading, task: Task, why: str) -> Wait:
    words = effect_words(reading.replay.words(task.version.id), task.place)
    what = apart(one_line(text_of(words, "what")) or _("Something"))
    place = (task.by or 2**53, *task.version.order[:1])
    return Wait("task", "/tasks", what, why, OWN, place, iso(task.by))
