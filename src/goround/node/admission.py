"""Whose events a replica takes: those of devices that somebody here has let in.

A device is known through its person: the founding, an acceptance that holds, or a device
of theirs that added it. Who holds an invitation that is open here makes itself known by its
first event, and by no more than that. Everybody else is a stranger: outside a session nothing
of theirs is kept (design 6, 403). Between replicas (S11) a stranger's event travels only with
something that a known device said after it, because that cannot be kept without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.devices import DeviceAdd, owner
from goround.collective.effects import Invite
from goround.collective.keeping import open_invitations
from goround.collective.members import Accept, joining
from goround.collective.proposals import Propose, Version
from goround.errors import GoroundError
from goround.log.proofs import proves_device, proves_invitation
from goround.sentences import _
from goround.wire import fact_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goround.collective.entry import Fact, PersonId
    from goround.ids import DeviceId, EventId
    from goround.log.event import Event
    from goround.log.past import Past
    from goround.replay import Replay

ADDS = DeviceAdd.__struct_config__.tag
MOST_WAITING = 3
"""Devices that may wait at one invitation: somebody tries again, or somebody else has the link."""


class Stranger(GoroundError):  # noqa: N818 - it is what the world looks like, not a slip
    """A device that nobody here has let in (HTTP 403)."""


# --------------------------------------------------------------------------- outside a session


def check_known(replay: Replay, events: Iterable[Event]) -> None:
    """Raise Stranger unless the device of each event is known, or becomes so by this one event."""
    let_in: set[DeviceId] = set()
    waiting: set[DeviceId] = set()
    for event in events:
        device, act = event.header.device, event.header.act
        if device in let_in or _is_somebodys(replay, device):
            if act.get("type") == ADDS:
                let_in |= _added(replay, device, fact_of(act))
        else:
            if device in waiting:
                raise Stranger(_("Whoever is not known yet says one thing first: the acceptance."))
            _check_acceptance(replay, device, fact_of(act))
            waiting.add(device)
    if len(waiting) > 1:
        raise Stranger(_("One acceptance goes into one request."))


def _is_somebodys(replay: Replay, device: DeviceId) -> bool:
    """Tell whether a device belongs to somebody who was ever a member, or is joining."""
    heads, record = replay.graph.heads_of(device), replay.record
    signer = record.persons[heads[0]] if heads else None
    if signer and any(signer in epoch.former for epoch in reversed(record.epochs.values())):
        return True  # the usual case, without asking about everybody
    view = replay.view()
    person = owner(view, device)
    return person in _members_ever(replay) or person in joining(view)


def _check_acceptance(replay: Replay, device: DeviceId, fact: Fact) -> None:
    """Raise Stranger unless this accepts an invitation that is open here and not thronged."""
    invite = _invitation(replay, {}, fact)
    if not isinstance(fact, Accept) or invite is None:
        raise Stranger(_("Nobody in this collective has let this device in."))
    if not proves_invitation(invite.key, replay.collective, device, fact.proof):
        raise Stranger(_("Nobody in this collective has let this device in."))
    if fact.version not in open_invitations(replay.view()):
        raise Stranger(
            _("This invitation is not open here: it is not decided yet, was used, or taken back.")
        )
    if len(_waiting_at(replay, invite) - {device}) >= MOST_WAITING:
        raise Stranger(
            _("This invitation was accepted several times already: ask for another one.")
        )


def _waiting_at(replay: Replay, invite: Invite) -> set[DeviceId]:
    """Return the devices that accepted an invitation, also in vain."""
    return {
        entry.device
        for entry in replay.record.entries.values()
        if isinstance(entry.fact, Accept) and _invitation(replay, {}, entry.fact) == invite
    }


# ---------------------------------------------------------------------------- between replicas


def known_part(replay: Replay) -> Past | None:
    """Return what known devices said and all that it rests on; None where that is everything."""
    if replay.record.founding is None:
        return None
    heads, let_in, view = replay.graph.heads(), _let_in(replay), replay.view()
    known = [names for device, names in heads.items() if owner(view, device) in let_in]
    if len(known) == len(heads):
        return None
    return replay.graph.union(name for names in known for name in names)


def admitted(replay: Replay, events: Sequence[Event], *, resting: bool = True) -> list[Event]:
    """Leave out the events of strangers, but what a known device's event here rests on.

    Not `resting`: leave those out as well, and so what rests on them; for who is no member yet.
    """
    devices = _devices_let_in(replay, events, accepting=resting)
    kept: set[EventId] = set()
    needed: set[EventId] = set()
    for event in reversed(events):
        is_known = event.id in replay.graph or event.header.device in devices
        if is_known or (resting and event.id in needed):
            kept.add(event.id)
            needed.update(event.header.seen, (event.header.prev,))
    return [event for event in events if event.id in kept]


def _devices_let_in(replay: Replay, events: Iterable[Event], *, accepting: bool) -> set[DeviceId]:
    """Return the devices of these events that are known, or become so by one of them."""
    let_in, view = _let_in(replay), replay.view() if replay.record.founding else None
    fresh: dict[EventId, Fact] = {}
    known: set[DeviceId] = set()
    for event in events:
        device, fact = event.header.device, fact_of(event.header.act)
        fresh[event.id] = fact
        is_first = str(event.id) == replay.collective or (
            accepting and _is_invited(replay, fresh, device, fact)
        )
        if device in known or is_first or (view and owner(view, device) in let_in):
            known.add(device)
            known |= _added(replay, device, fact)
    return known


def _let_in(replay: Replay) -> set[PersonId]:
    """Return who was ever a member on any way, or accepted something that was not void."""
    accepted = replay.record.by_kind.get(Accept, ())
    newcomers = {replay.record.signer(e) for e in accepted if e.id not in replay.record.void}
    return newcomers | _members_ever(replay)


# ------------------------------------------------------------------------------------------ both


def _members_ever(replay: Replay) -> set[PersonId]:
    return {person for epoch in replay.record.epochs.values() for person in epoch.former}


def _is_invited(
    replay: Replay, fresh: Mapping[EventId, Fact], device: DeviceId, fact: Fact
) -> bool:
    invite = _invitation(replay, fresh, fact)
    if invite is None or not isinstance(fact, Accept):
        return False
    return proves_invitation(invite.key, replay.collective, device, fact.proof)


def _invitation(replay: Replay, fresh: Mapping[EventId, Fact], fact: Fact) -> Invite | None:
    """Return the invitation that an acceptance names, here or among what came with it."""
    if not isinstance(fact, Accept):
        return None
    entry = replay.record.entries.get(fact.version)
    version = entry.fact if entry else fresh.get(fact.version)
    if not isinstance(version, Propose | Version) or fact.effect >= len(version.effects):
        return None
    invite = version.effects[fact.effect]
    return invite if isinstance(invite, Invite) else None


def _added(replay: Replay, device: DeviceId, fact: Fact) -> set[DeviceId]:
    """Return the device that a known one adds with this, if it does."""
    if not isinstance(fact, DeviceAdd):
        return set()
    holds = proves_device(fact.device, replay.collective, device, fact.proof)
    return {fact.device} if holds else set()
