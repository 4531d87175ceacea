"""When a change is ripe: in one past and one epoch, everything it needs is there."""

# ruff: noqa: ARG002 - a mutant may look at what the rule need not

from __future__ import annotations

from tests.model.epochs import Epoch
from tests.model.rules.seals import Seals

QUIET = ("leave", "take_back")


class Changes(Seals):
    """Leavings, takings back, acceptances, releases and charters, and when each is ripe."""

    def ripe(self, epoch: Epoch, past: int) -> list[str]:
        """Return the ids of the ripe changes, lowest in order first."""
        key = ("ripe", epoch.id, past)
        if key not in self.memo:
            kinds = ("leave", "take_back", "accept", "changing")
            found = [
                i
                for kind in kinds
                for i in self.spoken(epoch, past, kind)
                if self.is_ripe(i, epoch, past)
            ]
            found.sort(key=lambda i: self.event(i).order)
            self.memo[key] = [self.event(i).id for i in found]
        return list(self.memo[key])

    def is_ripe(self, i: int, epoch: Epoch, past: int) -> bool:
        """Tell whether a change is ripe."""
        event = self.event(i)
        if not epoch.members or event.id in epoch.chain:
            return False
        if event.kind == "leave":
            return epoch.member(self.root[i]) is not None and not self.undone(i, past)
        if event.kind == "take_back":
            return self.may_be_taken_back(i, epoch, past)
        if event.kind == "accept":
            return self.may_arrive(i, epoch, past)
        return self.would_change(event.id, epoch) and self.complete(event.id, epoch, past)

    def may_be_taken_back(self, i: int, epoch: Epoch, past: int) -> bool:
        """Tell whether a member takes back an invitation that was decided and is open."""
        version = self.event(i).act["version"]
        if epoch.member(self.root[i]) is None or version in epoch.spent:
            return False
        dones = self.hits(past, "done", version)
        return any(self.epoch[c].id in epoch.line for c in dones)

    def would_change(self, version: str, epoch: Epoch) -> bool:
        """Tell whether a release or charter would change something."""
        effect = self.effect(version)
        if effect["do"] == "release":
            return effect["member"] in epoch.members
        return effect["from"] == epoch.charter_by

    def complete(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a version's rule is satisfied: consent, a hearing, three members."""
        if version in epoch.spent or not self.consented(version, epoch, past):
            return False
        effect = self.effect(version)
        if effect.get("do") == "release" and not self.was_heard(version, epoch, past):
            return False
        needs_three = effect.get("do") == "release" or effect.get("replaces")
        return not needs_three or self.three(version, epoch)

    def three(self, version: str, epoch: Epoch) -> bool:
        """Tell whether a release or replacement finds three members, that one among them."""
        return len(epoch.members) >= 3

    def was_heard(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a release had its hearing."""
        proposal = self.proposal(version)
        target = epoch.members.get(self.effect(version)["member"], "")
        signed = {self.root[i] for i in self.spoken(epoch, past, "hearing", proposal)}
        carriers = self.carriers(proposal, epoch, past)
        others = set(self.staying(epoch, past).values()) - carriers - {target}
        if target in signed:
            return True
        if not others:
            return self.root[self.history.number[proposal]] in signed
        return len(others & signed) >= min(2, len(others))

    def may_arrive(self, i: int, epoch: Epoch, past: int) -> bool:
        """Tell whether an acceptance is ripe."""
        event, root = self.event(i), self.root[i]
        version = event.act["version"]
        invite = self.effect(version)
        if root in epoch.roots or version in epoch.spent or invite["key"] in epoch.keys:
            return False
        if invite["replaces"] and invite["replaces"] not in epoch.members:
            return False
        if self.leaving(root, epoch, past) or self.being_taken_back(version, epoch, past):
            return False
        if not self.complete(version, epoch, past) or not self.welcomed(i, epoch, past):
            return False
        return self.fresh(i, epoch, past)

    def being_taken_back(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a member has signed that an invitation is taken back."""
        backs = self.spoken(epoch, past, "take_back", version)
        return any(epoch.member(self.root[i]) is not None for i in backs)

    def welcomed(self, i: int, epoch: Epoch, past: int) -> bool:
        """Tell whether somebody who can know that this is Dana has said so."""
        version = self.event(i).act["version"]
        author = self.root[self.history.number[version]]
        replaced = self.effect(version)["replaces"]
        able = {r for m, r in self.staying(epoch, past).items() if r != author and m != replaced}
        said = {self.root[w] for w in self.spoken(epoch, past, "welcome of", self.event(i).device)}
        return not able or bool(able & said)

    def fresh(self, i: int, epoch: Epoch, past: int) -> bool:
        """Tell whether an acceptance is not stale: it found what stands, and agreed to the rest."""
        known = self.history.past[i]
        for version in self.decided(epoch, past):
            done = list(self.hits(known, "done", version))
            if not any(self.stands(c, version, epoch, past) for c in done):
                return False
        own = self.base[i].chain
        if epoch.chain[: len(own)] != own:
            return False
        agreed = self.agreed(i)
        return all(self.expected(change, agreed) for change in epoch.chain[len(own) :])

    def expected(self, change: str, agreed: set[str]) -> bool:
        """Tell whether a change since an acceptance is one that its newcomer need not be asked."""
        event = self.event(self.history.number[change])
        if event.kind == "accept":
            return event.act["version"] in agreed
        return event.kind in QUIET

    def decided(self, epoch: Epoch, past: int) -> list[str]:
        """Return the versions that stand decided; see Standing."""
        raise NotImplementedError

    def stands(self, done: int, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a completion stands; see Standing."""
        raise NotImplementedError
