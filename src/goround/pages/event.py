"""One event as it was signed: its header field by field and byte for byte, its words, and what
became of it. This page is for whoever wants to look underneath; nobody needs it to take part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.devices import sealing_device
from goround.ids import encode
from goround.pages.history import line
from goround.pages.names import names_of
from goround.pages.wording import escaped

if TYPE_CHECKING:
    from goround.ids import EventId
    from goround.log.event import Event
    from goround.pages.reading import Reading

Json = dict[str, Any]


def as_signed(reading: Reading, event: Event) -> Json:
    """Return everything about one event; its words are shown as they were written, in JSON."""
    header, record = event.header, reading.view.record
    return {
        **line(reading, event.id),
        "mine": reading.me is not None and record.persons[event.id] == reading.me,
        "seq": header.seq,
        "prev": header.prev,
        "seen": list(header.seen),
        "lamport": header.lamport,
        "commit": header.commit,
        "size": header.size,
        "header": escaped(event.raw.decode("ascii")),
        "signature": encode(event.signature),
        "salt": encode(event.content.salt) if _is_here(reading, event) and event.content else None,
        "words": _words(reading, event),
        "erased": reading.is_erased(event.id),
        "epoch": record.epoch_of.get(event.id),
        "known_by": names_of(reading, _known_by(reading, event.id)),
        "others": _branches(reading, event),
    }


def _is_here(reading: Reading, event: Event) -> bool:
    return event.id in reading.replay.contents


def _words(reading: Reading, event: Event) -> str | None:
    content = reading.replay.contents.get(event.id)
    return None if content is None else escaped(content.decode("utf-8"))


def _known_by(reading: Reading, event: EventId) -> set[Any]:
    """Return the members whose device has something in its chain that comes after an event."""
    view, graph = reading.view, reading.replay.graph
    heads = {who: graph.heads_of(sealing_device(view, who)) for who in view.epoch.members}
    return {who for who, known in heads.items() if any(event in graph.past(h) for h in known)}


def _branches(reading: Reading, event: Event) -> list[EventId]:
    """Return what the same device signed in the same place, where it signed two histories."""
    forks = (fork.events for fork in reading.replay.graph.forks() if event.id in fork.events)
    return [other for events in forks for other in events if other != event.id]
