"""What makes an act void: each is judged by its own past alone."""

# ruff: noqa: ARG002 - every act is asked about in the same way

from __future__ import annotations

from collections.abc import Callable

from tests.model.epochs import CHANGES, PROTECTED, Epoch, effect_of
from tests.model.rules.positions import STANCES
from tests.model.rules.standing import Standing

LAST_WORDS = (
    "nominate", "seal", "heard", "device_add", "device_retire", "take_over", "follow",
)  # fmt: skip


WHILE_JOINING = (
    "heard", "device_add", "device_retire", "take_over", "leave", "name", "position", "propose",
    "say", "suggest", "concern", "settled", "erase",
)  # fmt: skip


class Acts(Standing):
    """Why an act is void, in a word, or nothing."""

    def judge_act(self, i: int) -> str:
        """Return why event i is void, or nothing."""
        event = self.event(i)
        if event.kind == "found":
            return "" if i == 0 else "founded already"
        past, epoch, root = self.history.before(i), self.base[i], self.root[i]
        why_not: Callable[[int, int, Epoch], str] | None = getattr(self, f"on_{event.kind}", None)
        return (
            self.why_silenced(i, past)
            or self.why_no_voice(event.kind, root, epoch, past)
            or (why_not(i, past, epoch) if why_not else "")
        )

    def why_silenced(self, i: int, past: int) -> str:
        """Return why this device can say nothing any more, or nothing."""
        event = self.event(i)
        own_fork = self.history.fork(event.device, past) is not None
        if own_fork and event.kind not in ("leave", "device_retire"):
            return "forked"
        return "retired" if any(self.hits(past, "device_retire of", event.device)) else ""

    def why_no_voice(self, kind: str, root: str, epoch: Epoch, past: int) -> str:
        """Return why this person has nothing to say here, or nothing."""
        if not root:
            return "stranger"
        if kind not in LAST_WORDS and self.leaving(root, epoch, past):
            return "left"
        if epoch.member(root) is not None or kind == "accept":
            return ""
        return "" if kind in WHILE_JOINING and self.joining(root, epoch, past) else "no member"

    def version_in(self, version: str, past: int, epoch: Epoch, do: str = "") -> bool:
        """Tell whether a past holds a version that counts in an epoch, and that it does `do`."""
        i = self.place_of(version, past & self.index.get(("versions",), 0))
        if i is None or self.base[i].id not in epoch.line:
            return False
        return not do or self.effect(version).get("do") == do

    def why_bad_effects(self, i: int) -> str:
        """Return what is wrong with a version's effects, or nothing."""
        act = self.event(i).act
        changing = [e for e in act["effects"] if e["do"] in CHANGES]
        if len(changing) > 1:
            return "two changes"
        do = effect_of(act).get("do", "")
        wanted = {"invite": "membership", "release": "membership", "charter": "charter"}.get(do)
        return "" if not wanted or act["matter"] == wanted else "wrong matter"

    def on_accept(self, i: int, past: int, epoch: Epoch) -> str:
        """Return why an acceptance is void (I1, I5)."""
        event, root = self.event(i), self.root[i]
        if not self.version_in(event.act["version"], past, epoch, "invite") or not event.proved:
            return "no invitation"
        if not all(self.version_in(v, past, epoch, "invite") for v in event.act["behind"]):
            return "no invitation"
        if event.act["epoch"] not in self.reachable(past):
            return "unknown epoch"
        if event.act["version"] in epoch.spent:
            return "invitation spent"
        if root != event.device or root in epoch.roots:
            return "belongs to somebody"
        before = [self.event(a).act["behind"] for a in self.hits(past, "accept", root)]
        same = not before or set(event.act["behind"]) <= set(before[0])
        return "" if same else "agrees to more"

    def on_welcome(self, i: int, past: int, epoch: Epoch) -> str:
        device = self.event(i).act["device"]
        return "" if any(self.hits(past, "accept", device)) else "nobody to welcome"

    def on_take_back(self, i: int, past: int, epoch: Epoch) -> str:
        version = self.event(i).act["version"]
        if not self.version_in(version, past, epoch, "invite"):
            return "no invitation"
        own = self.concerns(self.effect(version), self.root[i], epoch)
        return "concerned" if own else ""

    def concerns(self, effect: dict[str, str], root: str, epoch: Epoch) -> bool:
        """Tell whether an effect would part a person from the others, or replace them."""
        named = effect.get("member") or effect.get("replaces")
        return bool(named) and epoch.members.get(str(named)) == root

    def on_device_add(self, i: int, past: int, epoch: Epoch) -> str:
        event = self.event(i)
        if not event.proved:
            return "no proof"
        return "belongs to somebody" if self.owner(event.act["device"], past) else ""

    def on_device_retire(self, i: int, past: int, epoch: Epoch) -> str:
        owner = self.owner(self.event(i).act["device"], past)
        return "" if owner == self.root[i] else "not theirs"

    def on_propose(self, i: int, past: int, epoch: Epoch) -> str:
        own = self.concerns(effect_of(self.event(i).act), self.root[i], epoch)
        return "concerned" if own else self.why_bad_effects(i)

    def on_version(self, i: int, past: int, epoch: Epoch) -> str:
        """Return why a next version is void (I9)."""
        act = self.event(i).act
        proposal, prev = act["proposal"], act["prev"]
        if not self.version_in(prev, past, epoch) or self.proposal(prev) != proposal:
            return "no such proposal"
        if self.root[i] not in self.carriers(proposal, epoch, past):
            return "not a carrier"
        if self.concerns(effect_of(act), self.root[i], epoch):
            return "concerned"
        if self.is_settled(proposal, epoch, past):
            return "decided"
        return self.why_bad_effects(i)

    def is_settled(self, proposal: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a version of a proposal is decided, and not reopened."""
        versions = [self.event(v).id for v in self.hits(past, "version", proposal)]
        return any(
            v in epoch.spent
            or (self.is_decided(v, epoch, past) and not any(self.hits(past, "reopen", v)))
            for v in versions
        )

    def on_carry(self, i: int, past: int, epoch: Epoch) -> str:
        proposal = self.event(i).act["proposal"]
        if not self.version_in(proposal, past, epoch):
            return "no such proposal"
        effects = [self.effect(self.event(v).id) for v in self.hits(past, "version", proposal)]
        own = any(self.concerns(effect, self.root[i], epoch) for effect in effects)
        return "concerned" if own else ""

    def on_hearing(self, i: int, past: int, epoch: Epoch) -> str:
        known = self.version_in(self.event(i).act["proposal"], past, epoch)
        return "" if known else "no such proposal"

    def on_withdraw(self, i: int, past: int, epoch: Epoch) -> str:
        proposal = self.event(i).act["proposal"]
        if not self.version_in(proposal, past, epoch):
            return "no such proposal"
        return "" if self.root[i] in self.carriers(proposal, epoch, past) else "not a carrier"

    def on_position(self, i: int, past: int, epoch: Epoch) -> str:
        """Return why a position is void (I13)."""
        event = self.event(i)
        version, stance = event.act["version"], event.act["stance"]
        if not self.version_in(version, past, epoch) or stance not in STANCES:
            return "no such version"
        if stance in ("block", "aside") and not event.words:
            return "no reason"
        if stance == "time":
            times = self.hits(past, "time", self.proposal(version))
            if any(self.root[t] == self.root[i] for t in times):
                return "time twice"
        return self.why_too_late(version, past, epoch)

    def why_too_late(self, version: str, past: int, epoch: Epoch) -> str:
        """Return that a version is decided for good, or nothing."""
        if self.matter(version) in PROTECTED:
            return "decided" if version in epoch.spent else ""
        return "decided" if self.is_decided(version, epoch, past) else ""

    def on_close(self, i: int, past: int, epoch: Epoch) -> str:
        version = self.event(i).act["version"]
        if not self.version_in(version, past, epoch):
            return "no such version"
        return self.why_too_late(version, past, epoch)

    def on_reopen(self, i: int, past: int, epoch: Epoch) -> str:
        version = self.event(i).act["version"]
        if not self.version_in(version, past, epoch) or not self.is_decided(version, epoch, past):
            return "not decided"
        return "not reopenable" if self.matter(version) in PROTECTED else ""

    def on_follow(self, i: int, past: int, epoch: Epoch) -> str:
        if self.event(i).act["epoch"] not in self.reachable(past):
            return "unknown epoch"
        return "" if epoch.member(self.root[i]) else "no member"

    def on_nominate(self, i: int, past: int, epoch: Epoch) -> str:
        """Return why a nomination is void (I3)."""
        act = self.event(i).act
        member, why = self.sealer(i, past, epoch)
        ripe = act["change"] in self.ripe(epoch, past)
        return why or self.why_not_nominate(
            self.view(epoch, past), member, act["round"], act["change"], ripe=ripe
        )

    def on_seal(self, i: int, past: int, epoch: Epoch) -> str:
        """Return why a seal is void (I3)."""
        act = self.event(i).act
        member, why = self.sealer(i, past, epoch)
        return why or self.why_not_seal(self.view(epoch, past), member, act["round"], act["change"])

    def sealer(self, i: int, past: int, epoch: Epoch) -> tuple[str, str]:
        """Return the member for whom a device seals, and why it may not."""
        root = self.root[i]
        member = epoch.member(root)
        if member is None or self.event(i).act["epoch"] != epoch.id:
            return "", "wrong epoch"
        own = self.seals_with(self.event(i).device, root, epoch, past)
        return member, "" if own else "not the sealing device"
