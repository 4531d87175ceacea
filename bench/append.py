"""Handing over, signed and durable, over HTTP, from sixteen devices at once.

A node runs as people run it, with the bounds that strangers meet; each device posts over one
connection from an address of its own what it signed beforehand, and goes on when it was answered,
so every answer means that the event is on the disk. Beside it stand two floors, in the same run on
the same disk: SQLite that commits the same events one by one, and a bare application that checks
one signature per POST and keeps nothing. A share of more than one of the first is what group commit
is for; the second is what HTTP and the signature cost anyone.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import msgspec

from bench.bare import commits
from bench.crowd import Crowd
from bench.figure import Figure, at_least, percentile, spread
from bench.machine import file_system, scratch
from bench.posting import post_all
from bench.served import node, serving
from goround.log.bundle import decode_line
from goround.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from bench.crowd import Post
    from bench.posting import Posted
    from goround.log.event import Event

CORES = 2
WARM = 4
"""Turns before time is taken: the collective is open then, and every connection was used."""
TURNS = 120
REPETITIONS = 5
QUICK = {"turns": 6, "repetitions": 1}


class Rates(msgspec.Struct, frozen=True):
    """Events in a second, in one repetition, and how long an answer of the node took, in ms."""

    node: float
    commits: float
    posts: float
    p50: float
    p99: float

    @property
    def floor(self) -> float:
        return min(self.commits, self.posts)

    @property
    def share(self) -> float:
        return self.node / self.floor


def measure(turns: int = TURNS, repetitions: int = REPETITIONS) -> list[Figure]:
    crowd = Crowd()
    said = crowd.posts(WARM + turns)
    with scratch() as folder:
        kind = file_system(folder)
        rates = [_once(crowd, said, folder / str(number)) for number in range(repetitions)]
    return [_share(rates, kind), _wait(rates)]


def _once(crowd: Crowd, said: list[list[Post]], folder: Path) -> Rates:
    folder.mkdir()
    events = [decode_line(post.line) for posts in said for post in posts]
    one_by_one = commits(folder / "floor.sqlite", events)
    with serving("bench.bare") as bare:
        bare_posts = _posted(bare.origin, "/events", said)
    home = crowd.settle_in(folder / "home")
    with node(home.path) as found:
        posted = _posted(found.origin, f"/c/{crowd.collective}/events", said)
    _check_kept(home.file(crowd.collective), events)
    waits = [1000 * wait for wait in posted.waits]
    return Rates(
        posted.per_second,
        one_by_one,
        bare_posts.per_second,
        percentile(waits, 50),
        percentile(waits, 99),
    )


def _posted(origin: str, path: str, said: list[list[Post]]) -> Posted:
    """Post everything, and take the time of all but the first turns."""
    first = {post.id for posts in said for post in posts[:WARM]}
    post_all(origin, path, [posts[:WARM] for posts in said])
    posted = post_all(origin, path, [posts[WARM:] for posts in said], known=first)
    assert set(posted.statuses) == {201}, posted.statuses
    return posted


def _check_kept(file: Path, events: list[Event]) -> None:
    with Store.open(file) as store:
        assert all(event.id in store for event in events), "what was acknowledged is on the disk"


def _share(rates: list[Rates], kind: str) -> Figure:
    share, target = median(one.share for one in rates), at_least(0.5, aim=0.9)
    ours, one_by_one = median(one.node for one in rates), median(one.commits for one in rates)
    posts = median(one.posts for one in rates)
    return Figure(
        name="append.share",
        value=ours,
        unit="events/s",
        floor=min(one_by_one, posts),
        ratio=share,
        target=str(target),
        met=target.met_by(share),
        sentence=(
            f"From 16 devices at once a node takes {ours:.0f} signed events a second, each on the "
            f"disk ({kind}) before it is answered: {share:.0%} of the lower of two floors "
            f"({one_by_one:.0f} commits one by one, {posts:.0f} bare POSTs that check a signature)."
        ),
        spread=spread([one.node for one in rates]),
    )


def _wait(rates: list[Rates]) -> Figure:
    p50, p99 = median(one.p50 for one in rates), median(one.p99 for one in rates)
    return Figure(
        name="append.wait",
        value=p99,
        unit="ms",
        floor=None,
        ratio=None,
        target="none: for reading beside the share",
        met=True,
        sentence=(
            f"While 16 devices post as fast as they are answered, an answer takes {p50:.0f} ms "
            f"(median), and one in a hundred more than {p99:.0f} ms."
        ),
        spread=spread([one.p99 for one in rates]),
    )
