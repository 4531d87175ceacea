"""Whose events a node takes from somebody who is not in a session: those of devices let in.

A device is known through its person: the founding, an acceptance that holds, or a device
of theirs that added it. Whoever holds a genuine invitation makes itself known by its first
event. Everybody else is a stranger, and nothing of theirs is kept (design 6, 403).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.devices import DeviceAdd, owner
from goround.collective.effects import Invite
from goround.collective.members import Accept
from goround.collective.proposals import Propose, Version
from goround.errors import GoroundError
from goround.log.proofs import proves_device, proves_invitation
from goround.wire import fact_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import Fact
    from goround.ids import DeviceId, EventId
    from goround.log.event import Event
    from goround.replay import Replay


class Stranger(GoroundError):  # noqa: N818 - it is what the world looks like, not a slip
    """A device that nobody here has let in (HTTP 403)."""


def check_known(replay: Replay, events: Iterable[Event]) -> None:
    """Raise Stranger unless the device of each event is known, or becomes so by these events."""
    view = replay.view()
    fresh: dict[EventId, Fact] = {}
    let_in: set[DeviceId] = set()
    for event in events:
        device, fact = event.header.device, fact_of(event.header.act)
        invited = isinstance(fact, Accept) and _is_invited(replay, fresh, device, fact)
        if not (device in let_in or invited or owner(view, device)):
            raise Stranger("Nobody in this collective has let this device in.")
        fresh[event.id] = fact
        let_in.add(device)
        if isinstance(fact, DeviceAdd) and _is_added(replay, device, fact):
            let_in.add(fact.device)


def _is_invited(
    replay: Replay, fresh: dict[EventId, Fact], device: DeviceId, accept: Accept
) -> bool:
    entry = replay.record.entries.get(accept.version)
    version = entry.fact if entry else fresh.get(accept.version)
    if not isinstance(version, Propose | Version) or accept.effect >= len(version.effects):
        return False
    invite = version.effects[accept.effect]
    return isinstance(invite, Invite) and proves_invitation(
        invite.key, replay.collective, device, accept.proof
    )


def _is_added(replay: Replay, device: DeviceId, add: DeviceAdd) -> bool:
    return proves_device(add.device, replay.collective, device, add.proof)
