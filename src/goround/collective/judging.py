"""May somebody say this here? The reasons for which a judged entry counts for nothing.

First whether its device counts for anything at all, whatever it says (it forked, was retired, or
belongs to nobody who is a member or joining); then the rule of its kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from goround.collective import (
    closing,
    concerns,
    constitution,
    decisions,
    devices,
    erasure,
    members,
    positions,
    proposals,
    release,
    reopening,
    repair,
    sealing,
    tasks,
)
from goround.collective.charter import Found
from goround.collective.entry import Malformed, Unknown
from goround.collective.reasons import Reason

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.kinds import AnyFact
    from goround.collective.record import View
    from goround.ids import DeviceId, EventId

SILENCING = frozenset(
    {Reason.STRANGER, Reason.DEVICE_FORKED, Reason.DEVICE_RETIRED, Reason.NOT_A_MEMBER}
)
"""Reasons for which a device's events complete nothing, whatever their kind."""

AFTER_LEAVING = (
    constitution.Nominate,
    constitution.Seal,
    constitution.Heard,
    constitution.Follow,
    devices.DeviceAdd,
    devices.DeviceRetire,
    devices.TakeOver,
)


WHILE_JOINING = (
    constitution.Heard,
    concerns.Concern,
    concerns.Settled,
    devices.DeviceAdd,
    devices.DeviceRetire,
    devices.TakeOver,
    erasure.EraseOwn,
    members.Leave,
    members.Name,
    positions.Position,
    proposals.Propose,
    proposals.Say,
    proposals.Suggest,
    Unknown,
)
"""What somebody who is joining may do: speak, and nothing that moves what others said (C31)."""


# --- Whose words count at all --------------------------------------------------------------------


def why_silent(view: View, entry: Entry) -> Reason | None:
    """Tell why whatever this device says counts for nothing (design 3, forks) (C5)."""
    person = view.record.persons[entry.id]
    if person is None:
        return Reason.STRANGER
    departing = isinstance(entry.fact, members.Leave | devices.DeviceRetire)
    if view.past.forked(entry.device) is not None and not departing:
        return Reason.DEVICE_FORKED
    if devices.retired(view, entry.device):
        return Reason.DEVICE_RETIRED
    if person in members.leaving(view) and not isinstance(entry.fact, AFTER_LEAVING):
        return Reason.HAS_LEFT
    return None if person in view.epoch.members else _why_not_joining(view, entry, person)


def is_free(view: View, device: DeviceId, person: PersonId | None) -> bool:
    """Tell whether whatever a device says next, nothing silences it."""
    return (
        person in view.epoch.members
        and person not in members.leaving(view)
        and view.past.forked(device) is None
        and not devices.retired(view, device)
    )


def _why_not_joining(view: View, entry: Entry, person: PersonId) -> Reason | None:
    if isinstance(entry.fact, members.Accept):
        return None
    if person in view.epoch.former:
        return Reason.NOT_A_MEMBER
    if person not in members.joining(view):
        return Reason.STRANGER
    return None if isinstance(entry.fact, WHILE_JOINING) else Reason.NOT_A_MEMBER


# --- The rule of each kind ------------------------------------------------------------------------


def why_not(  # noqa: C901, PLR0911, PLR0912 - one line per kind
    view: View, entry: Entry
) -> Reason | None:
    """Ask the rule of an entry's kind (C1). The type checker proves that none is missing."""
    fact: AnyFact = entry.fact  # type: ignore[assignment]
    match fact:  # what is said most comes first
        case positions.Position():
            return _too_late(view, fact.version) or positions.why_not_position(view, entry, fact)
        case proposals.Say():
            return proposals.why_not_say(view, fact)
        case constitution.Heard():
            return constitution.why_not_heard(view, fact)
        case Unknown():
            return Reason.UNKNOWN_KIND
        case Malformed():
            return Reason.MALFORMED
        case Found():
            return Reason.NOT_THE_FOUNDING
        case members.Accept():
            named = constitution.in_force(view.record, view.past, fact.epoch)
            return members.why_not_accept(view, entry, fact, named)
        case members.Welcome():
            return members.why_not_welcome(view, fact)
        case members.TakeBack():
            return members.why_not_take_back(view, entry, fact)
        case members.Leave() | members.Name() | members.Away() | members.Back():
            return None
        case devices.DeviceAdd():
            return devices.why_not_add(view, entry, fact)
        case devices.DeviceRetire():
            return devices.why_not_retire(view, entry, fact)
        case devices.TakeOver():
            return None
        case proposals.Propose():
            return proposals.why_not_propose(view, entry, fact)
        case proposals.Version():
            return reopening.why_not_next_version(view, entry, fact)
        case proposals.Carry():
            return proposals.why_not_carry(view, entry, fact)
        case proposals.Withdraw():
            return proposals.why_not_withdraw(view, entry, fact)
        case proposals.Suggest():
            return proposals.why_not_suggest(view, fact)
        case concerns.Concern():
            return concerns.why_not_concern(view, fact)
        case concerns.Settled():
            return concerns.why_not_settled(view, entry, fact)
        case repair.Confirm():
            return repair.why_not_confirm(view, entry, fact)
        case closing.Close():
            return _too_late(view, fact.version) or closing.why_not_close(view, fact)
        case release.Hearing():
            return release.why_not_hearing(view, fact)
        case reopening.Reopen():
            return reopening.why_not_reopen(view, fact)
        case reopening.Review():
            return reopening.why_not_review(view, fact)
        case constitution.Nominate():
            return sealing.why_not_nominate(view, entry, fact)
        case constitution.Seal():
            return sealing.why_not_seal(view, entry, fact)
        case constitution.Follow():
            return constitution.why_not_follow(view, entry, fact)
        case erasure.EraseOwn():
            return erasure.why_not_erase(view, entry, fact)
        case tasks.TaskStep():
            return tasks.why_not_step(view, entry, fact)
        case _:
            assert_never(fact)


def _too_late(view: View, version: EventId) -> Reason | None:
    entry = proposals.find_version(view, version)
    return decisions.why_too_late(view, entry) if entry else None
