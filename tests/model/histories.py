"""What others compare themselves with: random histories, and what the model says of any history.

`random_history(seed, members, steps, adversary)` returns ModelEvents in causal order; the seed also
picks one of the kinds of life in lives.py, unless one is given. Acts have the shapes of the wire.
Ids, devices, keys and epochs look like real ones (43 letters of base64url) but are opaque; an
epoch's id is the true hash of its predecessor and change. `words` tells that the header commits to
a content; `proved` that the proof of an `accept` or `device_add` is right, whose `proof` itself is
only a placeholder.

The model's charter is `{matter: {rule: value}}` with the rules of epochs.DEFAULTS (blocks borne,
1/asides may stand aside, days of notice, window and more_time, unheard "wait" or "pass"; everyday
matters pass unless told otherwise); `set` of a charter effect replaces whole matters.

`verdicts(history)` tells of each event its epoch, why it is void, and which versions it completes.
The epoch of a void event is that of its device's previous event, gone on with. `summaries(history)`
tells of the whole set, once per way (one, unless too many devices forked); a decision stands there
if a completion does, also where a newer version was decided since, and is left out once the change
it was about has happened. Any event by a member completes what it can, a void one too,
unless its device is forked or retired in its own past.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.model.epochs import Epoch
from tests.model.events import ModelEvent
from tests.model.life import Life
from tests.model.lives import BY_SEED
from tests.model.rules.judge import Rules


@dataclass(frozen=True)
class Verdict:
    """What the model says of one event."""

    epoch: str
    changes: tuple[str, ...]
    void: str
    completed: frozenset[str]


@dataclass(frozen=True)
class Summary:
    """What the model says of a whole history, on one way."""

    epoch: str
    changes: tuple[str, ...]
    members: frozenset[str]
    away: frozenset[str]
    decided: frozenset[str]
    positions: dict[tuple[str, str], str]


def random_history(
    seed: int, members: int, steps: int, *, adversary: bool, kind: type[Life] | None = None
) -> list[ModelEvent]:
    """Return a history of a collective that grew to `members` and then lived `steps` steps."""
    life = (kind or BY_SEED[seed % len(BY_SEED)])(seed)
    liars = max(1, members // life.one_liar_in) if adversary and members > 1 else 0
    life.gather(members, min(liars, members - 1))
    for _ in range(steps):
        life.step()
    return list(life.rules.history.events)


def judged(history: Iterable[ModelEvent]) -> Rules:
    """Return the judge of a history given in causal order."""
    rules = Rules()
    for event in history:
        rules.add(event)
    return rules


def verdicts(history: Iterable[ModelEvent]) -> dict[str, Verdict]:
    """Return what the model says of each event, by id."""
    rules = judged(history)
    return {
        event.id: Verdict(
            rules.epoch[i].id,
            rules.epoch[i].chain,
            rules.why_void[i],
            frozenset(rules.completed[i]),
        )
        for i, event in enumerate(rules.history.events)
    }


def summaries(history: Iterable[ModelEvent]) -> list[Summary]:
    """Return what the model says of a whole history, in order of the ways' epochs."""
    rules = judged(history)
    past = rules.history.everything()
    ends = [e for e in rules.reachable(past).values() if not rules.successors(e, past)]
    return [summary(rules, epoch) for epoch in sorted(ends, key=lambda e: e.id)]


def summary(rules: Rules, epoch: Epoch) -> Summary:
    """Return what the whole history says at the end of one way."""
    past = rules.history.everything()
    versions = [rules.event(i).id for i in rules.hits(past, "versions")]
    positions = {
        (version, member): stance
        for version in versions
        if version not in epoch.spent
        for member, root in rules.staying(epoch, past).items()
        if (stance := rules.stance(version, root, epoch, past)) is not None
    }
    return Summary(
        epoch.id,
        epoch.chain,
        frozenset(epoch.members),
        frozenset(m for m, r in epoch.members.items() if rules.away(r, epoch, past)),
        frozenset(rules.decided(epoch, past)),
        positions,
    )
