"""What it costs to ask whether anything is new where nothing is: requests, and bytes both ways.

Seen by a relay between two homes, with everything that HTTP adds. Beside it, what git says to its
own server when there is nothing to fetch.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, NamedTuple

from bench.figure import Figure, at_most
from bench.histories import Recipe, history
from bench.machine import scratch
from bench.peers import fetch, git_version, repository
from bench.relay import Relay
from bench.served import serving
from goround.node.exchange import become_equal
from goround.node.home import Home
from goround.node.reaching import peer_at

if TYPE_CHECKING:
    from pathlib import Path

    from bench.histories import History

CORES = 2
EVENTS = 10_000
QUICK = {"events": 300}
ROUND_TRIPS = at_most(1)
BYTES = at_most(1000)


class Asked(NamedTuple):
    """What went through the relay."""

    requests: int
    size: int


def measure(events: int = EVENTS) -> list[Figure]:
    made = history(Recipe(events))
    with scratch() as folder:
        ours, git = _ours(made, folder), _git(made, folder)
    return [_round_trips(events, ours, git), _bytes(events, ours, git)]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _ours(made: History, folder: Path) -> Asked:
    """Become equal with a node, and ask once more, as another run of the program would."""
    here, there = Home(folder / "here"), made.copy(folder / "there").path
    here.keyring(made.collective).keep_device(made.keys[1])
    replica = here.new_replica(made.collective)
    with Relay() as relay:
        relay.behind = _free_port()
        words = ("serve", "--port", str(relay.behind), "--at", relay.origin)
        with serving("goround", "--home", str(there), *words):
            is_same = False
            for _time in range(3):  # what each signs because of the other has gone both ways
                relay.forget()
                with peer_at(here, relay.origin) as peer:
                    done = become_equal(replica, peer)
                is_same = done.equal and not done.received + done.sent + done.signed
            assert is_same
        replica.close()
        return Asked(relay.requests, relay.carried)


def _git(made: History, folder: Path) -> Asked:
    """Let git fetch everything, and look whether there is more."""
    repository(made, folder)
    with Relay() as relay, serving("bench.git_http", str(folder)) as served:
        relay.behind = served.port
        for _time in range(2):
            relay.forget()
            fetch(folder / "clone.git", f"{relay.origin}/full.git")
        return Asked(relay.requests, relay.carried)


def _round_trips(events: int, ours: Asked, git: Asked) -> Figure:
    return Figure(
        name="unchanged.requests",
        value=ours.requests,
        unit="requests",
        floor=git.requests,
        ratio=ours.requests / git.requests,
        target=f"{ROUND_TRIPS} round trip",
        met=ROUND_TRIPS.met_by(ours.requests),
        sentence=(
            f"Two homes with the same {events:,} events know it after {ours.requests} request;"
            f" {git_version()} asks {git.requests} times."
        ),
    )


def _bytes(events: int, ours: Asked, git: Asked) -> Figure:
    return Figure(
        name="unchanged.bytes",
        value=ours.size,
        unit="bytes",
        floor=git.size,
        ratio=ours.size / git.size,
        target=f"{BYTES} bytes",
        met=BYTES.met_by(ours.size),
        sentence=(
            f"That takes {ours.size:,} bytes both ways, HTTP's own included, however many events"
            f" there are ({events:,} here); git takes {git.size:,}."
        ),
    )
