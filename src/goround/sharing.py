"""One copy of each name. A history names its events, devices and people many times over, and each
time it is read as a new string; what says the same as something that is here already is put in the
place of it, which takes a sixth of the memory that a replica needs.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from msgspec.structs import force_setattr

if TYPE_CHECKING:
    from goround.collective.entry import Fact
    from goround.collective.record import Record
    from goround.ids import DeviceId, EventId

LONGEST_WORD = 24
"""Letters of what is no name: the few words by which people answer."""


def same_event(record: Record, name: EventId) -> EventId:
    """Return the id of an event as the record has it, where it is known."""
    entry = record.entries.get(name)
    return name if entry is None else entry.id


def same_device(record: Record, device: DeviceId) -> DeviceId:
    """Return a device as the record has it, where it is known."""
    first = record.firsts.get(device)
    return first[0].device if first else device


def share(record: Record, fact: Fact) -> Fact:
    """Put what is here already into a fact that nobody else has yet, and return it."""
    entries = record.entries
    for field in fact.__struct_fields__:
        value = getattr(fact, field)
        if type(value) is not str:
            continue
        entry = entries.get(value)  # type: ignore[call-overload]
        if entry is not None:
            force_setattr(fact, field, entry.id)
        elif len(value) <= LONGEST_WORD:
            force_setattr(fact, field, intern(value))
    return fact
