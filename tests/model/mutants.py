"""Rules broken on purpose: each of these must break a promise by name, or the model is too weak."""

# ruff: noqa: ARG002 - a mutant forgets what the rule looks at

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.model.epochs import Epoch
from tests.model.rules.judge import Rules
from tests.model.rules.positions import BEHIND, Positions
from tests.model.rules.rounds import View, Word


class NoLockBetweenRounds(Rules):
    """A new round forgets what was sealed in the one before."""

    def locked(self, view: View, number: int) -> set[str]:
        return set()


class PlainMajority(Rules):
    """More than half is enough, also where one device in four forks."""

    def quorum(self, size: int) -> int:
        return size // 2 + 1


class SealingByOne(Rules):
    """One seal puts a change in force."""

    def quorum(self, size: int) -> int:
        return 1


class AnyDeviceSeals(Rules):
    """Each device of a member seals by itself."""

    def seals_with(self, device: str, root: str, epoch: Epoch, past: int) -> bool:
        return True


class WhoLeftStillSeals(Rules):
    """Of two members, one who signed leaving goes on sealing."""

    def why_not_nominate(
        self, view: View, member: str, number: int, change: str, *, ripe: bool
    ) -> str:
        here = view._replace(left=view.left - {member})
        return super().why_not_nominate(here, member, number, change, ripe=ripe)

    def why_not_seal(self, view: View, member: str, number: int, change: str) -> str:
        here = view._replace(left=view.left - {member})
        return super().why_not_seal(here, member, number, change)


class OnlyAWordGivenKnowingCounts(Rules):
    """Of two, the one who is left can't build on what they nominated before they knew."""

    def enough(self, view: View, words: Iterable[Word]) -> bool:
        given = list(words)
        alone = view.size == 2 and any(word.knowing for word in given)
        return alone or len({word.member for word in given}) >= self.quorum(view.size)


class OnlySomeMustConsent(Rules):
    """The newest member is not asked."""

    def asked(self, version: str, epoch: Epoch, past: int) -> list[str]:
        return super().asked(version, epoch, past)[: max(1, len(epoch.members) - 1)]


class PositionsSurviveANewVersion(Rules):
    """A position on one version counts for the next."""

    def given(self, version: str, root: str, epoch: Epoch, past: int) -> list[int]:
        found = []
        for i in self.hits(past, "version", self.proposal(version)):
            found += super().given(self.event(i).id, root, epoch, past)
        return found


class EarlyDecisionsBindLater(Rules):
    """A decision stands for newcomers who did not find it."""

    def survives(self, done: int, before: Epoch, change: str, past: int) -> bool:
        if self.event(self.history.number[change]).kind == "accept":
            return True
        return super().survives(done, before, change, past)


class RevivesWhenSomebodyLeaves(Rules):
    """A newcomer who did not find a decision is forgotten once they have left."""

    def stands(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        gone = {c for c in epoch.chain if self._has_gone(c, epoch)}
        own = self.epoch[done]
        if own.id not in epoch.line:
            return False
        steps = zip(epoch.line[len(own.line) - 1 :], epoch.chain[len(own.chain) :], strict=False)
        return all(
            change in gone or self.survives(done, self.epochs[before], change, past)
            for before, change in steps
        ) and self.found_on_return(done, version, epoch, past)

    def _has_gone(self, change: str, epoch: Epoch) -> bool:
        accepted = self.event(self.history.number[change]).kind == "accept"
        return accepted and change not in epoch.members


class OldCharterBindsNew(Rules):
    """A decision under an old charter stands under the new one."""

    def survives_charter(self, done: int, before: Epoch, charter: str, past: int) -> bool:
        return True


class LeavingEndsTheNeedToFind(Rules):
    """Who signs their leaving later need not have found what a charter crossed with (I14)."""

    def survives_charter(self, done: int, before: Epoch, charter: str, past: int) -> bool:
        return all(
            any(
                self.stance_in(p, charter) in BEHIND and self.history.knows(p, done)
                for p in self.spoken(before, past, "stance", charter, root)
            )
            for root in before.members.values()
            if not self.leaving(root, before, past)
        )


class PositionsCountAfterAFork(Rules):
    """A forked device goes on having a voice."""

    def frozen(self, i: int, past: int) -> bool:
        return False


class PositionsOutliveRetirement(Rules):
    """What a retired device said elsewhere counts, also where its retirement is known."""

    def given(self, version: str, root: str, epoch: Epoch, past: int) -> list[int]:
        spoken = self.spoken(epoch, past, "stance", version, root)
        return [i for i in spoken if not self.frozen(i, past)]


class StaleAcceptancesArrive(Rules):
    """Who accepted one constitution comes under another."""

    def fresh(self, i: int, epoch: Epoch, past: int) -> bool:
        return True


class NobodyWelcomes(Rules):
    """Whoever holds the link comes in."""

    def welcomed(self, i: int, epoch: Epoch, past: int) -> bool:
        return True


class ReturnersAreBound(Rules):
    """Who comes back is bound by what passed them by."""

    def found_on_return(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        return True


class WhoIsGoneDecides(Rules):
    """Whoever went decides later, with what is left of an epoch, for those who stayed."""

    def was_there_in_time(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        return True


class LeavingOpensWhatPassedSomebodyOver(Rules):
    """Somebody's leaving opens what was decided while somebody else said nothing."""

    def ended_knowing(self, done: int, epoch: Epoch, past: int) -> bool:
        return False


class WhoIsGoneOpens(Rules):
    """Whoever was released opens what passed them by, by coming back to where they were."""

    def found_on_return(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        return all(
            self.found_by(root, back, done, past)
            for root in self.passed_by(done, version)
            for back in self.spoken(epoch, past, "back", root)
            if not self.history.knows(done, back)
        )


class ReleaseWithoutHearing(Rules):
    """Somebody is released without having been heard."""

    def was_heard(self, version: str, epoch: Epoch, past: int) -> bool:
        return True


class TwoReleaseOne(Rules):
    """Of two members, one releases the other."""

    def three(self, version: str, epoch: Epoch) -> bool:
        return True


class LinksWorkTwice(Rules):
    """An invitation that was used, or taken back for good, brings somebody in."""

    def may_arrive(self, i: int, epoch: Epoch, past: int) -> bool:
        open_ = replace(epoch, spent=frozenset(), keys=frozenset())
        return super().may_arrive(i, open_, past)


class WithdrawnIsDecided(Rules):
    """A version is decided, though nobody carries it any more."""

    def carriers(self, proposal: str, epoch: Epoch, past: int) -> set[str]:
        return {self.root[i] for i in self.spoken(epoch, past, "carry", proposal)}


class AsidesAlwaysPass(Rules):
    """All but one may stand aside."""

    def consented(self, version: str, epoch: Epoch, past: int) -> bool:
        wide = Epoch(**{**vars(epoch), "charter": _wide(epoch)})
        return Positions.consented(self, version, wide, past)


def _wide(epoch: Epoch) -> dict[str, dict[str, object]]:
    matters = ("everyday", "agreement", "membership", "charter")
    return {m: {**epoch.charter.get(m, {}), "asides": 1} for m in matters}
