"""Which change comes next: the words given in an epoch, what is in force, and an event's epoch."""

from __future__ import annotations

from tests.model.epochs import Epoch, after, effect_of
from tests.model.rules.positions import BEHIND, Positions
from tests.model.rules.rounds import Rounds, View, Word


class Seals(Positions, Rounds):
    """Epochs and the changes between them, as a past shows them."""

    def word(self, i: int) -> Word:
        """Return the nomination or seal that event i is."""
        act = self.event(i).act
        member = self.base[i].member(self.root[i]) or ""
        alone = bool(self.pair_left(self.base[i], self.history.before(i)) - {member})
        return Word(member, act["round"], act["change"], alone)

    def words(self, kind: str, epoch: Epoch, past: int) -> frozenset[Word]:
        """Return the nominations or seals of an epoch."""
        key = ("words", kind, epoch.id, past & self.index.get((kind, epoch.id), 0))
        if key not in self.memo:
            self.memo[key] = frozenset(self.word(i) for i in self.hits(past, kind, epoch.id))
        return frozenset(self.memo[key])

    def pair_left(self, epoch: Epoch, past: int) -> frozenset[str]:
        """Return those of two members whose sealing device has signed their leaving."""
        if len(epoch.members) != 2:
            return frozenset()
        return frozenset(
            member
            for member, root in epoch.members.items()
            if any(
                self.event(i).device == self.sealing_device(root, epoch, past)
                for i in self.leaving(root, epoch, past)
            )
        )

    def view(self, epoch: Epoch, past: int) -> View:
        """Return the words that a past holds for an epoch."""
        return View(
            len(epoch.members),
            self.words("nominate", epoch, past),
            self.words("seal", epoch, past),
            self.pair_left(epoch, past),
        )

    def successors(self, epoch: Epoch, past: int) -> list[Epoch]:
        """Return the epochs that are in force after one, lowest change first."""
        if not epoch.members:
            return []
        key = ("successors", epoch.id, past & self.index.get(("seal", epoch.id), 0))
        if key not in self.memo:
            changes = self.in_force(len(epoch.members), self.words("seal", epoch, past))
            self.memo[key] = [self.follow(epoch, change) for change in sorted(changes)]
        return list(self.memo[key])

    def follow(self, epoch: Epoch, change: str) -> Epoch:
        """Return the epoch that a change leads to."""
        i = self.history.number[change]
        event = self.event(i)
        version = None
        if event.kind == "accept":
            version = self.event(self.history.number[event.act["version"]])
        new = after(epoch, event, self.root[i], version)
        return self.epochs.setdefault(new.id, new)

    def walk(self, epoch: Epoch, past: int) -> Epoch:
        """Go on from an epoch as long as exactly one successor is in force."""
        while len(found := self.successors(epoch, past)) == 1:
            epoch = found[0]
        return epoch

    def reachable(self, past: int) -> dict[str, Epoch]:
        """Return every epoch in force in a past."""
        key = ("reachable", past & self.index.get(("seal",), 0))
        if key not in self.memo:
            first = self.base[0]
            found = {first.id: first}
            waiting = [first]
            while waiting:
                for epoch in self.successors(waiting.pop(), past):
                    found[epoch.id] = epoch
                    waiting.append(epoch)
            self.memo[key] = found
        return dict(self.memo[key])

    def start(self, i: int) -> Epoch:
        """Return where an event's epoch starts, if it is valid."""
        event = self.event(i)
        if event.kind in ("accept", "follow"):
            named = self.reachable(self.history.before(i)).get(event.act["epoch"])
            if named is not None:
                return named
        return self.inherited(i)

    def inherited(self, i: int) -> Epoch:
        """Return the epoch that an event has from its device's previous one."""
        event = self.event(i)
        if event.prev:
            return self.epoch[self.history.number[event.prev]]
        adder = self.adder(event.device, self.history.before(i))
        return self.base[0] if adder is None else self.epoch[adder]

    # What a newcomer agreed to, which ripeness and joining both ask.

    def agreed(self, accept: int) -> set[str]:
        """Return the invitations that a newcomer stood behind when accepting."""
        key = ("agreed", accept)
        if key not in self.memo:
            past, epoch, root = self.history.past[accept], self.base[accept], self.root[accept]
            self.memo[key] = {
                version
                for version in self.invitations(past)
                if self.stance(version, root, epoch, past) in BEHIND
            }
        return set(self.memo[key])

    def invitations(self, past: int) -> list[str]:
        """Return the versions that invite somebody."""
        return [
            self.event(i).id
            for i in self.hits(past, "versions")
            if effect_of(self.event(i).act).get("do") == "invite"
        ]
