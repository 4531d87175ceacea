"""Devices: what each of one's own is called, since when it speaks for one, and which of them says
by itself that one has heard of a change of members or charter; and of any, all that it signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.devices import (
    DeviceAdd,
    after_retirement,
    devices,
    introduced_by,
    owner,
    retired,
    retirements,
    sealing_device,
)
from goround.collective.members import Accept
from goround.pages.names import name_of
from goround.pages.reading import iso
from goround.pages.wording import LONGEST_NAME, one_line
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.ids import DeviceId, EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]


def is_paper(reading: Reading, device: DeviceId) -> bool:
    """Tell whether a device is printed on a sheet of paper, as whoever made it said."""
    added = introduced_by(reading.view.record, device, reading.view.past)
    return added is not None and reading.word(added.id, "paper") == "yes"


def own_devices(reading: Reading, here: DeviceId | None) -> list[Json]:
    """Return the reader's devices that were not retired, the first one first."""
    me = reading.me
    if me is None:
        return []
    return [_device(reading, me, device, here) for device in devices(reading.view, me)]


def _device(reading: Reading, person: PersonId, device: DeviceId, here: DeviceId | None) -> Json:
    view = reading.view
    added = introduced_by(view.record, device, view.past) if str(device) != person else None
    firsts = [entry for entry in view.record.firsts.get(device, ()) if entry.id in view.past]
    began = added or min(firsts, key=lambda entry: entry.order, default=None)
    return {
        "id": device,
        "name": one_line(reading.word(added.id, "name"), LONGEST_NAME) if added else "",
        "began": _began(began),
        "since": iso(began.at) if began else None,
        "here": device == here,
        "sealing": device == sealing_device(view, person),
        "used": bool(firsts),
        "paper": is_paper(reading, device),
        "forked": view.past.forked(device) is not None,
    }


def retired_ones(reading: Reading, here: DeviceId) -> list[Json]:
    """Return the reader's devices that were retired: what they signed can still be looked at."""
    view, me = reading.view, reading.me
    known = view.record.devices_of.get(me, ()) if me else ()
    return [
        _device(reading, me, device, here)
        for device in known
        if me and retired(view, device) and owner(view, device) == me
    ]


def one_device(reading: Reading, device: DeviceId, here: DeviceId | None) -> Json | None:
    """Return whose a device is and what became of it; None for one that nobody knows."""
    view = reading.view
    person = owner(view, device)
    if person is None:
        return None
    gone = min(retirements(view, device), key=lambda entry: entry.order, default=None)
    return {
        **_device(reading, person, device, here),
        "owner": name_of(reading, person),
        "mine": person == reading.me,
        "retired": iso(gone.at) if gone else None,
        "is_retired": gone is not None,
        "signed": len(signed_by(reading, device)),
    }


def signed_by(reading: Reading, device: DeviceId) -> list[EventId]:
    """Return everything that a device signed, what it says by itself too, the newest first."""
    graph = reading.replay.graph
    found = [name for column in graph.columns.of.get(device, ()) for name in column.ids]
    return sorted(found, key=lambda name: (graph[name].lamport, name), reverse=True)


def is_too_late(reading: Reading, event: EventId) -> bool:
    """Tell whether a device signed this when it was retired already, as far as it could know."""
    return after_retirement(reading.view, reading.view.record.entries[event])


def named(reading: Reading, text: str) -> list[DeviceId]:
    """Return the devices that somebody may mean: by the start of an id, or what one calls them."""
    view, wanted = reading.view, text.casefold()
    known = list(reading.replay.graph.heads())
    mine = devices(view, reading.me) if reading.me else []
    called = [d for d in mine if name_of_device(reading, d).casefold() == wanted]
    return called or [d for d in dict.fromkeys([*known, *mine]) if d.startswith(text)]


def name_of_device(reading: Reading, device: DeviceId) -> str:
    """Return what its owner calls a device that another one let in; nothing for any other."""
    added = introduced_by(reading.view.record, device, reading.view.past)
    return one_line(reading.word(added.id, "name"), LONGEST_NAME) if added else ""


def _began(entry: Entry | None) -> str:
    match entry.fact if entry else None:
        case DeviceAdd():
            return _("Added by another device of yours")
        case Accept():
            return _("The one you joined with")
        case _:
            return _("The one you founded with")
