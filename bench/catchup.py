"""How long somebody takes who lacks everything: from a node, over HTTP, until both are equal.

Beside it, the same events loaded from a file of one's own, which checks one signature per device
where a transfer checks each event's; and others that catch up with as many small changes: git over
HTTP with its own server, pycrdt and loro from one memory to another, without any network.
"""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.figure import Figure, at_most, number, seconds, spread
from bench.fresh import fresh
from bench.histories import Recipe, history
from bench.load import start
from bench.machine import scratch
from bench.peers import (
    LIST,
    edits_of,
    fetch,
    git_version,
    repository,
    write_loro,
    write_pycrdt,
)
from bench.served import node, serving
from goround.ids import encode
from goround.log.keys import DeviceKey
from goround.node.exchange import become_equal
from goround.node.home import Home
from goround.sync.http import Peer
from goround.sync.messages import Digest, encode_message
from goround.sync.session import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.histories import History
    from goround.ids import CollectiveId
    from goround.sync.session import Conversation

CORES = 2
EVENTS = 10_000
REPETITIONS = 3
QUICK = {"events": 300, "repetitions": 1}
LOADING = at_most(3, unit="times loading them")


class Others(NamedTuple):
    """A program that catches up too, and what it took."""

    name: str
    does: str
    times: list[float]


def measure(events: int = EVENTS, repetitions: int = REPETITIONS) -> list[Figure]:
    made = history(Recipe(events))
    with scratch() as folder:
        ours, loads = _ours(made, folder, repetitions)
        others = [_git(made, folder, repetitions), *_merging(made, repetitions)]
    return [_beside_loading(events, ours, loads), *(_beside(events, ours, one) for one in others)]


# Ours


def _ours(made: History, folder: Path, repetitions: int) -> tuple[list[float], list[float]]:
    """Let somebody catch up, and load the same, by turns."""
    ours, loads = [], []
    with node(made.copy(folder / "node").path) as served:
        for turn in range(repetitions):
            given = (folder / f"new-{turn}", made.collective, made.keys[1].seed, served.origin)
            ours.append(fresh(catch_up, *given))
            home = made.copy(folder / f"own-{turn}").path
            loads.append(fresh(start, home, made.collective))
    return ours, loads


def catch_up(folder: Path, collective: CollectiveId, seed: bytes, origin: str) -> float:
    """Fetch everything into a new home; the node has the collective open, as when it is in use."""
    home, key = Home(folder), DeviceKey.from_seed(seed)
    home.keyring(collective).keep_device(key)
    replica = home.new_replica(collective)
    with Peer(origin) as peer:
        peer.carry(collective, key, _knock(collective))
        took = seconds(partial(become_equal, replica, peer))
    replica.view()
    replica.close()
    return took


def _knock(collective: CollectiveId) -> Conversation:
    """Say one thing in a session, so that the node has the collective open."""
    yield encode_message(collective, Digest(encode(bytes(32))))
    return Outcome(0, 0, equal=False)


def _beside_loading(events: int, ours: Sequence[float], loads: Sequence[float]) -> Figure:
    ratio = median(ours) / median(loads)
    return Figure(
        name="catchup.loading",
        value=median(ours),
        unit="s",
        floor=median(loads),
        ratio=ratio,
        target=str(LOADING),
        met=LOADING.met_by(ratio),
        sentence=(
            f"Who lacks {events:,} events has them from a node after {number(median(ours))} s,"
            f" each signature checked and all of it on the disk; loading them from a file takes"
            f" {number(median(loads))} s."
        ),
        spread=spread(ours),
    )


# Others


def _beside(events: int, ours: Sequence[float], other: Others) -> Figure:
    theirs = median(other.times)
    return Figure(
        name=f"catchup.{other.name}",
        value=median(ours),
        unit="s",
        floor=theirs,
        ratio=median(ours) / theirs,
        target="none: for reading beside it",
        met=True,
        sentence=(
            f"{other.does} takes {number(theirs)} s for {events:,}, and checks neither signatures"
            f" nor rules; we take {number(median(ours))} s."
        ),
        spread=spread(ours),
    )


def _git(made: History, folder: Path, repetitions: int) -> Others:
    """Let git fetch a commit for each event, with the same parents and words, over HTTP."""
    repository(made, folder)
    with serving("bench.git_http", str(folder)) as served:
        times = [
            seconds(partial(fetch, folder / f"{turn}.git", f"{served.origin}/full.git"))
            for turn in range(repetitions)
        ]
    return Others("git", f"{git_version()} fetching as many commits over HTTP", times)


def _merging(made: History, repetitions: int) -> list[Others]:
    """Let libraries bring an empty list up to date with one that eight wrote."""
    edits = list(edits_of(made))
    return [
        Others(
            name,
            f"{name} {version(name)} bringing as many edits from one memory to another",
            [fresh(merge, write(edits)) for _ in range(repetitions)],
        )
        for name, write, merge in (
            ("pycrdt", write_pycrdt, merge_pycrdt),
            ("loro", write_loro, merge_loro),
        )
    ]


def merge_pycrdt(update: bytes) -> float:
    from pycrdt import Array, Doc  # noqa: PLC0415 - neither library weighs on the other's process

    full, empty = Doc(), Doc()
    full.apply_update(update)

    def catch_up() -> int:
        empty.apply_update(full.get_update(empty.get_state()))
        return len(empty.get(LIST, type=Array))

    return seconds(catch_up)


def merge_loro(updates: bytes) -> float:
    from loro import ExportMode, LoroDoc  # noqa: PLC0415 - the same

    full, empty = LoroDoc(), LoroDoc()
    full.import_(updates)

    def catch_up() -> int:
        empty.import_(full.export(ExportMode.Updates(empty.oplog_vv)))
        return len(empty.get_list(LIST))

    return seconds(catch_up)
