"""What stays decided: a completion stands for those who took part in it or found it."""

from __future__ import annotations

from tests.model.epochs import Epoch, effect_of
from tests.model.rules.changes import Changes
from tests.model.rules.positions import BEHIND

OPEN = (None, "time")
"""What somebody says who has not answered yet."""


class Standing(Changes):
    """Completions, and in which epochs and pasts each of them stands."""

    def decided(self, epoch: Epoch, past: int) -> list[str]:
        """Return the versions that stand decided, without those whose change has happened."""
        found = [self.event(i).id for i in self.hits(past, "versions")]
        return [v for v in found if v not in epoch.spent and self.is_decided(v, epoch, past)]

    def is_decided(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether some completion of a version stands."""
        dones = self.hits(past, "done", version)
        return any(self.stands(c, version, epoch, past) for c in dones)

    def stands(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a completion stands for an epoch, as a past shows it."""
        own = self.epoch[done]
        if own.id not in epoch.line:
            return False
        line = [self.epochs[e] for e in epoch.line[len(own.line) - 1 :]]
        steps = zip(line, epoch.chain[len(own.chain) :], strict=False)
        return (
            all(self.survives(done, before, change, past) for before, change in steps)
            and self.found_on_return(done, version, epoch, past)
            and (own.id == epoch.id or self.was_there_in_time(done, version, epoch, past))
        )

    def was_there_in_time(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a decision was there before its epoch was over: for all, or for each."""
        ended_knowing = self.ended_knowing(done, epoch, past)
        return ended_knowing or self.heard_in_time(done, version, epoch, past)

    def ended_knowing(self, done: int, epoch: Epoch, past: int) -> bool:
        """Tell whether an epoch could not end without a seal by somebody who knew a decision."""
        own = self.epoch[done]
        change = epoch.chain[len(own.chain)]
        knew: dict[str, bool] = {}
        for i in self.hits(past, "seal", own.id):
            if self.event(i).act["change"] == change:
                knew[self.root[i]] = knew.get(self.root[i], True) and self.history.knows(i, done)
        size = len(own.members)
        return size > 2 and size - sum(knew.values()) < self.quorum(size)

    def heard_in_time(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether whoever was passed over, and is here, knew it before the next epoch."""
        own = self.epoch[done]
        return all(
            any(
                self.epoch[x].id in own.line and self.history.knows(x, done)
                for x in self.hits(past, "by", root)
            )
            for root in self.passed_over_by(done, version)
            if epoch.member(root) is not None
        )

    def passed_over_by(self, done: int, version: str) -> list[str]:
        """Return the roots of members who were here, were asked, and had not answered."""
        key = ("passed over", done, version)  # as they were at the completion, for ever
        if key not in self.memo:
            self.memo[key] = self._passed_over_by(done, version)
        return list(self.memo[key])

    def _passed_over_by(self, done: int, version: str) -> list[str]:
        own, known = self.epoch[done], self.history.past[done]
        effect = self.effect(version)
        spared = effect.get("member") or effect.get("replaces")
        return [
            root
            for member, root in self.staying(own, known).items()
            if not self.away(root, own, known)
            and self.stance(version, root, own, known) in OPEN
            and member != spared
        ]

    def survives(self, done: int, before: Epoch, change: str, past: int) -> bool:
        """Tell whether those who became party to the next epoch found a completion."""
        i = self.history.number[change]
        event = self.event(i)
        if event.kind == "accept":
            return self.history.knows(i, done)
        if effect_of(event.act).get("do") == "charter":
            return self.survives_charter(done, before, change, past)
        return True

    def survives_charter(self, done: int, before: Epoch, charter: str, past: int) -> bool:
        """Tell whether everyone who had to consent to a charter knew a completion when they did."""
        return all(
            any(
                self.stance_in(p, charter) in BEHIND and self.history.knows(p, done)
                for p in self.spoken(before, past, "stance", charter, root)
                if self.sealed_knowing(p, before, charter, past)
            )
            for root in before.members.values()
            if not self.leaving(root, before, self.history.past[done])
        )

    def found_on_return(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether each whom a completion passed by found it before, or when, coming back."""
        own = self.epoch[done]
        return all(
            self.found_by(root, back, done, past)
            for root in self.passed_by(done, version)
            if epoch.member(root) is not None
            for back in self.spoken(epoch, past, "back", root)
            if not self.history.knows(done, back) and own.id in epoch.line
        )

    def passed_by(self, done: int, version: str) -> list[str]:
        """Return the roots of members who were away and took no part."""
        key = ("passed by", done, version)  # the same
        if key not in self.memo:
            self.memo[key] = self._passed_by(done, version)
        return list(self.memo[key])

    def _passed_by(self, done: int, version: str) -> list[str]:
        own, known = self.epoch[done], self.history.past[done]
        return [
            root
            for root in own.members.values()
            if self.away(root, own, known) and self.stance(version, root, own, known) in OPEN
        ]

    def found_by(self, root: str, back: int, done: int, past: int) -> bool:
        """Tell whether something of theirs that does not come after `back` knows a completion."""
        return any(
            self.history.knows(x, done) and (x == back or not self.history.knows(x, back))
            for x in self.hits(past, "by", root)
        )
