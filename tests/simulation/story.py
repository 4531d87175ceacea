"""A seed's whole story: a collective gathers, lives in bad weather, and becomes equal again.

Where a promise is broken, steps are left out as long as it is broken all the same; what is left
is the shortest story that shows it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from tests.model.broken import Broken
from tests.model.lives import BY_SEED
from tests.simulation.checking import Checking
from tests.simulation.weather import Fate, Weather
from tests.simulation.world import drawn_salts

STEPS = 40
SIZES = (3, 5, 4, 6, 3, 8, 4, 5, 3, 7, 4, 5, 12)


class Failure(NamedTuple):
    """A promise that a seed breaks, the steps that it takes, and what happens in them."""

    seed: int
    promise: str
    steps: Sequence[int]
    story: list[str]

    def __str__(self) -> str:
        lines = "\n".join(f"  {line}" for line in self.story)
        return f"seed {self.seed}, steps {list(self.steps)}:\n{lines}\nThen {self.promise}."


def world_of(seed: int) -> tuple[Weather, int, int]:
    """Return the world of a seed, and how many members and liars gather in it."""
    kind = BY_SEED[seed % len(BY_SEED)]
    members = SIZES[seed // len(BY_SEED) % len(SIZES)]
    liars = (0, 1, 0, 2)[seed // 3 % 4] if members > 3 else seed // 3 % 2
    return type(kind.__name__, (Weather, kind), {})(seed), members, liars


def live(seed: int, steps: Sequence[int] = range(STEPS)) -> Weather:
    """Let the world of a seed live through some steps, under watch; raises Broken."""
    return _lived(world_of(seed)[0], seed, steps)


def _lived(world: Weather, seed: int, steps: Sequence[int]) -> Weather:
    _, members, liars = world_of(seed)
    watch = Checking(world)
    with drawn_salts(world.chance):
        world.gather(members, liars)
    world.fate, world.lazy = Fate(), world.laziness
    watch.check()
    for number in steps:
        world.step_with(number)
        watch.check()
    world.chance = random.Random(f"{seed} end")
    watch.finish()
    return world


def broken(seed: int, steps: Sequence[int] = range(STEPS)) -> Failure | None:
    """Return how a seed fails in these steps, if it does."""
    world = world_of(seed)[0]
    try:
        _lived(world, seed, steps)
    except Broken as failure:
        return Failure(seed, str(failure), steps, world.told)
    return None


def shortest(failure: Failure) -> Failure:
    """Leave steps out of a failing story while the same promise is broken, many at a time first."""
    promise, size = failure.promise.split(":")[0], max(1, len(failure.steps) // 2)
    while True:
        for start in range(len(failure.steps) - size, -1, -size):
            rest = [*failure.steps[:start], *failure.steps[start + size :]]
            found = broken(failure.seed, rest)
            if found and found.promise.split(":")[0] == promise:
                failure = found
        if size == 1:
            return failure
        size //= 2
