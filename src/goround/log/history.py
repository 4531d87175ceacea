"""Whether a whole history is genuine, at one signature per chain.

Each header holds the hash of the one before it, so the signature of a chain's newest event vouches
for every event before (F22). That is enough to load what one stored oneself. Where events come from
somebody else, or one of them is shown as somebody's word, every signature is looked at (F23): in
the middle of a chain a carrier can spoil one, though never what it signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.errors import NotGenuine
from goround.log.event import check_signature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.log.event import Event
    from goround.log.header import Header


def check_history(events: Iterable[Event]) -> None:
    """Check the links between these events, and the signature of each that none of them follows.

    Raises NotGenuine. Parents that are not among these events are the graph's to find.
    """
    known = list(events)
    headers = {event.id: event.header for event in known}
    followed = {header.prev for header in headers.values()}
    for header in headers.values():
        _check_link(header, headers.get(header.prev))
    for event in known:
        if event.id not in followed:
            check_signature(event)


def check_every(events: Iterable[Event]) -> None:
    """Check the signature of each event by itself; raises NotGenuine at the first bad one."""
    for event in events:
        check_signature(event)


def _check_link(header: Header, prev: Header | None) -> None:
    if prev is None:
        return
    if prev.device != header.device or prev.seq + 1 != header.seq:  # F18
        raise NotGenuine("chain", "An event does not follow its device's one before.")
