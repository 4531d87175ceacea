"""The judge takes events in causal order and finds out about each of them, once and for ever."""

from __future__ import annotations

from tests.model.epochs import effect_of, founding
from tests.model.events import ModelEvent, bits
from tests.model.rules.acts import Acts

Key = tuple[str, ...]

# A device that is no longer anybody's completes nothing; an act that is void otherwise does.
SILENCED = ("forked", "retired")


class Rules(Acts):
    """All rules of section 4 together."""

    def add(self, event: ModelEvent) -> int:
        """Judge an event whose parents are known, and return its number."""
        i = self.history.add(event)
        self.root.append(self.root_of(i))
        if i == 0:
            first = founding(event)
            self.epochs[first.id] = first
            self.base.append(first)
        else:
            self.base.append(self.walk(self.start(i), self.history.before(i)))
        why = self.judge_act(i)
        if why and event.kind in ("accept", "follow"):
            self.base[i] = self.walk(self.inherited(i), self.history.before(i))
        self.why_void.append(why)
        if not why:
            self.file(i)
        self.epoch.append(self.walk(self.base[i], self.history.past[i]))
        self.completed.append(self.completions(i))
        for version in self.completed[i]:
            self.put(i, ("done", version))
        return i

    def put(self, i: int, *keys: Key) -> None:
        """File an event under keys."""
        for key in keys:
            self.index[key] = self.index.get(key, 0) | 1 << i

    def file(self, i: int) -> None:
        """File a valid event under whatever it will be asked for."""
        event, root = self.event(i), self.root[i]
        act = event.act
        self.put(i, (event.kind,), (event.kind, root))
        self.put(i, ("by", root))
        for name in ("proposal", "version", "epoch"):
            if name in act:
                self.put(i, (event.kind, act[name]))
        if "device" in act:  # Apart from the acts that a person with this root device signed.
            self.put(i, (f"{event.kind} of", act["device"]))
        if event.kind in ("propose", "version"):
            self.file_version(i)
        if event.kind == "position":
            self.file_position(i)
        if event.kind == "close":
            self.put(i, ("close", act["version"], root))
        first = event.kind == "accept" and not any(
            self.hits(self.history.before(i), "accept", root)
        )
        for version in act["behind"] if first else ():
            self.put(i, ("stance", version, root))

    def file_position(self, i: int) -> None:
        """File a position: under its version, and as asking for more time."""
        act = self.event(i).act
        self.put(i, ("stance", act["version"], self.root[i]))
        if act["stance"] == "time":
            self.put(i, ("time", self.proposal(act["version"])))

    def file_version(self, i: int) -> None:
        """File a version: as what it is, as carrying, and as agreeing if it invites."""
        event, root = self.event(i), self.root[i]
        proposal = self.proposal(event.id)
        self.put(i, ("versions",), ("version", proposal))
        if event.kind == "propose":
            self.put(i, ("carry", proposal))
        do = effect_of(event.act).get("do")
        if do == "invite":
            self.put(i, ("stance", event.id, root))
        elif do:
            self.put(i, ("changing",))

    def completions(self, i: int) -> tuple[str, ...]:
        """Return the versions whose rule is satisfied here and that did not stand before."""
        epoch, past = self.epoch[i], self.history.past[i]
        if self.why_void[i] in SILENCED or epoch.member(self.root[i]) is None:
            return ()
        versions = [self.event(v).id for v in bits(past & self.index.get(("versions",), 0))]
        return tuple(
            sorted(
                v
                for v in versions
                if self.complete(v, epoch, past) and not self.is_decided(v, epoch, past)
            )
        )
