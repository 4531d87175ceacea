"""Whether what stands was found by all for whom it stands, and opened again by nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from tests.model.broken import require
from tests.model.epochs import Epoch, effect_of
from tests.model.events import bits
from tests.model.oracle import Oracle


class Found(Oracle):
    """What must hold of decisions in the epochs after their own."""

    def stands_for_who_took_part_or_found(self, i: int) -> None:
        """Check that what stands was open to, or found by, everyone for whom it stands."""
        epoch, past = self.rules.epoch[i], self.history.past[i]
        for done in bits(past):
            for version in self.rules.completed[done]:
                if version in epoch.spent or epoch.id == self.rules.epoch[done].id:
                    returned = self.history.events[i].kind == "back"
                    if version in epoch.spent or not returned:
                        continue
                if self.rules.stands(done, version, epoch, past):
                    self.leaving_revives_nothing(done, version, epoch, past)
                    self.found_by_all(done, version, epoch, past)
                else:
                    self.who_is_gone_opens_nothing(done, version, epoch, past)

    def leaving_revives_nothing(self, done: int, version: str, epoch: Epoch, past: int) -> None:
        """Check that a decision would stand as well if those who left since had said else."""
        leavings, then = [k for k in self.rules.index if k[0] == "leave"], self.history.past[done]
        stood = self.stands_with_few(leavings, then, done, version, epoch, past)
        require("leaving_revives_nothing", stood, version)

    def who_is_gone_opens_nothing(self, done: int, version: str, epoch: Epoch, past: int) -> None:
        """Check that no return of somebody who is no member here is why a decision is open."""
        then = self.rules.epoch[done].members.values()
        returns = [("back", root) for root in then if not epoch.member(root)]
        stood = self.stands_with_few(returns, 0, done, version, epoch, past)
        require("who_is_gone_opens_nothing", not stood, version)

    def stands_with_few(
        self, keys: Sequence[tuple[str, ...]], few: int, *asked: *tuple[int, str, Epoch, int]
    ) -> bool:
        """Tell whether a decision would stand, if of the events under these keys only few were."""
        index = self.rules.index
        kept = {key: index.get(key, 0) for key in keys}
        index.update({key: mask & few for key, mask in kept.items()})
        stood = self.rules.stands(*asked)
        index.update(kept)
        return stood

    def found_by_all(self, done: int, version: str, epoch: Epoch, past: int) -> None:
        """Check everyone who became party to an epoch since a decision, gone by now or not; of who
        was away, those who are members yet: nobody else can be bound by it, or open it."""
        own, knows = self.rules.epoch[done], self.history.knows
        name = "stands_for_who_took_part_or_found"
        for before, change in self.steps(epoch)[len(own.chain) :]:
            c = self.history.number[change]
            event = self.history.events[c]
            if event.kind == "accept":
                require(name, knows(c, done), "a newcomer")
            if effect_of(event.act).get("do") == "charter":
                for root in before.members.values():
                    heard = self.consent_found(change, root, done, past)
                    gone = self.left(root, before, self.history.past[done])
                    require("old_charter_ends_unfound", gone or heard, "a new charter")
        for root in filter(epoch.member, own.members.values()):
            part = self.away(root, own, self.history.past[done])
            if part and not self.answered(version, root, own, self.history.past[done]):
                self.found_on_return(root, done, epoch, past)
        self.nothing_is_decided_when_it_is_over(done, version, epoch, past)

    def nothing_is_decided_when_it_is_over(
        self, done: int, version: str, epoch: Epoch, past: int
    ) -> None:
        """Check that an epoch was not over, for whoever did not know a decision that binds them."""
        own, then = self.rules.epoch[done], self.history.past[done]
        if own.id == epoch.id:
            return
        unknown = sum(1 << x for x in bits(past) if not self.history.knows(x, done))
        over = {after.id for after in self.rules.successors(own, unknown)}
        for root in filter(epoch.member, own.members.values()):
            theirs = self.counting(bits(past & self.rules.index.get(("by", root), 0)), own)
            was_asked = self.was_asked(version, root, own, then)
            if was_asked and not any(self.history.knows(x, done) for x in theirs):
                took_part = self.answered(version, root, own, then)
                require("nothing_is_decided_when_it_is_over", took_part or not over, version)

    def was_asked(self, version: str, root: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a decision waited for somebody, or passed them over."""
        effect = effect_of(self.history.events[self.history.number[version]].act)
        spared = effect.get("member") or effect.get("replaces")
        gone = self.away(root, epoch, past) or self.left(root, epoch, past)
        return not gone and epoch.member(root) != spared

    def consent_found(self, charter: str, root: str, done: int, past: int) -> bool:
        """Tell whether somebody knew a decision when saying yes to a new charter."""
        return any(
            self.history.events[p].act["version"] == charter
            and self.history.events[p].act["stance"] not in ("block", "time")
            and self.history.knows(p, done)
            for p in self.of(past, "position", root)
        )

    def found_on_return(self, root: str, done: int, epoch: Epoch, past: int) -> None:
        """Check that who came back knew a decision by then, or from elsewhere."""
        knows = self.history.knows
        for back in self.counting(self.of(past, "back", root), epoch):
            theirs = list(bits(past & self.rules.index.get(("by", root), 0)))
            found = any(knows(x, done) and (x == back or not knows(x, back)) for x in theirs)
            require("who_was_away_found_it", knows(done, back) or found, "back")
