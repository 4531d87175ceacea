"""The promises, each a named check over a judged history; a broken one raises `Broken`."""

from __future__ import annotations

from collections.abc import Sequence

from tests.model.epochs import Epoch, effect_of
from tests.model.events import bits
from tests.model.oracle import FOR, Oracle
from tests.model.rules.judge import Rules


class Broken(Exception):  # noqa: N818 - a promise is broken, not an error made
    """A promise that does not hold, by name."""

    def __init__(self, promise: str, detail: str) -> None:
        super().__init__(f"{promise}: {detail}")
        self.promise = promise


def require(promise: str, holds: object, detail: str) -> None:
    """Raise where a promise does not hold."""
    if not holds:
        raise Broken(promise, detail)


class Promises(Oracle):
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
            if part and not self.said(version, root, own, self.history.past[done]):
                self.found_on_return(root, done, epoch, past)

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
