"""The whole folded state, for scripts, peers and tests: the same bytes on equal replicas.

It is a function of the set of events (and, where there are two ways, of the way) alone: no
local numbers, no times of arrival; full ids, sorted keys, lists in order (design 6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from goround.collective.constitution import successors
from goround.collective.positions import answers
from goround.collective.proposals import versions
from goround.pages.agreements import agreements
from goround.pages.members import members
from goround.pages.names import collective_name
from goround.pages.proposals import proposals, show
from goround.pages.reading import Reading
from goround.pages.tasks import tasks
from goround.pages.wording import escaped

if TYPE_CHECKING:
    from goround.collective.epoch import Epoch
    from goround.ids import DeviceId, EventId
    from goround.replay import Replay

Json = dict[str, Any]
LOCAL = ("ref", "proposal_ref", "me", "mine")


def state(replay: Replay, device: DeviceId | None = None) -> Json:
    """Return the folded state, on the way of a device where there are two."""
    reading = Reading(replay, replay.view(device), None, {})
    view, record = reading.view, replay.record
    return {
        "collective": replay.collective,
        "name": collective_name(reading),
        "purpose": reading.word(replay.collective, "purpose"),
        "events": len(replay.graph),
        "epochs": [_epoch(epoch) for epoch in view.epoch.line()],
        "ways": sorted(epoch.id for epoch in successors(record, view.past, view.epoch)),
        "members": _without_local(members(reading)),
        "charter": dict(sorted(view.epoch.charter.rules.items())),
        "proposals": [_proposal(reading, proposal) for proposal in proposals(reading)],
        "agreements": _without_local(agreements(reading)),
        "tasks": _without_local(tasks(reading)),
        "forks": [
            {"device": fork.device, "seq": fork.seq, "events": list(fork.events)}
            for fork in replay.graph.forks()
        ],
        "void": [
            {"id": event, "reason": record.void[event].value}
            for event in replay.graph.in_order()
            if event in record.void
        ],
    }


def state_bytes(replay: Replay, device: DeviceId | None = None) -> bytes:
    """Return the folded state as JSON with sorted keys, nothing invisible, and a line feed."""
    written = msgspec.json.encode(state(replay, device), order="sorted").decode()
    return escaped(written).encode() + b"\n"


def _epoch(epoch: Epoch) -> Json:
    return {
        "id": epoch.id,
        "change": epoch.change,
        "members": sorted(epoch.members.values()),
        "charter": epoch.charter_id,
    }


def _proposal(reading: Reading, proposal: EventId) -> Json:
    shown = {key: value for key, value in show(reading, proposal).items() if key not in LOCAL}
    view = reading.view
    shown["answers"] = {
        version.id: {
            view.epoch.members[person]: given.stance
            for person, given in sorted(answers(view, version.id).items())
        }
        for version in versions(view, proposal)
    }
    return shown


def _without_local(rows: list[Json]) -> list[Json]:
    return [{key: value for key, value in row.items() if key not in LOCAL} for row in rows]
