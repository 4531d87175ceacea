"""Who stands behind a version: positions, carriers, the newest version, blocks and asides."""

# ruff: noqa: ARG002 - the version tells apart what one acceptance agrees to

from __future__ import annotations

from tests.model.epochs import PROTECTED, Epoch, effect_of
from tests.model.rules.people import People

# From the most cautious to the least.
STANCES = ("block", "time", "aside", "reservations", "leave-it", "agree")
BEHIND = ("agree", "reservations", "leave-it", "aside")
FOR = ("agree", "reservations")
DAY = 86_400_000


class Positions(People):
    """What people think of a version, in an epoch and a past."""

    def stance_in(self, i: int, version: str) -> str:
        """Return the stance that event i gives on a version: inviting and accepting agree."""
        act = self.event(i).act
        return str(act["stance"]) if act["type"] == "position" else "agree"

    def given(self, version: str, root: str, epoch: Epoch, past: int) -> list[int]:
        """Return the positions of a person that count."""
        return [
            i
            for i in self.spoken(epoch, past, "stance", version, root)
            if not self.frozen(i, past) and not self.undone(i, past)
        ]

    def stance(self, version: str, root: str, epoch: Epoch, past: int) -> str | None:
        """Return a person's latest stance; of concurrent ones the most cautious."""
        newest = self.history.newest(self.given(version, root, epoch, past))
        stances = [self.stance_in(i, version) for i in newest]
        return min(stances, key=STANCES.index, default=None)

    def effect(self, version: str) -> dict[str, str]:
        """Return what a version would change in members or charter."""
        return effect_of(self.event(self.history.number[version]).act)

    def matter(self, version: str) -> str:
        """Return the matter of a version."""
        return str(self.event(self.history.number[version]).act["matter"])

    def proposal(self, version: str) -> str:
        """Return the proposal that a version belongs to."""
        return str(self.event(self.history.number[version]).act.get("proposal", version))

    def carriers(self, proposal: str, epoch: Epoch, past: int) -> set[str]:
        """Return the roots of those who carry a proposal and have not taken that back."""
        withdrawn = self.spoken(epoch, past, "withdraw", proposal)
        return {
            self.root[i]
            for i in self.spoken(epoch, past, "carry", proposal)
            if not any(self.root[w] == self.root[i] and self.history.knows(w, i) for w in withdrawn)
        }

    def is_current(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a version is the newest of its proposal, and somebody carries that."""
        proposal = self.proposal(version)
        known = self.spoken(epoch, past, "version", proposal)
        newest = self.last(i for i in known if self.was_known(i, epoch, past))
        if newest is None or self.event(newest).id != version:
            return False
        return bool(self.carriers(proposal, epoch, past))

    def was_known(self, i: int, epoch: Epoch, past: int) -> bool:
        """Tell whether a version is by somebody here, or was known to who sealed their going."""
        root = self.root[i]
        if epoch.member(root) is not None or root not in epoch.roots:
            return True
        line = [self.epochs[e] for e in epoch.line]
        for before, after, change in zip(line, line[1:], epoch.chain, strict=False):
            if before.member(root) is not None and after.member(root) is None:
                return self.sealed_knowing(i, before, change, past)
        return True

    def sealed_knowing(self, i: int, before: Epoch, change: str, past: int) -> bool:
        """Tell whether a seal of a change had an event in its past."""
        seals = self.hits(past, "seal", before.id)
        return any(
            self.event(s).act["change"] == change and self.history.knows(s, i) for s in seals
        )

    def asked(self, version: str, epoch: Epoch, past: int) -> list[str]:
        """Return the roots of those who must be heard, or must stand behind a change."""
        staying = self.staying(epoch, past)
        if self.matter(version) in PROTECTED:
            effect = self.effect(version)
            spared = effect.get("member") or effect.get("replaces")
            return [r for m, r in staying.items() if m != spared]
        return [
            r
            for r in staying.values()
            if not self.away(r, epoch, past) or self.stance(version, r, epoch, past)
        ]

    def borne(self, version: str, epoch: Epoch) -> int:
        """Return how many blocks the matter bears: one from five members, two from eight."""
        if self.matter(version) in PROTECTED:
            return 0
        most = 2 if len(epoch.members) >= 8 else int(len(epoch.members) >= 5)
        return min(most, int(epoch.rule(self.matter(version), "blocks")))

    def consented(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether everyone asked stands behind a version, or is within the rule."""
        if not self.is_current(version, epoch, past):
            return False
        asked = self.asked(version, epoch, past)
        stances = [self.stance(version, root, epoch, past) for root in asked]
        if not any(stance in FOR for stance in stances):
            return False
        if stances.count("block") > self.borne(version, epoch):
            return False
        passed = epoch.rule(self.matter(version), "asides")
        if stances.count("aside") > len(asked) // max(passed, 1):
            return False
        waited = [s for s in stances if s not in (*BEHIND, "block")]
        return not waited or self.passed_over(version, epoch, past)

    def passed_over(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether the unheard are passed over: the absentee window was closed."""
        matter = self.matter(version)
        if matter in PROTECTED or epoch.rule(matter, "unheard") != "pass":
            return False
        return self.closed(version, epoch, past, 2)

    def closed(self, version: str, epoch: Epoch, past: int, stage: int) -> bool:
        """Tell whether a majority witnessed the closing date, or the end of the window."""
        key = ("closed", version, epoch.id, past, stage)
        if key not in self.memo:
            self.memo[key] = self._closed(version, epoch, past, stage)
        return bool(self.memo[key])

    def _closed(self, version: str, epoch: Epoch, past: int, stage: int) -> bool:
        present = [r for r in self.staying(epoch, past).values() if not self.away(r, epoch, past)]
        times = []
        for root in present:
            closes = [
                i
                for i in self.spoken(epoch, past, "close", version, root)
                if self.closed(version, epoch, self.history.before(i), 1) == (stage == 2)
            ]
            if closes:
                times.append(max(self.event(i).at for i in closes))
        if 2 * len(times) <= len(present):
            return False
        median = sorted(times)[(len(times) - 1) // 2]
        return median >= self.closing(version, epoch, past, stage)

    def closing(self, version: str, epoch: Epoch, past: int, stage: int) -> int:
        """Return the date after which a close counts, in ms."""
        event = self.event(self.history.number[version])
        matter = self.matter(version)
        date = max(event.act["until"] or 0, event.at + epoch.rule(matter, "notice") * DAY)
        times = self.spoken(epoch, past, "time", self.proposal(version))
        if any(epoch.member(self.root[t]) is not None for t in times):
            date += epoch.rule(matter, "more_time") * DAY
        return int(date + (epoch.rule(matter, "window") * DAY if stage == 2 else 0))
