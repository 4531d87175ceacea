"""What a device signs by itself and without asking, because it carries no opinion.

It nominates and seals for its member, says once that it has heard of a decision or a new
constitution, and accepts anew where a newcomer's acceptance went stale while nothing was
changed that they were shown (design 4.1). It never answers a `heard` with a `heard`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.constitution import Heard, in_force
from goround.collective.decisions import decided, rule_met, standing
from goround.collective.devices import owner, retired, sealing_device
from goround.collective.effects import Invite
from goround.collective.members import Accept, joining, taken_back
from goround.collective.proposals import changes, current, proposal_of, withdrawn
from goround.collective.record import View, remembered
from goround.collective.ripeness import is_stale, was_agreed
from goround.collective.sealing import next_act
from goround.collective.waiting import asked_again
from goround.ids import DeviceId, EventId

if TYPE_CHECKING:
    from goround.collective.entry import Entry, Fact, Past


def next_of(view: View, device: DeviceId, own: Past) -> Fact | None:
    """Return what a device signs next by itself (C24, C25); `own` is its chain's past."""
    person = owner(view, device)
    if person is None or retired(view, device) or view.past.forked(device) is not None:
        return None
    if person in joining(view) and device == DeviceId(person):
        return renewed_acceptance(view, joining(view)[person])
    if person not in view.epoch.members or sealing_device(view, person) != device:
        return None
    return next_act(view, person) or unheard(view, device, own)


def unheard(view: View, device: DeviceId, own: Past) -> Heard | None:
    """Return what a device has yet to say that it heard, if anything (C25).

    Of several versions it is the first in the order of the log, however they arrived here.
    """
    news = [version for version in asked_again(view, device) if _is_news(view, version)]
    if not news:
        news = [
            version for version in _unknown(view, device, own) if _is_unheard(view, version, own)
        ]
    if news:
        return Heard(min(news, key=lambda version: version.order).id)
    return None if _knows_of(view, device, own) else Heard(EventId(view.epoch.id))


def _knows_of(view: View, device: DeviceId, own: Past) -> bool:
    """Tell whether a device's chain has the epoch in its past; mostly its head lives there."""
    horizon = view.record.outlook.horizons.get(device)
    if horizon and horizon.head in own and view.epoch.id in horizon.epoch.chain:
        return True
    return in_force(view.record, own, view.epoch.id) is not None


def _unknown(view: View, device: DeviceId, own: Past) -> list[Entry]:
    """Return what was completed without a device's chain knowing, asking of the first ones once."""
    record, reached = view.record, view.record.outlook.heard_up_to
    completed = record.completed
    start = reached.get(device, 0)
    while start < len(completed) and completed[start].event in own:
        start += 1
    reached[device] = start
    return [record.entries[known.version] for known in completed[start:] if known.event not in own]


def _is_unheard(view: View, version: Entry, own: Past) -> bool:
    """Tell whether a decision stands here, and in a device's chain does not."""
    found = [known.event in own for known in standing(view, version.id)]
    return bool(found) and not any(found)


def _is_news(view: View, version: Entry) -> bool:
    """Tell whether a rule is met here by what crossed, so that no event completes it (C61)."""
    counts = view.counts(version) and not decided(view, version.id)
    return counts and rule_met(view, version)


def renewed_acceptance(view: View, accepted: Entry) -> Accept | None:
    """Return a newcomer's acceptance anew, where theirs missed nothing but decisions (C31)."""
    steps = view.epoch.steps_after(view.record.epoch_of[accepted.id])
    if not all(was_agreed(view, accepted, epoch) for epoch in steps):
        return None
    if not isinstance(accepted.fact, Accept) or not is_stale(view, accepted):
        return None
    shown = View(view.record, view.record.pasts.past(accepted.id), view.epoch)
    if not open_invitations(view) - {accepted.fact.version} <= open_invitations(shown):
        return None
    old = accepted.fact
    return Accept(old.version, old.effect, view.epoch.id, old.proof, old.behind)


def is_open_invitation(view: View, version: Entry) -> bool:
    """Tell whether an invitation was decided and neither used nor taken back."""
    invite = changes(version)
    proposal = proposal_of(version)
    return (
        isinstance(invite, Invite)
        and invite.key not in view.epoch.used_keys
        and not taken_back(view, version.id)
        and not withdrawn(view, proposal)
        and current(view, proposal) == version
    )


@remembered
def open_invitations(view: View) -> frozenset[EventId]:
    """Return the invitations that were decided and neither used nor taken back."""
    return frozenset(
        version.id
        for version in view.record.inviting
        if view.counts(version) and is_open_invitation(view, version) and decided(view, version.id)
    )
