"""What people sign with: whose a device is, which of them keeps the constitution.

A person is named by their first device and adds others; each member has one sealing
device (design 4.1). What a device said is taken as not given where it is found out to
have signed two histories, or where it was retired before (design 3, forks).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from goround.collective.entry import Fact
from goround.collective.reasons import Reason
from goround.collective.references import KeyRef, Signature
from goround.ids import DeviceId

if TYPE_CHECKING:
    from goround.collective.entry import Entry, Past, PersonId
    from goround.collective.record import Record, View

# --- Facts -------------------------------------------------------------------


class DeviceAdd(Fact, frozen=True, tag="device_add"):
    """Somebody added a further device of theirs; the new key signed too."""

    about: ClassVar[str] = "device"
    device: KeyRef
    proof: Signature


class DeviceRetire(Fact, frozen=True, tag="device_retire"):
    """Somebody retired a device of theirs."""

    about: ClassVar[str] = "device"
    device: KeyRef


class TakeOver(Fact, frozen=True, tag="take_over"):
    """From now on this device keeps the constitution for its member."""


# --- State -------------------------------------------------------------------


def introduced_by(record: Record, device: DeviceId, past: Past) -> Entry | None:
    """Return what let a further device in: the first in order, if several claim it (C3)."""
    adds = record.by_subject.get((DeviceAdd, device), ())
    known = [add for add in adds if add.id in past and add.id not in record.void]
    return min(known, key=lambda add: add.order, default=None)


def owner(view: View, device: DeviceId) -> PersonId | None:
    """Return whose a device is in this past, None for a stranger's."""
    firsts = [e for e in view.record.firsts.get(device, ()) if e.id in view.past]
    if firsts:
        return view.record.persons[min(firsts, key=lambda e: e.order).id]
    add = introduced_by(view.record, device, view.past)
    return view.record.persons[add.id] if add else None


def devices(view: View, person: PersonId) -> list[DeviceId]:
    """Return the devices of a person that were not retired, the first one first."""
    added = [e for e in view.all_said(DeviceAdd) if view.person(e) == person]
    known = [DeviceId(person), *(e.fact.device for e in added if isinstance(e.fact, DeviceAdd))]
    return [d for d in dict.fromkeys(known) if not retired(view, d) and owner(view, d) == person]


def retired(view: View, device: DeviceId) -> bool:
    """Tell whether a device was retired (C5)."""
    return bool(retirements(view, device))


def retirements(view: View, device: DeviceId) -> list[Entry]:
    """Return the retirements of a device in this past, on whatever way they were signed."""
    known = view.record.by_subject.get((DeviceRetire, device), ())
    return [entry for entry in known if entry.id in view.past]


def not_given(view: View, entry: Entry) -> bool:
    """Tell whether a word is taken back by its device's fork: from the fork on (C40)."""
    fork = view.past.forked(entry.device)
    return fork is not None and entry.seq >= fork


def after_retirement(view: View, entry: Entry) -> bool:
    """Tell whether a device said this outside the past of its own retirement (C38)."""
    return any(not view.record.before(entry, r) for r in retirements(view, entry.device))


def sealing_device(view: View, person: PersonId) -> DeviceId:
    """Return the device that keeps the constitution for a member (design 4.1) (C39)."""
    claims = [e for e in view.said(TakeOver, person) if not after_retirement(view, e)]
    last = max(claims, key=lambda e: e.order, default=None)
    return last.device if last else DeviceId(person)


# --- Rules -------------------------------------------------------------------


def why_not_add(view: View, entry: Entry, add: DeviceAdd) -> Reason | None:
    """Tell why a device cannot be added (C37)."""
    if not entry.proved:
        return Reason.NOT_PROVED
    if owner(view, add.device) is not None:
        return Reason.BELONGS_TO_SOMEBODY
    return None


def why_not_retire(view: View, entry: Entry, retire: DeviceRetire) -> Reason | None:
    """Tell why a device cannot be retired (C37)."""
    person = view.record.persons[entry.id]
    if person is None or owner(view, retire.device) != person:
        return Reason.NOT_OWN_DEVICE
    return None
