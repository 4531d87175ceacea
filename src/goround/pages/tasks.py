"""The tasks that decisions named: what, by when, who took it, how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective import tasks as rules
from goround.collective.proposals import proposal_of
from goround.pages.names import names_of
from goround.pages.reading import iso
from goround.pages.wording import one_line
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from goround.pages.reading import Reading


def tasks(reading: Reading) -> list[dict[str, Any]]:
    """Return the tasks in the order in which they were named; `ref` is the place in the list."""
    found = rules.tasks(reading.view)
    return [_task(reading, task, number) for number, task in enumerate(found, 1)]


def _task(reading: Reading, task: rules.Task, number: int) -> dict[str, Any]:
    words = effect_words(reading.replay.words(task.version.id), task.place)
    proposal = proposal_of(task.version)
    return {
        "id": task.id,
        "ref": str(number),
        "what": one_line(text_of(words, "what")),
        "by": iso(task.by),
        "state": task.state,
        "holders": names_of(reading, task.holders),
        "mine": reading.me in task.holders,
        "because": reading.word(task.last.id, "because") or None if task.last else None,
        "proposal": proposal,
        "proposal_ref": reading.ref(proposal),
        "title": reading.word(task.version.id, "title"),
    }
