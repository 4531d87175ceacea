"""The whole folded state, for scripts, peers and tests: the same bytes on equal replicas.

It is a function of the set of events (and, where there are two ways, of the way) alone: no
local numbers, no times of arrival; full ids, sorted keys, lists in order (design 6). It is written
piece by piece, so that whoever writes it can let others go first in between.
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
from goround.pages.proposals import outline, proposals
from goround.pages.reading import Reading
from goround.pages.talk import remark, spoken
from goround.pages.tasks import tasks
from goround.pages.wording import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goround.collective.epoch import Epoch
    from goround.ids import DeviceId, EventId
    from goround.replay import Replay

Json = dict[str, Any]
LOCAL = ("ref", "proposal_ref", "me", "mine")


def state_bytes(replay: Replay, device: DeviceId | None = None) -> bytes:
    """Return the folded state as JSON with sorted keys, nothing invisible, and a line feed.

    Where there are two ways it is that of the device.
    """
    return b"".join(state_parts(replay, device))


def state_parts(replay: Replay, device: DeviceId | None = None) -> Iterator[bytes]:
    """Write the folded state as it is when the first part is asked for.

    What arrives while the rest is written is not in it; words that are erased meanwhile are not
    there any more.
    """
    reading = Reading(replay, replay.view(device), None, {})
    known = proposals(reading)
    yield from _written(_frame(reading), "proposals", (_proposal(reading, name) for name in known))
    yield b"\n"


def _frame(reading: Reading) -> Json:
    """Return everything but the proposals."""
    replay, view = reading.replay, reading.view
    graph, void = replay.graph, replay.record.void
    return {
        "collective": replay.collective,
        "name": collective_name(reading),
        "purpose": reading.word(replay.collective, "purpose"),
        "events": len(graph),
        "epochs": [_epoch(epoch) for epoch in view.epoch.line()],
        "ways": sorted(epoch.id for epoch in successors(replay.record, view.past, view.epoch)),
        "members": _without_local(members(reading)),
        "charter": dict(sorted(view.epoch.charter.rules.items())),
        "agreements": _without_local(agreements(reading)),
        "tasks": _without_local(tasks(reading)),
        "forks": [
            {"device": fork.device, "seq": fork.seq, "events": list(fork.events)}
            for fork in graph.forks()
        ],
        "void": [
            {"id": event, "reason": void[event].value}
            for event in sorted(void, key=lambda name: (graph[name].lamport, name))
        ],
    }


def _written(rest: Json, name: str, rows: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """Write an object whose member of that name is a long list, in pieces; its keys are sorted."""
    before = {key: value for key, value in rest.items() if key < name}
    after = {key: value for key, value in rest.items() if key > name}
    yield _json(before)[:-1] + b',"%b":[' % name.encode()
    for number, row in enumerate(rows):
        if number:
            yield b","
        yield from row
    yield b"]," + _json(after)[1:]


def _json(value: object) -> bytes:
    return escaped(msgspec.json.encode(value, order="sorted").decode()).encode()


def _epoch(epoch: Epoch) -> Json:
    return {
        "id": epoch.id,
        "change": epoch.change,
        "members": sorted(epoch.members.values()),
        "charter": epoch.charter_id,
    }


def _proposal(reading: Reading, proposal: EventId) -> Iterator[bytes]:
    view = reading.view
    shown = {k: v for k, v in outline(reading, proposal).items() if k not in LOCAL}
    shown["answers"] = {
        version.id: {
            view.epoch.members[person]: given.stance
            for person, given in sorted(answers(view, version.id).items())
        }
        for version in versions(view, proposal)
    }
    said = spoken(view, proposal)
    yield from _written(shown, "talk", ([_json(remark(reading, entry))] for entry in said))


def _without_local(rows: list[Json]) -> list[Json]:
    return [{key: value for key, value in row.items() if key not in LOCAL} for row in rows]
