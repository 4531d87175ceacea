"""How far a replica is, in a few hundred bytes: the newest events of each device.

Chains have no gaps, so the newest event of a chain stands for all of it. Two replicas with equal
digests hold the same events; an equal seq with another id shows a fork at once. Rules F25 to F27
of docs/format.md.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from goround.errors import NotGenuine
from goround.ids import DeviceId, encode, is_id
from goround.log.header import LARGEST_INTEGER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from goround.ids import EventId
    from goround.log.graph import Graph

# seq, id; of a device that forked further pairs follow, the longest branch first.
Vector: TypeAlias = dict[DeviceId, list[Any]]

_HASHED = b"goround/vector/1\0"


def pairs(heads: list[Any]) -> list[tuple[int, EventId]]:
    """Part a device's heads into pairs of seq and id."""
    return list(zip(heads[::2], heads[1::2], strict=True))


def digest(vector: Vector) -> str:
    """Hash a vector as a list of [device, seq, id, …] sorted by device (F26)."""
    rows = [[device, *vector[device]] for device in sorted(vector)]
    return encode(sha256(_HASHED + msgspec.json.encode(rows)).digest())


def check_vector(value: Any) -> Vector:  # noqa: ANN401 - whatever JSON a peer sent
    """Read what a peer sent as a vector, or raise NotGenuine (F25)."""
    if not isinstance(value, dict):
        raise NotGenuine("vector", "A vector is not an object.")
    for device, heads in value.items():
        if not (isinstance(device, str) and is_id(device) and _are_heads(heads)):
            raise NotGenuine("vector", "A vector names something that is no device or no head.")
    return value


def _are_heads(heads: object) -> bool:
    if not isinstance(heads, list) or not heads or len(heads) % 2:
        return False
    found = pairs(heads)
    return all(_is_head(seq, event_id) for seq, event_id in found) and found == _sorted(found)


def _is_head(seq: object, event_id: object) -> bool:
    is_seq = type(seq) is int and 0 <= seq <= LARGEST_INTEGER
    return is_seq and isinstance(event_id, str) and is_id(event_id)


def _sorted(found: list[tuple[int, EventId]]) -> list[tuple[int, EventId]]:
    return sorted(set(found), key=lambda pair: (-pair[0], pair[1]))


def landmarks(graph: Graph, heads: Heads) -> Vector:
    """Name heads, and the events 1, 2, 4, 8 … before each in its chain (F27).

    Whoever does not know a head yet finds the last thing that both hold between two of them.
    """
    return {device: _pairs(graph, _back_from(graph, found)) for device, found in heads.items()}


Heads: TypeAlias = "Mapping[DeviceId, Sequence[EventId]]"


def _pairs(graph: Graph, ids: Iterable[EventId]) -> list[Any]:
    ordered = _sorted([(graph[event_id].seq, event_id) for event_id in ids])
    return [part for pair in ordered for part in pair]


def _back_from(graph: Graph, heads: Iterable[EventId]) -> Iterator[EventId]:
    for head in heads:
        yield head
        here = head
        for steps in range(1, graph[head].seq + 1):
            here = graph.prev(here)
            if steps.bit_count() == 1:  # a power of two
                yield here


def lacking(graph: Graph, theirs: Vector) -> list[EventId]:
    """Give what somebody with this vector may lack of what is here, parents first (F27).

    Everything that the vector does not show them to hold: so whatever an event in it rests on,
    they hold or find before it.
    """
    known = graph.union(head for heads in theirs.values() for head in heads[1::2] if head in graph)
    return [event_id for event_id in graph.in_order() if event_id not in known]
