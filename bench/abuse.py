"""Sixteen honest devices go on while somebody means harm: how much longer they wait, and how much
memory the node takes.

One kind of stranger after the other comes (bench/strangers.py), with a quiet time before each, and
what an honest device waits is compared with the quiet times of the same run. A node runs as people
run it. Everything is on one machine, so the stranger's process has the lowest priority.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from bench.crowd import Crowd
from bench.figure import Figure, at_most, percentile
from bench.honest import EVERY, Device, Heard, Work
from bench.machine import ROOT, scratch
from bench.served import node
from bench.strangers import KINDS, Target
from goround.log.bundle import encode_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.served import Served
    from goround.ids import CollectiveId
    from goround.log.event import Event
    from goround.log.keys import DeviceKey

CORES = 2
SECONDS = 8.0
SETTLES = 2.0
"""Seconds from the end of one kind to the next time that is taken."""
STARTS = 5.0
"""Seconds that a process may need to start, on a busy machine."""
QUICK = {"seconds": 2.0, "kinds": ("rubbish", "flood")}
QUIET = "quiet"
FLOOD = 3000
FILES = 8192
"""Files that a process may have open: a stranger needs thousands."""


class Span(msgspec.Struct, frozen=True):
    """What was going on from one moment to another, and how much memory the node had at most."""

    kind: str
    begin: float
    end: float
    memory: float
    told: dict[str, int]


class Found(msgspec.Struct, frozen=True):
    """What the honest ones waited for in one span, in ms, and how often they were turned away."""

    span: Span
    waits: list[float]
    refused: int

    @property
    def p99(self) -> float:
        return percentile(self.waits, 99)

    @property
    def is_quiet(self) -> bool:
        return self.span.kind == QUIET


def measure(seconds: float = SECONDS, kinds: tuple[str, ...] = KINDS) -> list[Figure]:
    found = run(seconds, kinds)
    return [_waits(found), _memory(found), _refused(found)]


def run(seconds: float, kinds: tuple[str, ...]) -> list[Found]:
    """Let them be alone, and then with one kind of stranger after the other."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, most), most))
    crowd, order = Crowd(), [one for kind in kinds for one in (QUIET, kind)]
    turns = int((SETTLES + STARTS + seconds) * (1 + len(order)) / EVERY)
    flood = crowd.flood(FLOOD)
    with scratch() as folder:
        home = crowd.settle_in(folder / "home")
        with node(home.path) as served:
            honest, target = folder / "honest", folder / "target"
            heard = folder / "heard"
            work = _work(crowd, turns, served, heard)
            honest.write_bytes(msgspec.msgpack.encode(work))
            target.write_bytes(msgspec.msgpack.encode(_target(flood, served, crowd.collective)))
            with subprocess.Popen(_module("honest", str(honest)), cwd=ROOT) as crew:
                time.sleep(2 * SETTLES)
                spans = [_span(served, kind, seconds, target) for kind in order]
                crew.terminate()
                crew.wait(60)
        answers = msgspec.msgpack.decode(heard.read_bytes(), type=list[Heard])
    return [_found(span, answers) for span in spans]


def _module(name: str, *args: str) -> list[str]:
    return [sys.executable, "-m", f"bench.{name}", *args]


def _work(crowd: Crowd, turns: int, served: Served, heard: Path) -> Work:
    devices = [
        Device(key.seed, [(post.line, post.id, post.after) for post in posts])
        for key, posts in zip(crowd.keys, crowd.posts(turns), strict=True)
    ]
    return Work(served.origin, crowd.collective, devices, str(heard))


def _target(
    flood: tuple[DeviceKey, list[Event]], served: Served, collective: CollectiveId
) -> Target:
    key, events = flood
    return Target(served.origin, collective, key.seed, [encode_line(event) for event in events])


def _span(served: Served, kind: str, seconds: float, target: Path) -> Span:
    """Let one kind of stranger come, or nobody, and see how much memory the node takes."""
    time.sleep(SETTLES)
    with _harming(kind, seconds, target) as told:
        begin = time.perf_counter()
        most = served.resident
        while (now := time.perf_counter()) < begin + seconds:
            most = max(most, served.resident)
            time.sleep(0.05)
    return Span(kind, begin, now, most, told)


@contextmanager
def _harming(kind: str, seconds: float, target: Path) -> Iterator[dict[str, int]]:
    """Let a stranger be at work; what they were told is known when they are gone."""
    told: dict[str, int] = {}
    if kind == QUIET:
        yield told
        return
    command = _module("strangers", str(target), kind, str(seconds))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as stranger:
        assert stranger.stdout is not None
        stranger.stdout.readline()
        try:
            yield told
            told.update(msgspec.json.decode(stranger.stdout.read()))
        finally:
            stranger.kill()


def _found(span: Span, answers: list[Heard]) -> Found:
    within = [one for one in answers if span.begin <= one.at - one.wait and one.at <= span.end]
    refused = sum(one.status not in (200, 201) for one in within)
    return Found(span, [1000 * one.wait for one in within], refused)


def _waits(found: list[Found]) -> Figure:
    quiet = percentile([wait for one in found if one.is_quiet for wait in one.waits], 99)
    harmed = [one for one in found if not one.is_quiet]
    worst, target = max(harmed, key=lambda one: one.p99), at_most(5, unit="times the quiet one")
    ratio = worst.p99 / quiet
    return Figure(
        name="abuse.p99",
        value=worst.p99,
        unit="ms",
        floor=quiet,
        ratio=ratio,
        target=str(target),
        met=target.met_by(ratio),
        sentence=(
            f"Of 100 things that honest devices ask, 99 are answered within {quiet:.0f} ms while "
            f"nobody disturbs them, and {_each(harmed)}."
        ),
        spread=(min(one.p99 for one in harmed), worst.p99),
    )


def _each(harmed: list[Found]) -> str:
    return ", ".join(f"{one.p99:.0f} ms during {one.span.kind}" for one in harmed)


def _memory(found: list[Found]) -> Figure:
    quiet = max((one.span for one in found if one.is_quiet), key=lambda one: one.memory)
    worst = max((one.span for one in found), key=lambda one: one.memory)
    ratio, target = worst.memory / quiet.memory, at_most(2, unit="times the quiet node's")
    return Figure(
        name="abuse.memory",
        value=worst.memory,
        unit="MiB",
        floor=quiet.memory,
        ratio=ratio,
        target=str(target),
        met=target.met_by(ratio),
        sentence=(
            f"A node that sixteen honest devices use has {quiet.memory:.0f} MiB; whatever a "
            f"stranger does, it has at most {worst.memory:.0f} MiB (during {worst.kind})."
        ),
    )


def _refused(found: list[Found]) -> Figure:
    refused, asked = sum(one.refused for one in found), sum(len(one.waits) for one in found)
    target = at_most(0)
    return Figure(
        name="abuse.refused",
        value=refused,
        unit="requests",
        floor=None,
        ratio=None,
        target=str(target),
        met=target.met_by(refused),
        sentence=f"Of {asked} things that honest devices asked meanwhile, {refused} were refused.",
    )
