"""How long a node takes from a file with a cold history to being ready, and at its second start.

Beside it, over the same events in the same run: checking every signature one by one, which is what
loading would cost if the chains vouched for nothing; and the floor, which is reading the bytes,
hashing header and content and decoding both, and leaves out order, links, signatures and judging.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from statistics import median
from typing import TYPE_CHECKING

import msgspec
from nacl.signing import VerifyKey

from bench.figure import Figure, at_least, at_most, number, seconds, spread
from bench.fresh import fresh
from bench.histories import Recipe, check_judged, history
from bench.machine import forget, scratch
from goround.errors import GoroundError
from goround.ids import decode
from goround.log.history import check_history
from goround.log.keys import SIGNATURE_LENGTH, tagged
from goround.node.home import Home
from goround.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from bench.histories import History
    from goround.ids import CollectiveId
    from goround.node.replica import Replica

EVENTS = 100_000
REPETITIONS = 3
QUICK = {"events": 300, "repetitions": 1}
SMALL = 300
ONE_IN = 5
"""Of every so many signatures one is checked, and the time taken so many times."""


class Times(msgspec.Struct, frozen=True):
    """Seconds of one repetition."""

    first: float
    second: float
    signatures: float
    floor: float


def measure(events: int = EVENTS, repetitions: int = REPETITIONS) -> list[Figure]:
    made = history(Recipe(events))
    verifying = 0.0 if finds_a_forged_signature() else fresh(verifying_of, made.file)
    times = [_once(made, verifying) for _ in range(repetitions)]
    return [
        _beside_signatures(events, times, verifying),
        _beside_floor(times),
        _second_start(times),
    ]


def _once(made: History, verifying: float) -> Times:
    with scratch() as folder:
        home = made.copy(folder / "home")
        floor = fresh(floor_of, made.file)
        signatures = fresh(signatures_of, made.file)
        first = fresh(start, home.path, made.collective) + verifying
        second = fresh(start, home.path, made.collective)
    return Times(first, second, signatures, floor)


def finds_a_forged_signature() -> bool:
    """Tell whether opening a collective checks what its chains rest on; else it is added."""
    made = history(Recipe(SMALL))
    with scratch() as folder:
        home = made.copy(folder / "home")
        with closing(sqlite3.connect(home.file(made.collective))) as connection, connection:
            connection.execute(
                "UPDATE event SET signature = ? WHERE row = (SELECT max(row) FROM event)",
                (bytes(SIGNATURE_LENGTH),),
            )
        try:
            home.replica(made.collective).close()
        except GoroundError:
            return True
    return False


# Each of these runs in a process of its own.


def start(home: Path, collective: CollectiveId) -> float:
    """Open a collective until its first view can be drawn from."""
    for file in home.rglob("*"):
        forget(file)
    kept = []
    took = seconds(lambda: kept.append(_ready(home, collective)))
    replica = kept[0]
    check_judged(replica.replay)
    replica.close()
    return took


def _ready(home: Path, collective: CollectiveId) -> Replica:
    replica = Home(home).replica(collective)
    replica.view()
    return replica


def verifying_of(file: Path) -> float:
    """Check links, and one signature per chain."""
    with Store.open(file) as store:
        events = [event for _, event in store.since()]
    return seconds(lambda: check_history(events))


def signatures_of(file: Path) -> float:
    """Check signatures with PyNaCl and nothing else, with a key that is made once per device."""
    with Store.open(file) as store:
        events = [event for _, event in store.since()]
    devices = {event.header.device for event in events}
    verify = {device: VerifyKey(decode(device)).verify for device in devices}
    some = [
        (verify[event.header.device], tagged("event", event.raw), event.signature)
        for event in events[::ONE_IN]
    ]
    took = seconds(lambda: [check(message, signature) for check, message, signature in some])
    return took * len(events) / len(some)


def floor_of(file: Path) -> float:
    """Read every byte, hash header and content, decode both."""
    forget(file)
    return seconds(lambda: _read_all(file))


def _read_all(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        query = (
            "SELECT header, signature, salt, words FROM event LEFT JOIN content USING (row)"
            " ORDER BY row"
        )
        for header, _, salt, words in connection.execute(query):
            sha256(header).digest()
            msgspec.json.decode(header)
            if words is not None:
                sha256(salt + words).digest()
                msgspec.json.decode(words)


# What they come to.


def _beside_signatures(events: int, times: list[Times], verifying: float) -> Figure:
    loads = [one.first for one in times]
    load, every = median(loads), median(one.signatures for one in times)
    ratio, target = every / load, at_least(4, aim=6, unit="times faster")
    return Figure(
        name="load.signatures",
        value=load,
        unit="s",
        floor=every,
        ratio=ratio,
        target=str(target),
        met=target.met_by(ratio),
        sentence=(
            f"A cold history of {events:,} events is ready to serve after {number(load)} s, "
            f"{number(ratio)} times as fast as checking each signature "
            f"({number(every)} s){_apart(verifying)}."
        ),
        spread=spread(loads),
    )


def _apart(verifying: float) -> str:
    """Say what was added because opening a file leaves it out."""
    if not verifying:
        return ""
    return f"; {number(verifying)} s of it check links and the chains' newest signatures"


def _beside_floor(times: list[Times]) -> Figure:
    shares = [one.floor / one.first for one in times]
    load, floor = median(one.first for one in times), median(one.floor for one in times)
    share, target = median(shares), at_least(0.1, unit="of the time")
    return Figure(
        name="load.floor",
        value=100 * share,
        unit="%",
        floor=None,
        ratio=share,
        target=str(target),
        met=target.met_by(share),
        sentence=(
            f"Of loading, {share:.0%} is what nobody can do without: read, hash and decode "
            f"({number(floor)} of {number(load)} s); the rest is order, links and judging."
        ),
        spread=(100 * min(shares), 100 * max(shares)),
    )


def _second_start(times: list[Times]) -> Figure:
    seconds_ = [one.second for one in times]
    second, first = median(seconds_), median(one.first for one in times)
    share, target = second / first, at_most(0.1, unit="of the first start")
    return Figure(
        name="load.second",
        value=second,
        unit="s",
        floor=first,
        ratio=share,
        target=str(target),
        met=target.met_by(share),
        sentence=f"A second start takes {number(second)} s, {share:.0%} of the first.",
        spread=spread(seconds_),
    )
