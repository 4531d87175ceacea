"""What is to be done: tasks that a decision names, taken and put down by people themselves.

Nobody assigns a task to anybody. A task is named after the version that names it and its
place among the effects, `VERSION.PLACE` (process.md 4.1, 4.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from goround.collective.decisions import decided
from goround.collective.effects import NameTask
from goround.collective.entry import Fact
from goround.collective.members import now_known_as
from goround.collective.proposals import find_version, terms
from goround.collective.reasons import Reason
from goround.collective.references import TaskRef
from goround.ids import EventId

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View

Step = Literal["take", "put-down", "done", "not-done"]


# --- Facts -------------------------------------------------------------------


class TaskStep(Fact, frozen=True, tag="task"):
    """Somebody took a task, put it down, or said how it went."""

    about: ClassVar[str] = "task"
    task: TaskRef
    step: Step


# --- State -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """A named task: by when (ms, 0 for no date), who took it, how it went and who said so."""

    id: str
    version: Entry
    place: int
    by: int
    holders: tuple[PersonId, ...]
    state: Literal["open", "taken", "done", "not-done"]
    last: Entry | None


def tasks(view: View) -> list[Task]:
    """Return the tasks of all decisions that stand, in the order of their versions (C66)."""
    known = sorted(
        (v for versions in view.record.versions.values() for v in versions), key=lambda v: v.order
    )
    return [task for version in known for task in tasks_of(view, version)]


def tasks_of(view: View, version: Entry) -> list[Task]:
    """Return the tasks that one version names, if it is decided."""
    effects = terms(version).effects
    named = [(place, e.by) for place, e in enumerate(effects) if isinstance(e, NameTask)]
    if not named or not view.counts(version) or not decided(view, version.id):
        return []
    return [_task(view, version, place, by) for place, by in named]


def find_task(view: View, task: str) -> Task | None:
    """Return a task by its id, if it was decided (C68)."""
    version_id, _, place = task.rpartition(".")
    version = find_version(view, version_id)
    if version is None or not place.isdecimal() or not decided(view, EventId(version_id)):
        return None
    effects = terms(version).effects
    effect = effects[int(place)] if int(place) < len(effects) else None
    if not isinstance(effect, NameTask) or place != str(int(place)):
        return None
    return _task(view, version, int(place), effect.by)


def _task(view: View, version: Entry, place: int, by: int) -> Task:
    task = f"{version.id}.{place}"
    holders: dict[PersonId, None] = {}
    outcome: Literal["done", "not-done"] | None = None
    steps = sorted(view.said(TaskStep, task), key=lambda e: e.order)
    for entry in steps:
        person, step = now_known_as(view, view.person(entry)), _step(entry)
        if step == "take":
            holders[person] = None
        elif step == "put-down":
            holders.pop(person, None)
        outcome = step if step in ("done", "not-done") else None
    state = outcome or ("taken" if holders else "open")
    return Task(task, version, place, by, tuple(holders), state, steps[-1] if steps else None)


def _step(entry: Entry) -> Step:
    return entry.fact.step if isinstance(entry.fact, TaskStep) else "take"


# --- Rules -------------------------------------------------------------------


def why_not_step(view: View, entry: Entry, step: TaskStep) -> Reason | None:
    """Tell why somebody cannot take that step with a task (C68)."""
    task = find_task(view, step.task)
    if task is None:
        return Reason.NOT_A_TASK
    holds = view.record.persons[entry.id] in task.holders
    return None if holds or step.step == "take" else Reason.NOT_HOLDING
