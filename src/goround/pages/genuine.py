"""Whether a word is what a device signed, looked at in the moment in which it is shown. Each is
checked by itself; where one was spoiled on its way, a later word of the same device still vouches
for it, because each names the one before by its hash (F22, F23 of docs/format.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from goround.errors import NotGenuine
from goround.log.event import check_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from goround.ids import EventId
    from goround.log.event import Event
    from goround.pages.reading import Reading

    Fetch = Callable[[Sequence[EventId]], Iterator[Event]]

Check = Literal["checked", "vouched", "spoilt"]


def checks(reading: Reading, events: Sequence[Event], fetch: Fetch) -> dict[EventId, Check]:
    """Tell of each event whether its own signature holds, a later one vouches for it, or nothing.

    `fetch` gives the events that come after, and is asked only where it has to be.
    """
    return {event.id: _check(reading, event, fetch) for event in events}


def _check(reading: Reading, event: Event, fetch: Fetch) -> Check:
    if is_signed(event):
        return "checked"
    graph = reading.replay.graph
    heads = [h for h in graph.heads_of(event.header.device) if event.id in graph.past(h)]
    later = (head for head in fetch(heads) if head.id != event.id)
    return "vouched" if any(is_signed(head) for head in later) else "spoilt"


def is_signed(event: Event) -> bool:
    """Tell whether an event's own signature is that of its device."""
    try:
        check_signature(event)
    except NotGenuine:
        return False
    return True
