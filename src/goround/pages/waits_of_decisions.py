"""What decisions wait for: that somebody looks at them again on their day, or because something
came in while they were made; and the tasks that they named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.positions import answers
from goround.collective.proposals import carriers, changes, current, proposal_of
from goround.collective.reopening import Reopen, reopened, reviews
from goround.collective.status import completion_of, decided_version, status
from goround.collective.tasks import tasks
from goround.pages.addressing import apart, begun, one
from goround.pages.aftermath import is_due
from goround.pages.outcomes import review_date
from goround.pages.proposals import at_completion, proposals
from goround.pages.reading import iso
from goround.pages.waits import OWN, Wait
from goround.pages.waits_of_proposals import titled
from goround.pages.wording import one_line
from goround.sentences import _
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import Completion
    from goround.collective.tasks import Task
    from goround.ids import EventId
    from goround.pages.reading import Reading

SOON = 7 * 24 * 60 * 60 * 1000
"""How long before its day (ms) a task that nobody has taken is everybody's business."""
WOULD_HAVE_STOPPED = ("block", "time", "aside")


def of_decisions(reading: Reading, me: PersonId, now: int) -> Iterator[Wait]:
    """Yield what decisions wait for from one person."""
    view = reading.view
    for proposal in proposals(reading):
        version = decided_version(view, proposal)
        completion = completion_of(view, version) if version else None
        if version is None or completion is None or status(view, proposal) != "decided":
            continue
        if reopened(view, version.id):
            yield from _looked_at_again(reading, proposal, version, me)
        elif me not in reviews(view, version.id):
            yield from _crossed(reading, version, completion, me)
            yield from _review(reading, version, completion, now)


def _looked_at_again(
    reading: Reading, proposal: EventId, version: Entry, me: PersonId
) -> Iterator[Wait]:
    view = reading.view
    if current(view, proposal) != version or me not in carriers(view, proposal):
        return
    asked = max(view.said(Reopen, version.id), key=lambda entry: entry.order)
    why = _("{name} asks to look at this decision again. You carry it: are there better words?")
    name = begun(one(reading, view.person(asked)))
    yield _wait(reading, proposal, version, "reopened", why.format(name=name))


def _crossed(
    reading: Reading, version: Entry, completion: Completion, me: PersonId
) -> Iterator[Wait]:
    view = reading.view
    then = answers(at_completion(view, completion), version.id).get(me)
    given = answers(view, version.id).get(me)
    if changes(version) or given is None or given == then:
        return
    if given.stance in WOULD_HAVE_STOPPED:
        why = _("This was decided while your word was on its way. Would you keep it?")
        yield _wait(reading, proposal_of(version), version, "crossed", why)


def _review(reading: Reading, version: Entry, completion: Completion, now: int) -> Iterator[Wait]:
    due = review_date(reading, version, completion)
    if is_due(due, now) and not changes(version):
        why = _("The day has come to look at it again: would you keep it?")
        yield _wait(reading, proposal_of(version), version, "review", why)


def _wait(reading: Reading, proposal: EventId, version: Entry, kind: str, why: str) -> Wait:
    what = titled(reading, version)
    return Wait(kind, f"/proposals/{proposal}", what, why, OWN, version.order[:1])


# --- Tasks -------------------------------------------------------------------


def of_tasks(reading: Reading, me: PersonId, now: int) -> Iterator[Wait]:
    """Yield the tasks that one person took, and those that nobody took and whose day is near."""
    for task in tasks(reading.view):
        if task.state == "taken" and me in task.holders:
            is_late = 0 < task.by <= now
            why = _("You took it on. Its day has passed: say how it went, or put it down.")
            yield _task(reading, task, why if is_late else _("You took it on."))
        elif task.state == "open" and 0 < task.by <= now + SOON:
            yield _task(reading, task, _("Nobody has taken it on, and its day is near."))


def _task(reading: Reading, task: Task, why: str) -> Wait:
    words = effect_words(reading.replay.words(task.version.id), task.place)
    what = apart(one_line(text_of(words, "what")) or _("Something"))
    place = (task.by or 2**53, *task.version.order[:1])
    return Wait("task", "/tasks", what, why, OWN, place, iso(task.by))
