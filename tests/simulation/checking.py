"""The promises, asked of a simulated world after every step.

Each replica is asked about what is new to it: whether it judges each event as every other replica
and the model do (P2), whether it goes on showing what it showed as decided (P4), and whether
devices that signed two histories are silenced by it (P5). The model's oracle is asked about each
event once (P3). What is on disks is looked at in each conversation (P7, `world`). Whole states
are compared, byte by byte, of pairs that call each other equal (one in ten) and of all at the
end, because that costs too much after every step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.reasons import Reason
from tests.collective.test_agrees_with_the_model import FORM
from tests.model.broken import require
from tests.model.watch import Watch
from tests.shown import Shown, shown
from tests.simulation.weather import Weather
from tests.simulation.world import Home, everybody

if TYPE_CHECKING:
    from goround.node.replica import Replica

DEPARTING = ("leave", "device_retire")


class Checking(Watch):
    """Looks at every replica after every step."""

    life: Weather

    def __init__(self, life: Weather) -> None:
        super().__init__(life)
        self.seen: dict[str, tuple[Replica, int, int]] = {}
        self.decided: dict[str, Shown] = {}

    def check(self) -> None:
        """Check what is new, of the model and on each replica."""
        for home in self.life.homes.values():
            self.life.catch_up(home)
        self.check_new()
        for name in self.life.shown_again:
            self.shown.pop(name, None)
            self.decided.pop(name, None)
        self.life.shown_again.clear()
        for home in everybody(self.life.homes.values()):
            self.look_at(home)

    def look_at(self, home: Home) -> None:
        """Check what is new to one replica."""
        replica = self.life.running(home)
        before, judged, completed = self.seen.get(home.id, (replica, 0, 0))
        if before is not replica:  # it was started anew, and judged all of it again
            judged = completed = 0
        replay = replica.replay
        if judged == len(replay.arrived):
            return
        self.seen[home.id] = (replica, len(replay.arrived), len(replay.record.completed))
        self.judges_like_the_model(replica, judged, completed)
        self.goes_on_showing(home, replica)
        self.shown_stays(home)

    def judges_like_the_model(self, replica: Replica, judged: int, completed: int) -> None:
        """Check each new verdict against the one judge of everything (P2), and forks (P5)."""
        record, rules = replica.replay.record, self.rules
        found: dict[str, set[str]] = {}
        for completion in record.completed[completed:]:
            found.setdefault(completion.event, set()).add(completion.version)
        for name in replica.replay.arrived[judged:]:
            i = rules.history.number[name]
            void, event = record.void.get(name), rules.event(i)
            if void is None or void.value not in FORM:
                same = (void is not None) == bool(rules.why_void[i])
                require("judged_alike", same, f"{event.kind} {name[:6]}: {void}")
            require("judged_alike", record.epoch_of[name] == rules.epoch[i].id, f"epoch {name[:6]}")
            same = found.get(name, set()) == set(rules.completed[i])
            require("judged_alike", same, f"completed at {name[:6]}")
            own = self.history.fork(event.device, self.history.before(i)) is not None
            if own and event.kind not in DEPARTING and record.persons[name]:
                require("forked_is_silenced", void is Reason.DEVICE_FORKED, name[:6])

    def goes_on_showing(self, home: Home, replica: Replica) -> None:
        """Check that what this replica showed as decided still is (P4)."""
        old, new = self.decided.get(home.id), shown(replica.replay, home.key.public)
        self.decided[home.id] = new
        if old is None or old.way not in new.chain:  # its member follows another way now
            return
        lost = old.lost_in(new)
        if lost:
            joined = new.members - old.members
            self.life.note("reopened by a joining" if joined else "reopened otherwise")
        require("shown_decision_stays", not lost or new.unsettling > old.unsettling, home.name)

    def finish(self) -> None:
        """Heal everything, let everybody who is awake talk, and compare all that they show."""
        life = self.life
        life.calm_down()
        here = [h for h in everybody(life.homes.values()) if h.root not in life.asleep]
        life.exchange(list(here))
        for home in here:
            life.automatic(home)
        life.exchange(list(here))
        self.check()
        life.same_state(here)
        for home in here:
            home.known = life.talked_of(home)
        signing = [home for home in here if not life.running(home).restored.is_noticed]
        if signing:
            self.nothing_ripe_stays(list(signing))
        for home in here:
            everything = life.running(home).graph.everything()
            for device in {fork.device for fork in life.running(home).graph.forks()}:
                require("forks_are_found", everything.forked(device) is not None, home.name)
