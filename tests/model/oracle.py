"""What the promises need to know of a history, said a second time and without the rules.

Where a rule is broken on purpose, nothing here breaks with it: the oracle reads events, their pasts
and the tables of what the judge found, and asks no rule.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.model.epochs import Epoch, effect_of
from tests.model.events import bits
from tests.model.rules.judge import Rules

BEHIND = ("agree", "reservations", "leave-it", "aside")
FOR = ("agree", "reservations")


class Oracle:
    """Plain questions about one judged history."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.history = rules.history

    def of(self, past: int, kind: str, root: str = "") -> list[int]:
        """Return the valid events of a kind, and of a person if one is given."""
        key = (kind, root) if root else (kind,)
        return list(bits(past & self.rules.index.get(key, 0)))

    def counting(self, numbers: Iterable[int], epoch: Epoch) -> list[int]:
        """Return those that were said in an epoch or before it, on its way."""
        return [i for i in numbers if self.rules.base[i].id in epoch.line]

    def left(self, root: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a past holds somebody's leaving, by a device not retired meanwhile."""
        leaves = self.counting(self.of(past, "leave", root), epoch)
        return any(not self.retired(i, past) for i in leaves)

    def retired(self, i: int, past: int) -> bool:
        """Tell whether a past holds a retirement of i's device that did not know i."""
        device = self.history.events[i].device
        found = bits(past & self.rules.index.get(("device_retire of", device), 0))
        return any(not self.history.knows(r, i) for r in found)

    def forked(self, i: int, past: int) -> bool:
        """Tell whether a past holds two events of i's device at i's place or before."""
        event = self.history.events[i]
        places = self.history.places[event.device]
        return any((m & past).bit_count() > 1 for s, m in places.items() if s <= event.seq)

    def said(self, version: str, root: str, epoch: Epoch, past: int) -> list[tuple[int, str]]:
        """Return the positions of a person on exactly this version that count in a past."""
        found = []
        for i in self.of(past, "position", root):
            act = self.history.events[i].act
            found += [(i, str(act["stance"]))] if act["version"] == version else []
        accepts = self.of(past, "accept", root)
        for i in accepts[:1]:
            if version in self.history.events[i].act["behind"]:
                found.append((i, "agree"))
        i = self.history.number[version]
        inviting = effect_of(self.history.events[i].act).get("do") == "invite"
        if inviting and past >> i & 1 and self.rules.root[i] == root:
            found.append((i, "agree"))
        return [
            (i, stance)
            for i, stance in found
            if self.rules.base[i].id in epoch.line
            and not self.forked(i, past)
            and not self.retired(i, past)
        ]

    def latest(self, version: str, root: str, epoch: Epoch, past: int) -> set[str]:
        """Return a person's latest stances; several, if they crossed."""
        said = self.said(version, root, epoch, past)
        knows = self.history.knows
        return {s for i, s in said if not any(j != i and knows(j, i) for j, _ in said)}

    def answered(self, version: str, root: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a person took part in a decision: who asks for more time has not yet."""
        latest = self.latest(version, root, epoch, past)
        return bool(latest) and ("time" not in latest or "block" in latest)

    def behind(self, version: str, root: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a person stands behind a version."""
        latest = self.latest(version, root, epoch, past)
        return bool(latest) and latest <= set(BEHIND)

    def away(self, root: str, epoch: Epoch, past: int) -> bool:
        """Tell whether somebody is away."""
        words = self.of(past, "away", root) + self.of(past, "back", root)
        words = self.counting(words, epoch)
        last = [i for i in words if not any(j != i and self.history.knows(j, i) for j in words)]
        return bool(last) and all(self.history.events[i].kind == "away" for i in last)

    def superseded(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a past holds a version of the same proposal that is greater in order."""
        event = self.history.events[self.history.number[version]]
        proposal = event.act.get("proposal", version)
        for i in self.counting(self.of(past, "version") + self.of(past, "propose"), epoch):
            other = self.history.events[i]
            if other.act.get("proposal", other.id) == proposal and other.order > event.order:
                return True
        return False

    def withdrawn(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether everybody who carried a version's proposal took that back."""
        proposal = self.history.events[self.history.number[version]].act.get("proposal", version)
        first = self.history.number[proposal]
        carried = [first] + [
            i
            for i in self.counting(self.of(past, "carry"), epoch)
            if self.history.events[i].act["proposal"] == proposal
        ]
        taken = [
            i
            for i in self.counting(self.of(past, "withdraw"), epoch)
            if self.history.events[i].act["proposal"] == proposal
        ]
        root, knows = self.rules.root, self.history.knows
        return all(any(root[w] == root[c] and knows(w, c) for w in taken) for c in carried)

    def steps(self, epoch: Epoch) -> list[tuple[Epoch, str]]:
        """Return each epoch on the way to one, with the change that ended it."""
        line = [self.rules.epochs[e] for e in epoch.line[:-1]]
        return list(zip(line, epoch.chain, strict=True))

    def equivocators(self, epoch: Epoch) -> set[str]:
        """Return members of whom a device forked, or two took over sealing from each other."""
        forked = {
            self.rules.root[max(bits(mask))]
            for places in self.history.places.values()
            for mask in places.values()
            if mask.bit_count() > 1
        }
        return {m for m, r in epoch.members.items() if r in forked or self.split(epoch, r)}

    def split(self, epoch: Epoch, root: str) -> bool:
        """Tell whether two sealing devices of a person spoke past each other in an epoch."""
        everything = self.history.everything()
        overs = self.of(everything, "take_over", root)
        if not overs:
            return False
        words = [
            i
            for kind in ("nominate", "seal", "leave")
            for i in self.of(everything, kind, root)
            if self.rules.base[i].id == epoch.id
        ]
        words += overs
        return any(
            self.history.events[i].device != self.history.events[j].device
            and not self.history.knows(i, j)
            and not self.history.knows(j, i)
            for i in words
            for j in words
            if i < j
        )
