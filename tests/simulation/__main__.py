"""Live seeds for as long as there is time, or count what happens in them.

    python -m tests.simulation --seconds 600 [--from 1000]   # search on
    python -m tests.simulation --seed 42                     # tell one seed's story
    python -m tests.simulation --table 400                   # write the table in docs/simulation.md

Ends with 3, and the shortest story that shows it, where a promise is broken.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.simulation.figures import Figures, write
from tests.simulation.story import broken, live, shortest

NOT_TRUE = 3


def search(seconds: float, first: int) -> int:
    """Live seeds until the time is over; return how many."""
    seed, until = first, time.monotonic() + seconds
    while time.monotonic() < until:
        check(seed)
        seed += 1
    return seed - first


def check(seed: int) -> None:
    """Live a seed, or tell the shortest story that breaks a promise, and end."""
    failure = broken(seed)
    if failure:
        sys.stdout.write(f"{shortest(failure)}\n")
        sys.exit(NOT_TRUE)


def table(seeds: int) -> str:
    """Count what happens in the first seeds."""
    figures = Figures()
    for seed in range(seeds):
        figures.add(live(seed))
    return figures.table(f"python -m tests.simulation --table {seeds}")


def main() -> None:
    """Read the command line and live."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--from", dest="first", type=int, default=1000)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--table", type=int)
    given = parser.parse_args()
    if given.table:
        write(table(given.table))
    elif given.seed is not None:
        check(given.seed)
        sys.stdout.write("\n".join(live(given.seed).told) + "\n")
    else:
        sys.stdout.write(f"{search(given.seconds, given.first)} lives, every promise kept\n")


if __name__ == "__main__":
    main()
