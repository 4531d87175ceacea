"""One measuring module in a process of its own: `python -m bench.alone FILE NAME [--quick]`.

So that no measurement runs in what another one left behind. A module that says nothing else gets
one core for itself, since a process that is moved between cores measures their caches; `CORES = 2`
is for those that measure a server and its clients. `QUICK` in a module are the arguments with which
`measure` takes seconds and finds nothing worth telling: enough to see that it works.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path

import msgspec

from bench.figure import Figure
from bench.machine import Machine, this_machine


class Run(msgspec.Struct, frozen=True):
    """What one module found, on which machine, in how many seconds."""

    machine: Machine
    seconds: float
    figures: list[Figure]


def pin(cores: int) -> None:
    """Keep this process to so many of the cores that it may use, the last ones."""
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, allowed[-cores:])


def run(name: str, *, quick: bool = False) -> Run:
    machine, start = this_machine(), time.monotonic()
    module = importlib.import_module(f"bench.{name}")
    pin(getattr(module, "CORES", 1))
    figures = module.measure(**(module.QUICK if quick else {}))
    return Run(machine, round(time.monotonic() - start, 1), figures)


if __name__ == "__main__":
    file, name, *options = sys.argv[1:]
    Path(file).write_bytes(msgspec.json.encode(run(name, quick="--quick" in options)))
