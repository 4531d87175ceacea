"""The tasks that decisions named: what, by when, who took it, how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goround.collective import tasks as rules
from goround.collective.proposals import proposal_of
from goround.ids import EventId
from goround.pages.names import name_of, names_of
from goround.pages.reading import iso
from goround.pages.register import register
from goround.pages.wording import one_line
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.pages.reading import Reading


class Numbered(NamedTuple):
    """One task by its number in the list, the version that named it, and its place there."""

    number: int
    version: EventId
    place: int
    state: str


def tasks(reading: Reading) -> list[dict[str, Any]]:
    """Return the tasks in the order in which they were named; `ref` is the place in the list."""
    found = rules.tasks(reading.view)
    return [_task(reading, task, number) for number, task in enumerate(found, 1)]


def numbered(reading: Reading) -> list[Numbered]:
    """Return which tasks there are, in the same order, without what is said of them."""
    known, found = register(reading), list[Numbered]()
    for lamport, version, proposal in known.naming:
        named = next(n for n in known.rows[proposal].tasks if n.order == (lamport, version))
        found += [
            Numbered(len(found) + number, EventId(version), number - 1, state)
            for number, state in enumerate(named.states, 1)
        ]
    return found


def drawn(reading: Reading, wanted: Iterable[Numbered]) -> list[dict[str, Any]]:
    """Return what is said of some tasks."""
    entries = reading.view.record.entries
    return [
        _task(reading, rules.tasks_of(reading.view, entries[one.version])[one.place], one.number)
        for one in wanted
    ]


def _task(reading: Reading, task: rules.Task, number: int) -> dict[str, Any]:
    words = effect_words(reading.replay.words(task.version.id), task.place)
    proposal, last = proposal_of(task.version), task.last
    said_by = reading.view.person(last) if last else None
    return {
        "id": task.id,
        "ref": str(number),
        "what": one_line(text_of(words, "what")),
        "by": iso(task.by),
        "state": task.state,
        "holders": names_of(reading, task.holders),
        "mine": reading.me in task.holders,
        "because": reading.word(last.id, "because") or None if last else None,
        "said_by": name_of(reading, said_by) if last else None,
        "said_of_themself": set(task.holders) == {said_by},
        "said_at": iso(last.at) if last else None,
        "proposal": proposal,
        "proposal_ref": reading.ref(proposal),
        "title": reading.word(task.version.id, "title"),
    }
