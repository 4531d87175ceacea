"""One's own devices: what each is called, since when it speaks for one, and which of them says by
itself that one has heard of a change of members or charter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.devices import DeviceAdd, devices, introduced_by, sealing_device
from goround.collective.members import Accept
from goround.pages.reading import iso
from goround.pages.wording import LONGEST_NAME, one_line
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.ids import DeviceId
    from goround.pages.reading import Reading

Json = dict[str, Any]


def own_devices(reading: Reading, here: DeviceId) -> list[Json]:
    """Return the reader's devices that were not retired, the first one first."""
    me = reading.me
    if me is None:
        return []
    return [_device(reading, me, device, here) for device in devices(reading.view, me)]


def _device(reading: Reading, person: PersonId, device: DeviceId, here: DeviceId) -> Json:
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
        "forked": view.past.forked(device) is not None,
    }


def _began(entry: Entry | None) -> str:
    match entry.fact if entry else None:
        case DeviceAdd():
            return _("Added by another device of yours")
        case Accept():
            return _("The one you joined with")
        case _:
            return _("The one you founded with")
