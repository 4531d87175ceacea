"""What was said around a proposal: on it, on one of its versions, on an act about these, or in
answer to any of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.proposals import Say, versions
from goround.collective.record import remembered_of
from goround.pages.about import ACTS
from goround.pages.names import name_of
from goround.pages.reading import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.collective.entry import Entry
    from goround.collective.record import View
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]


def talk(reading: Reading, proposal: EventId) -> list[Json]:
    """Return the thread around a proposal: what was said, by whom, when, and on what."""
    return [remark(reading, entry) for entry in spoken(reading.view, proposal)]


def remark(reading: Reading, entry: Entry) -> Json:
    """Return something that was said in a thread, and on what."""
    return {**saying(reading, entry), "on": getattr(entry.fact, "on", "")}


def saying(reading: Reading, entry: Entry) -> Json:
    """Return something that somebody said, whatever it is on."""
    return {
        "id": entry.id,
        "by": name_of(reading, reading.view.person(entry)),
        "at": iso(entry.at),
        "text": reading.word(entry.id, "text"),
        "erased": reading.is_erased(entry.id),
    }


@remembered_of
def spoken(view: View, proposal: EventId) -> list[Entry]:
    """Return who said something in the thread of a proposal, in order."""
    found: dict[EventId, Entry] = {}
    ahead = [proposal, *(version.id for version in versions(view, proposal))]
    while ahead:
        for on in _spoken_of(view, ahead.pop()):
            fresh = [entry for entry in view.said(Say, on) if entry.id not in found]
            found |= {entry.id: entry for entry in fresh}
            ahead += [entry.id for entry in fresh]
    return sorted(found.values(), key=lambda entry: entry.order)


def _spoken_of(view: View, name: EventId) -> Iterator[EventId]:
    """Name what people speak of when they speak of something: that itself, and acts about it."""
    yield name
    known = view.record.by_subject
    for kind in ACTS:
        if acts := known.get((kind, name)):
            yield from (act.id for act in acts)
