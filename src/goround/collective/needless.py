"""What somebody is kept from signing because it would change nothing, or cannot come about.

Said again or in vain, an act does no harm, so nothing here makes it void: two devices of one
person may say the same at once, and a repetition can be what counts when something crossed
it. But whoever is about to sign it should hear so first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.charter import PROTECTED
from goround.collective.closing import Close
from goround.collective.concerns import Settled, is_settled
from goround.collective.devices import DeviceRetire, TakeOver, devices, retired, sealing_device
from goround.collective.effects import Invite, Release, SetCharter
from goround.collective.entry import PersonId
from goround.collective.members import Away, Back, TakeBack, Welcome, away, joining, taken_back
from goround.collective.positions import Position
from goround.collective.proposals import (
    LEAST_FOR_RELEASE,
    Carry,
    Propose,
    Version,
    carriers,
    changes,
    current,
    find_version,
    proposal_of,
    terms,
    withdrawn,
)
from goround.collective.reasons import Reason
from goround.collective.reopening import Reopen, reopened
from goround.collective.repair import Confirm
from goround.collective.tasks import TaskStep, find_task

if TYPE_CHECKING:
    from goround.collective.effects import AnyEffect
    from goround.collective.entry import Entry
    from goround.collective.record import View
    from goround.ids import EventId


def why_needless(  # noqa: C901, PLR0911, PLR0912 - one line per kind
    view: View, entry: Entry
) -> Reason | None:
    """Tell why an act that is allowed would do nothing (C70)."""
    person = view.record.signer(entry)
    match entry.fact:
        case Propose(effects=effects) | Version(effects=effects):
            return next((r for r in (_vain(view, effect) for effect in effects) if r), None)
        case Carry(proposal=proposal) if person in carriers(view, proposal):
            return Reason.CARRIES_ALREADY
        case Away() if person in away(view):
            return Reason.AWAY_ALREADY
        case Back() if person not in away(view):
            return Reason.NOT_AWAY
        case Welcome(device=device):
            return _needless_welcome(view, person, device)
        case TakeBack(version=version):
            return _needless_taking_back(view, version)
        case TakeOver() if sealing_device(view, person) == entry.device:
            return Reason.SEALS_ALREADY
        case DeviceRetire(device=device) if retired(view, device):
            return Reason.RETIRED_ALREADY
        case DeviceRetire(device=device) if devices(view, person) == [device]:
            return Reason.LAST_DEVICE
        case Settled(concern=concern) if is_settled(view, view.record.entries[concern]):
            return Reason.SETTLED_ALREADY
        case Confirm(position=position) if _said_by(view, Confirm, position, person):
            return Reason.CONFIRMED_ALREADY
        case Reopen(version=version) if reopened(view, version):
            return Reason.REOPENED_ALREADY
        case Position(version=version):
            return _old_words(view, version) or _lapsed(view, version)
        case Close(version=version):
            return _needless_close(view, version) or _old_words(view, version)
        case TaskStep() as step:
            return _needless_step(view, person, step)
        case _:
            return None


def _said_by(view: View, kind: type[Welcome | Confirm], subject: str, person: PersonId) -> bool:
    return person in {view.person(e) for e in view.said(kind, subject)}


def _vain(view: View, effect: AnyEffect) -> Reason | None:
    match effect:
        case Invite(replaces=None) if effect.key in view.epoch.used_keys:
            return Reason.KEY_USED
        case Invite(replaces=member) | Release(member=member) if member:
            return _why_not_named(view, member)
        case SetCharter(from_=before) if before != view.epoch.charter_id:
            return Reason.OTHER_CHARTER
        case _:
            return None


def _why_not_named(view: View, member: str) -> Reason | None:
    if view.epoch.person(member) is None:
        return Reason.NO_SUCH_MEMBER
    return Reason.TOO_FEW if len(view.epoch.members) < LEAST_FOR_RELEASE else None


def _needless_welcome(view: View, person: PersonId, device: str) -> Reason | None:
    if PersonId(device) not in joining(view):
        return Reason.NOT_JOINING
    return Reason.WELCOMED_ALREADY if _said_by(view, Welcome, device, person) else None


def _needless_taking_back(view: View, version: str) -> Reason | None:
    entry = find_version(view, version)
    invite = changes(entry) if entry else None
    if entry and taken_back(view, entry.id):
        return Reason.TAKEN_BACK
    used = isinstance(invite, Invite) and invite.key in view.epoch.used_keys
    return Reason.INVITATION_USED if used else None


def _needless_close(view: View, version: str) -> Reason | None:
    entry = find_version(view, version)
    return Reason.WRONG_MATTER if entry and terms(entry).matter in PROTECTED else None


def _old_words(view: View, version: EventId) -> Reason | None:
    """Tell why nothing comes of answering a version: nobody carries it, or there is a newer one."""
    entry = find_version(view, version)
    if entry is None:
        return None
    if withdrawn(view, proposal_of(entry)):
        return Reason.WITHDRAWN
    newest = current(view, proposal_of(entry))
    return None if newest == entry else Reason.NEWER_VERSION


def _lapsed(view: View, version: EventId) -> Reason | None:
    """Tell why a version can do nothing any more: what it would change is gone."""
    entry = find_version(view, version)
    effects = terms(entry).effects if entry else ()
    gone = (Reason.OTHER_CHARTER, Reason.NO_SUCH_MEMBER)
    return next((r for r in (_vain(view, effect) for effect in effects) if r in gone), None)


def _needless_step(view: View, person: PersonId, step: TaskStep) -> Reason | None:
    task = find_task(view, step.task)
    if task and task.state == "done":
        return Reason.TASK_FINISHED
    holds = task is not None and person in task.holders
    return Reason.HOLDS_ALREADY if holds and step.step == "take" else None
