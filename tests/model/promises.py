"""The promises, each a named check over a judged history; a broken one raises `Broken`."""

from __future__ import annotations

from tests.model.broken import require
from tests.model.epochs import Epoch, effect_of
from tests.model.events import bits
from tests.model.found import Found
from tests.model.oracle import FOR
from tests.model.rules.judge import Rules


class Promises(Found):
    """What must hold of every event and every epoch, whatever the rules are called."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.checked = 0
        self.epochs: set[str] = set()
        self.standing: set[tuple[int, str]] = set()

    def check_new(self) -> None:
        """Check every event that has been added since."""
        while self.checked < len(self.history.events):
            i = self.checked
            self.checked += 1
            self.acknowledged_only_grows(i)
            self.new_epochs(i)
            for version in self.rules.completed[i]:
                self.completed_by_everyone(i, version)
            self.stands_for_who_took_part_or_found(i)

    def acknowledged_only_grows(self, i: int) -> None:
        """Check that a device never goes back behind what it acknowledged."""
        event = self.history.events[i]
        if not event.prev or (event.kind == "follow" and not self.rules.why_void[i]):
            return
        before = self.rules.epoch[self.history.number[event.prev]]
        line = self.rules.epoch[i].line
        if event.kind != "accept":
            require("acknowledged_only_grows", before.id in line, event.id)

    def new_epochs(self, i: int) -> None:
        """Check each epoch that nobody acknowledged before."""
        epoch = self.rules.epoch[i]
        if epoch.id in self.epochs:
            return
        self.epochs.add(epoch.id)
        for before, change in self.steps(epoch):
            self.nobody_under_a_change_unasked(before, change)
        self.nobody_arrives_to_the_unknown(epoch)
        self.each_change_once(epoch)
        self.one_constitution()

    def one_constitution(self) -> None:
        """Check that two ways need more liars than the quorum bears."""
        everything = self.history.everything()
        for epoch in self.rules.reachable(everything).values():
            ways = self.rules.successors(epoch, everything)
            if len(ways) > 1:
                borne = (len(epoch.members) - 1) // 3
                liars = len(self.equivocators(epoch))
                require("one_constitution", liars > borne, f"{len(epoch.members)} members")

    def each_change_once(self, epoch: Epoch) -> None:
        """Check that links, persons and changes are used once, and taken back for good."""
        events = [self.history.events[self.history.number[c]] for c in epoch.chain]
        links = [e.act["version"] for e in events if e.kind in ("accept", "take_back")]
        people = [e.device for e in events if e.kind == "accept"]
        once = all(len(x) == len(set(x)) for x in (links, people, epoch.chain))
        require("each_change_once", once, epoch.id)

    def nobody_under_a_change_unasked(self, before: Epoch, change: str) -> None:
        """Check that somebody nominated a change knowing that all who must stood behind it."""
        event = self.history.events[self.history.number[change]]
        name = "nobody_under_a_change_unasked"
        if event.kind in ("leave", "take_back"):
            root = self.rules.root[self.history.number[change]]
            require(name, root in before.members.values(), f"{event.kind} of a stranger")
            return
        nominations = [
            n
            for n in bits(self.rules.index.get(("nominate", before.id), 0))
            if self.history.events[n].act["change"] == change
        ]
        asked = any(self.all_behind(event.id, before, self.history.before(n)) for n in nominations)
        require(name, asked, f"{effect_of(event.act) or event.kind} of {len(before.members)}")

    def all_behind(self, change: str, epoch: Epoch, past: int) -> bool:
        """Tell whether a past shows everything that an acceptance, release or charter needs."""
        event = self.history.events[self.history.number[change]]
        version = event.act["version"] if event.kind == "accept" else change
        if event.kind == "accept" and not self.known_here(event.device, version, epoch, past):
            return False
        return self.wholly_consented(version, epoch, past)

    def wholly_consented(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether everyone must have said yes to a protected version, and has."""
        effect = effect_of(self.history.events[self.history.number[version]].act)
        spared = effect.get("member") or effect.get("replaces")
        asked = [
            r for m, r in epoch.members.items() if m != spared and not self.left(r, epoch, past)
        ]
        few = spared and len(epoch.members) < 3
        if few or self.superseded(version, epoch, past) or self.withdrawn(version, epoch, past):
            return False
        if effect.get("do") == "release" and not self.had_hearing(version, epoch, past):
            return False
        latest = [self.latest(version, r, epoch, past) for r in asked]
        asides = sum("aside" in stances for stances in latest)
        matter = self.history.events[self.history.number[version]].act["matter"]
        within = asides <= len(asked) // max(epoch.rule(matter, "asides"), 1)
        somebody = any(stances & set(FOR) for stances in latest)
        return within and somebody and all(self.behind(version, r, epoch, past) for r in asked)

    def had_hearing(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether anybody at all signed that a release was talked over."""
        act = self.history.events[self.history.number[version]].act
        proposal = act.get("proposal", version)
        hearings = self.counting(self.of(past, "hearing"), epoch)
        return any(self.history.events[h].act["proposal"] == proposal for h in hearings)

    def known_here(self, device: str, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether somebody else than who invited them knows a newcomer, if there is one."""
        inviter = self.rules.root[self.history.number[version]]
        effect = effect_of(self.history.events[self.history.number[version]].act)
        others = {
            r
            for m, r in epoch.members.items()
            if r != inviter and m != effect["replaces"] and not self.left(r, epoch, past)
        }
        welcomes = bits(past & self.rules.index.get(("welcome of", device), 0))
        return not others or any(self.rules.root[w] in others for w in welcomes)

    def nobody_arrives_to_the_unknown(self, epoch: Epoch) -> None:
        """Check that who arrived had accepted all that came into force since their own epoch."""
        for place, change in enumerate(epoch.chain):
            a = self.history.number[change]
            if self.history.events[a].kind != "accept":
                continue
            own = len(self.rules.base[a].chain)
            for other in epoch.chain[own:place]:
                expected = self.expected(a, other)
                require("nobody_arrives_to_the_unknown", expected, f"{change} after {other}")

    def expected(self, accept: int, change: str) -> bool:
        """Tell whether a newcomer had agreed to a change, or need not have."""
        event = self.history.events[self.history.number[change]]
        if event.kind != "accept":
            return event.kind in ("leave", "take_back")
        root, past = self.rules.root[accept], self.history.past[accept]
        return self.behind(event.act["version"], root, self.rules.base[accept], past)

    def completed_by_everyone(self, i: int, version: str) -> None:
        """Check that a decision rests on everyone who must be heard."""
        epoch, past = self.rules.epoch[i], self.history.past[i]
        act = self.history.events[self.history.number[version]].act
        name = "completed_by_everyone"
        if act["matter"] in ("membership", "charter") and effect_of(act):
            require(name, self.wholly_consented(version, epoch, past), act["matter"])
            return
        gone = self.superseded(version, epoch, past) or self.withdrawn(version, epoch, past)
        require(name, not gone, "an old or withdrawn version")
        for root in epoch.members.values():
            require(name, self.may_be_decided_on(version, root, i), act["matter"])
        latest = [
            stances
            for r in epoch.members.values()
            if not self.left(r, epoch, past)
            and ((stances := self.latest(version, r, epoch, past)) or not self.away(r, epoch, past))
        ]
        require(name, any(stances & set(FOR) for stances in latest), "nobody agreed")
        asides = sum("aside" in stances for stances in latest)
        most = len(latest) // max(epoch.rule(act["matter"], "asides"), 1)
        require(name, asides <= most, "too many stand aside")

    def may_be_decided_on(self, version: str, root: str, i: int) -> bool:
        """Tell whether an everyday decision may be complete as far as one member goes."""
        epoch, past = self.rules.epoch[i], self.history.past[i]
        latest = self.latest(version, root, epoch, past)
        if self.left(root, epoch, past) or self.behind(version, root, epoch, past):
            return True
        if "block" in latest:
            return len(epoch.members) >= 5
        if not latest and self.away(root, epoch, past):
            return True
        return self.witnessed(version, epoch, past)

    def witnessed(self, version: str, epoch: Epoch, past: int) -> bool:
        """Tell whether more than half of those here closed, and closed the window as well."""
        closes = [
            c
            for c in self.counting(self.of(past, "close"), epoch)
            if self.history.events[c].act["version"] == version
        ]
        here = [
            r
            for r in epoch.members.values()
            if not self.left(r, epoch, past) and not self.away(r, epoch, past)
        ]
        twice = [
            r
            for r in here
            if any(
                self.rules.root[c] == r and any(self.history.knows(c, d) for d in closes if d != c)
                for c in closes
            )
        ]
        matter = self.history.events[self.history.number[version]].act["matter"]
        may_pass = epoch.rule(matter, "unheard") == "pass"
        return may_pass and (2 * len(twice) > len(here))
