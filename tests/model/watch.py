"""Watching a world while it lives: what replicas have shown, what comes next, and any order."""

from __future__ import annotations

import random

from tests.model.broken import require
from tests.model.epochs import Epoch, effect_of
from tests.model.events import bits
from tests.model.histories import summary
from tests.model.life import Life
from tests.model.promises import Promises
from tests.model.rules.judge import Rules
from tests.model.world import Device

Shown = tuple[int, Epoch, frozenset[str]]


class Watch(Promises):
    """Checks a living world after every step, and once more at its end."""

    def __init__(self, life: Life) -> None:
        super().__init__(life.rules)
        self.life = life
        self.shown: dict[str, Shown] = {}

    def check(self) -> None:
        """Check what is new."""
        self.check_new()
        for device in self.life.devices:
            if device.honest and device.known:
                self.shown_stays(device)

    def shown_stays(self, device: Device) -> None:
        """Check that what a replica showed as who we are and as decided stays."""
        old = self.shown.get(device.id)
        if old is not None and old[0] == device.known:
            return
        epoch = self.life.now(device)
        if epoch is None:
            return
        decided = frozenset(self.rules.decided(epoch, device.known)) | epoch.spent
        self.shown[device.id] = (device.known, epoch, decided)
        if old is None or device.id not in self.shown:
            return
        new = device.known & ~old[0]
        if any(self.history.events[i].kind == "follow" for i in device.signed[-1:]):
            return
        if len(self.rules.successors(epoch, device.known)) > 1:
            return  # More forked than the quorum bears, before this device acknowledged a way.
        require("shown_constitution_only_grows", old[1].id in epoch.line, device.id)
        if not self.may_fall(old[1], epoch, new):
            gone = [v for v in old[2] - decided if not self.crossed(v, old, device.known)]
            require("shown_decision_stays", not gone, f"{len(gone)} fell")

    def may_fall(self, old: Epoch, epoch: Epoch, new: int) -> bool:
        """Tell whether somebody joined or came back, or a charter changed."""
        changes = [
            self.history.events[self.history.number[c]] for c in epoch.chain[len(old.chain) :]
        ]
        joined = any(e.kind == "accept" for e in changes)
        charter = any(effect_of(e.act).get("do") == "charter" for e in changes)
        return joined or charter or bool(self.of(new, "back"))

    def crossed(self, version: str, old: Shown, known: int) -> bool:
        """Tell whether somebody ended an epoch without knowing what was decided in it."""
        known_then, epoch, _ = old
        stood = [
            done
            for done in bits(known_then)
            if version in self.rules.completed[done]
            and self.rules.stands(done, version, epoch, known_then)
        ]
        seals = self.rules.index.get(("seal", epoch.id), 0) & known
        ends = [s for s in bits(seals) if self.history.events[s].act["change"]]
        return bool(stood) and all(
            self.rules.epoch[done].id == epoch.id
            and any(not self.history.knows(seal, done) for seal in ends)
            for done in stood
        )

    def finish(self) -> None:
        """Let everybody who is honest and awake exchange everything, and check the end."""
        life = self.life
        life.lazy = 0.0
        life.asleep = {r for r in life.asleep if life.chance.random() < 0.5}
        here = [d for d in life.devices if d.honest and d.known and d.root not in life.asleep]
        life.exchange(here)
        for device in here:
            life.automatic(device)
        life.exchange(here)
        self.check()
        if here:
            self.nothing_ripe_stays(here)
        self.any_order_is_the_same()

    def nothing_ripe_stays(self, here: list[Device]) -> None:
        """Check progress: what is ripe is sealed, if two thirds of the sealing devices wake."""
        rules, past = self.rules, here[0].known
        require("everybody_becomes_quiet", all(d.known == past for d in here), "still talking")
        epoch = rules.walk(rules.base[0], past)
        if len(rules.successors(epoch, past)) > 1:
            return
        able = {
            member
            for member, root in epoch.members.items()
            for d in here
            if d.id == rules.sealing_device(root, epoch, past)
            and not self.life.silenced(d)
            and self.life.now(d) == epoch
        }
        able -= self.pair_gone(epoch, past)
        enough = 3 * len(able) >= 2 * len(epoch.members)
        alone = len(epoch.members) == 2 and able and self.pair_gone(epoch, past) - able
        if able and (enough or alone):
            require("nothing_ripe_stays", not rules.ripe(epoch, past), f"{len(able)} awake")

    def pair_gone(self, epoch: Epoch, past: int) -> set[str]:
        """Return those of two members whose sealing device signed their leaving."""
        if len(epoch.members) != 2:
            return set()
        return {
            member
            for member, root in epoch.members.items()
            for i in self.counting(self.of(past, "leave", root), epoch)
            if self.history.events[i].device == self.rules.sealing_device(root, epoch, past)
            and not self.retired(i, past)
        }

    def any_order_is_the_same(self) -> None:
        """Check that the same events in another causal order say the same."""
        other = type(self.rules)()
        chance = random.Random(self.life.seed)
        history = self.history
        waiting = list(range(1, len(history.events)))
        placed = 1
        other.add(history.events[0])
        while waiting:
            free = [i for i in waiting[:12] if not history.before(i) & ~placed]
            i = chance.choice(free)
            waiting.remove(i)
            placed |= 1 << i
            other.add(history.events[i])
        for i, event in enumerate(history.events):
            j = other.history.number[event.id]
            same = (
                self.rules.epoch[i].id == other.epoch[j].id
                and self.rules.why_void[i] == other.why_void[j]
                and self.rules.completed[i] == other.completed[j]
            )
            require("any_order_is_the_same", same, event.kind)
        ends = [
            summary(judge, judge.walk(judge.base[0], history.everything()))
            for judge in (self.rules, other)
        ]
        require("any_order_is_the_same", ends[0] == ends[1], "end")


def live(  # noqa: PLR0913 - who lives how long among whom, by which rules
    seed: int,
    members: int,
    steps: int,
    *,
    liars: int,
    rules: type[Rules] = Rules,
    life: type[Life] = Life,
) -> Life:
    """Let a world live under watch; raises Broken where a promise does not hold."""  # fmt: skip
    world = life(seed, rules())
    world.gather(members, liars)
    watch = Watch(world)
    watch.check()
    world.lazy = world.laziness
    for _ in range(steps):
        world.step()
        watch.check()
    watch.finish()
    return world
