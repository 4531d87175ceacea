"""Search on for as long as there is time: `python -m tests.model.soak --seconds 600 [--from 0]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.model import lives
from tests.model.broken import Broken
from tests.model.crowds import search_at_random, walk_at_random
from tests.model.hunts import life
from tests.model.rules.judge import Rules
from tests.model.sealing import Epoch, search

# Members, silent, rounds, leaving, tables at most: all but the last to the end, in minutes.
WIDE = (
    (1, 0, 3, True, None),
    (2, 0, 2, True, None),
    (2, 0, 3, False, None),
    (3, 1, 3, False, None),
    (3, 0, 2, False, 400_000),
)


def seed_once(seed: int, counts: Counter[str]) -> None:
    """Look once at everything that a seed stands for."""
    counts["words"] += search_at_random(Rules(), 3 + seed % 10, seed)
    counts["steps of three"] += walk_at_random(Rules(), 3, seed)
    counts["steps of four"] += walk_at_random(Rules(), 4, seed)
    for kind in lives.ALL:
        counts["events"] += len(life(kind, 7)(Rules, seed).rules.history.events)
        counts["histories"] += 1


def soak(seconds: float, first: int, *, wide: bool) -> Counter[str]:
    """Search until the time is over; raises Broken, after naming the seed, where a promise is."""
    counts: Counter[str] = Counter()
    until = time.monotonic() + seconds
    for size, silent, rounds, leaving, most in WIDE if wide else ():
        epoch = Epoch(Rules(), size, silent, rounds, leaving=leaving)
        counts["tables"] += search(epoch, most, progress=size < 3 or silent > 0)
        print(f"{size} members, {silent} silent, {rounds} rounds: {dict(counts)}", flush=True)  # noqa: T201
    seed = first
    while time.monotonic() < until:
        try:
            seed_once(seed, counts)
        except Broken:
            print(f"seed {seed}", file=sys.stderr)  # noqa: T201
            raise
        seed += 1
    return counts


def main() -> None:
    """Read the command line and search."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--from", dest="first", type=int, default=1000)
    parser.add_argument("--wide", action="store_true", help="first every sealing, far")
    given = parser.parse_args()
    print(dict(soak(given.seconds, given.first, wide=given.wide)))  # noqa: T201


if __name__ == "__main__":
    main()
