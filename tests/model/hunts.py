"""Where to look for what each broken rule breaks, and by which promise it is found out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.model import lives, mutants
from tests.model.broken import Broken
from tests.model.crowds import search_at_random, walk_at_random
from tests.model.life import Life
from tests.model.rules.judge import Rules
from tests.model.sealing import Epoch, search
from tests.model.watch import live

STEPS = 80
Look = Callable[[type[Rules], int], object]


def pairs(rules: type[Rules], seed: int) -> int:
    """Search all that two members can do in one round, leaving among it."""
    return search(Epoch(rules(), 2, 0, 1, leaving=True))


def threes(rules: type[Rules], seed: int) -> int:
    """Let three honest members speak at random."""
    return walk_at_random(rules(), 3, seed)


def crowds(rules: type[Rules], seed: int) -> int:
    """Let five or seven members speak at random, liars among them."""
    return search_at_random(rules(), 5 + seed % 2 * 2, seed, progress=False)


def life(kind: type[Life], most: int = 6) -> Callable[[type[Rules], int], Life]:
    """Return a look at one kind of life, with up to `most` members."""

    def look(rules: type[Rules], seed: int) -> Life:
        members = 1 + seed % most
        liars = min((0, 1, 2)[seed // most % 3], members - 1)
        return live(seed, members, STEPS, liars=liars, rules=rules, life=kind)

    return look


class Hunt(NamedTuple):
    """A mutant, the promises that it may break, and where it is seen to."""

    mutant: type[Rules]
    breaks: tuple[str, ...]
    look: Look
    seeds: int = 200
    first: int = 0
    """Where to look first: where it was seen before, if that takes long."""


UNASKED = ("nobody_under_a_change_unasked", "completed_by_everyone")
UNFOUND = ("stands_for_who_took_part_or_found",)

HUNTS = (
    Hunt(mutants.NoLockBetweenRounds, ("one_successor",), threes, 2000),
    Hunt(mutants.PlainMajority, ("one_successor",), crowds, 3000, 64),
    Hunt(mutants.SealingByOne, ("one_successor",), pairs, 1),
    Hunt(mutants.WhoLeftStillSeals, ("one_successor",), pairs, 1),
    Hunt(mutants.OnlyAWordGivenKnowingCounts, ("in_force_soon",), pairs, 1),
    Hunt(mutants.AnyDeviceSeals, ("one_constitution",), life(lives.ManyDevices, 2)),
    Hunt(mutants.OnlySomeMustConsent, UNASKED, life(lives.Partings)),
    Hunt(mutants.PositionsSurviveANewVersion, UNASKED, life(lives.Partings)),
    Hunt(mutants.EarlyDecisionsBindLater, UNFOUND, life(lives.Crossings)),
    Hunt(mutants.RevivesWhenSomebodyLeaves, UNFOUND, life(lives.Crossings, 5), 600, 166),
    Hunt(mutants.OldCharterBindsNew, ("old_charter_ends_unfound",), life(lives.Charters)),
    Hunt(
        mutants.LeavingEndsTheNeedToFind,
        ("leaving_revives_nothing",),
        life(lives.Charters),
        first=39,
    ),
    Hunt(mutants.PositionsCountAfterAFork, UNASKED, life(lives.Arrivals)),
    Hunt(mutants.PositionsOutliveRetirement, UNASKED, life(lives.ManyDevices)),
    Hunt(mutants.StaleAcceptancesArrive, ("nobody_arrives_to_the_unknown",), life(lives.Arrivals)),
    Hunt(mutants.NobodyWelcomes, UNASKED, life(lives.Partings)),
    Hunt(mutants.ReturnersAreBound, ("who_was_away_found_it",), life(lives.Absences)),
    Hunt(
        mutants.WhoIsGoneDecides,
        ("nothing_is_decided_when_it_is_over",),
        life(lives.Remnants),
        400,
        203,
    ),
    Hunt(
        mutants.LeavingOpensWhatPassedSomebodyOver,
        ("shown_decision_stays",),
        life(lives.Absences, 7),
        first=54,
    ),
    Hunt(
        mutants.WhoIsGoneOpens,
        ("who_is_gone_opens_nothing",),
        life(lives.Absences, 7),
        400,
        45,
    ),
    Hunt(mutants.ReleaseWithoutHearing, UNASKED, life(lives.Partings, 5)),
    Hunt(mutants.TwoReleaseOne, UNASKED, life(lives.Partings)),
    Hunt(mutants.LinksWorkTwice, ("each_change_once",), life(lives.ManyDevices), first=58),
    Hunt(mutants.WithdrawnIsDecided, UNASKED, life(lives.Partings)),
    Hunt(mutants.AsidesAlwaysPass, UNASKED, life(lives.Charters)),
)


def caught(hunt: Hunt) -> tuple[str, int]:
    """Return the promise that a mutant breaks, and the seed; empty if it breaks none."""
    for seed in (*range(hunt.first, hunt.seeds), *range(hunt.first)):
        try:
            hunt.look(hunt.mutant, seed)
        except Broken as broken:
            return broken.promise, seed
    return "", hunt.seeds
