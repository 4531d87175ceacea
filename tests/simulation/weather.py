"""What happens between replicas and to them: lines break, messages come late or twice, islands
form, the power goes, and old images of disks are put back.

A message is what `sync/session.py` says, byte by byte. What people hand over is a message as well,
so nothing reaches a replica but by the real conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from goround.errors import NotGenuine
from goround.log.vector import digest
from goround.node.exchange import Pulling
from goround.node.restored import RESTORED
from goround.pages.state import state_bytes
from goround.sync.messages import Give, batch, encode_message
from goround.sync.session import Conversation, Outcome, answer, converse
from tests.model.broken import Broken, require
from tests.model.events import bits
from tests.model.world import Device
from tests.simulation.world import Home, Simulated

MOST_TALKS = 12
"""Conversations in a row, as long as something was signed in answer."""


@dataclass
class Line:
    """A conversation that is under way, and what is said next."""

    asking: Home
    answering: Home
    replica: object
    conversation: Conversation
    request: bytes


class Fate(NamedTuple):
    """How often what happens to a message."""

    lost: float = 0.03
    twice: float = 0.04
    late: float = 0.05
    aside: float = 0.03


CALM = Fate(0, 0, 0, 0)
OFTEN = {
    "island": 3,
    "one world": 2,
    "fuse": 5,
    "image": 4,
    "restore": 3,
    "late": 6,
    "life": 77,
}
"""In how many of a hundred steps what happens."""


class Weather(Simulated):
    """A world in which little goes as planned."""

    fate = CALM
    often = OFTEN

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.late: list[tuple[Home, bytes]] = []
        self.hanging: list[Line] = []
        self.shown_again: set[str] = set()

    # Steps.

    def step(self) -> None:
        """Let the weather change, or let one thing happen on one island."""
        kind = self.chance.choices([*self.often], [*self.often.values()])[0]
        everyone = self.devices
        here = self.chance.choice(sorted({self.home(d).island for d in everyone}))
        self.devices = [d for d in everyone if self.home(d).island == here]
        known = list(self.devices)
        try:
            if kind == "life":
                if any(d.known and d.root not in self.asleep for d in self.devices):
                    super().step()
            else:
                self.change(kind, everyone)
        finally:
            new = [self.home(d) for d in self.devices if d not in known]
            for home in new:
                home.island = here
            self.devices = [*everyone, *new]

    def change(self, kind: str, everyone: list[Device]) -> None:
        """Let the weather change."""
        homes = [self.home(device) for device in self.devices]
        home = self.chance.choice(homes)
        if kind in ("island", "one world"):
            self.part(everyone, 3 if kind == "island" else 1)
        elif kind == "late":
            self.deliver_late()
        elif kind == "restore":
            self.put_back([home for home in homes if home.images])
        elif home.disk and kind == "image":
            home.images.append(home.disk.kept.copy())
        elif home.disk:
            home.disk.fuse = self.chance.randrange(0, 15)
            self.tell(f"* the power of {home.name} goes after {home.disk.fuse} writes")

    def part(self, everyone: list[Device], islands: int) -> None:
        """Let so many islands form, or one world of them all."""
        for each in everyone:
            self.home(each).island = self.chance.randrange(islands)
        self.tell("* " + " | ".join(self.islands(everyone)))

    def put_back(self, homes: list[Home]) -> None:
        """Put an old image back on one of these."""
        if homes:
            self.restore(self.chance.choice(homes), noticed=self.chance.random() < 0.6)

    def islands(self, everyone: list[Device]) -> list[str]:
        homes = [self.home(device) for device in everyone]
        places = sorted({home.island for home in homes})
        return [", ".join(h.name for h in homes if h.island == place) for place in places]

    def restore(self, home: Home, *, noticed: bool) -> None:
        """Put an old image of a disk back; mostly it is noticed at once, by the file it is."""
        assert home.disk
        home.said = max(home.said, self.chain_of(home))
        home.disk.kept = self.chance.choice(home.images).copy()
        if noticed:
            home.disk.kept.notes[RESTORED] = "yes"
        home.replica, home.known, home.read = None, 0, 0
        home.signed.clear()
        self.shown_again.add(home.id)
        self.restart(home)
        self.catch_up(home)
        home.is_put_back = noticed
        self.note("restored images")
        self.tell(f"* {home.name} is put back to {home.read} events" + " (noticed)" * noticed)
        self.ask_first(home)

    def ask_first(self, home: Home) -> None:
        """Let a device that was started ask one or two others, who may lack what it said."""
        others = [self.home(d) for d in self.devices if d.id != home.id and d.known]
        for other in self.chance.sample(others, min(2, len(others))):
            if other.root not in self.asleep and home.known:
                with self.powered(home, other):
                    self.begin(home, other)

    def chain_of(self, home: Home) -> int:
        """Count what is here of what a device has said."""
        columns = self.running(home).graph.columns.of.get(home.key.public, [])
        return sum(len(column.ids) for column in columns)

    def be_sure(self, home: Home) -> None:
        """Let whoever is sure, and right, that their device said nothing more, go on now and then.

        What else is known to nobody but a disk that is gone was never heard of.
        """
        if home.is_put_back and self.chain_of(home) >= home.said and self.chance.random() < 0.5:
            replica = self.running(home)
            try:
                replica.restored.go_on()
            finally:  # the power may go right after it was kept
                home.is_put_back = replica.store.note(RESTORED) is not None
            self.note("devices that went on")
            self.tell(f"* {home.name} is sure, and goes on")

    def calm_down(self) -> None:
        """Heal everything: one world, no loss, nobody lazy, and half of the sleepers awake."""
        self.fate, self.lazy = CALM, 0.0
        self.asleep = {root for root in sorted(self.asleep) if self.chance.random() < 0.5}
        self.late, self.hanging = [], []
        for home in self.homes.values():
            home.island = 0
            if home.disk:
                home.disk.fuse = None

    # Talking.

    def meet_somebody(self, device: Device) -> None:
        """Let a device talk with another one."""
        self.meet(device, self.chance.choice(self.devices))

    def meet(self, one: Device, other: Device) -> None:
        """Let a device talk with another until neither has anything new to say."""
        asking, answering = self.home(one), self.home(other)
        if asking is answering or not (asking.known and answering.known):
            return
        if answering.root in self.asleep:
            return
        for _ in range(MOST_TALKS):
            outcome, before = None, len(asking.signed)
            with self.powered(asking, answering):
                outcome = self.begin(asking, answering)
                if outcome and outcome.equal:
                    self.look_alike(asking, answering)
                    self.be_sure(asking)
            self.automatic(asking)
            if outcome is None or len(asking.signed) == before:
                return

    def begin(self, asking: Home, answering: Home) -> Outcome | None:
        """Begin a conversation; None where the line broke."""
        self.note("exchanges")
        replica = self.running(asking)
        conversation = converse(Pulling(replica))
        line = Line(asking, answering, replica, conversation, next(conversation))
        return self.go_on(line)

    def go_on(self, line: Line) -> Outcome | None:
        """Carry messages until the conversation ends, breaks off, or is put aside."""
        names = f"{line.asking.name} and {line.answering.name}"
        while True:
            self.on_disk(line.asking)
            response = self.carry(line)
            if response is None:
                self.tell(f"{names}: the line breaks")
                self.note("broken lines")
                return None
            if self.chance.random() < self.fate.aside:
                self.tell(f"{names}: the answer is slow")
                self.hanging.append(line)
                return None
            try:
                line.request = line.conversation.send(response)
            except NotGenuine as error:
                raise Broken("what_is_genuine_is_taken", f"{names}: {error}") from error
            except StopIteration as end:
                outcome: Outcome = end.value
                if outcome.received or outcome.sent:
                    self.tell(f"{names}: {outcome.received} come, {outcome.sent} go")
                return outcome

    def carry(self, line: Line) -> bytes | None:
        """Carry a message and its answer; None where either is lost."""
        fate, chance = self.fate, self.chance
        if chance.random() < fate.late:
            self.late.append((line.answering, line.request))
        if chance.random() < fate.lost:
            return None
        if chance.random() < fate.twice:
            self.hear(line.answering, line.request)
        response = self.hear(line.answering, line.request)
        return None if chance.random() < fate.lost else response

    def hear(self, home: Home, message: bytes) -> bytes:
        """Let a replica answer; liars keep back what they like, and sign nothing for that."""
        replica = self.running(home)
        lazy = self.lazy and self.chance.random() < self.lazy
        part = None
        if not home.honest and self.fate is not CALM and self.chance.random() < 0.3:
            part = replica.graph.past(self.chance.choice(list(replica.graph)))
        quiet = lazy or not home.honest or home.root in self.asleep
        try:
            said = answer(Pulling(replica) if quiet else replica, message, part)
        except NotGenuine as error:
            raise Broken("what_is_genuine_is_taken", f"{home.name}: {error}") from error
        self.on_disk(home)
        return said

    def deliver_late(self) -> None:
        """Let an old message arrive, or a slow conversation go on."""
        here = {device.id for device in self.devices}
        late = [entry for entry in self.late if entry[0].id in here]
        hanging = [line for line in self.hanging if line.asking.id in here]
        if late:
            entry = self.chance.choice(late)
            self.late.remove(entry)
            self.note("late messages")
            with self.powered(entry[0]):
                self.hear(*entry)
                self.tell(f"* an old message reaches {entry[0].name}")
        elif hanging:
            line = hanging[0]
            self.hanging.remove(line)
            if line.asking.replica is line.replica:
                with self.powered(line.asking, line.answering):
                    self.go_on(line)

    def learn(self, device: Device, past: int) -> None:
        """Let somebody be handed what others know; it may come in part, twice, or not at all."""
        home = self.home(device)
        lacking = past & ~home.known
        if not lacking or not home.known or home.root in self.asleep:
            return
        events = [self.events[i] for i in bits(lacking)]
        if self.fate is not CALM and self.chance.random() < 0.1:
            events = events[: self.chance.randrange(len(events) + 1)]
        message = encode_message(self.collective, Give(batch(events)))
        with self.powered(home):
            for _ in range(1 + (self.chance.random() < self.fate.twice)):
                self.hear(home, message)
            self.tell(f"{home.name} is handed {len(events)} events")

    def exchange(self, devices: list[Device], rounds: int = 40) -> None:
        """Let devices talk with one another, one after the other, until all know the same."""
        for _ in range(rounds):
            homes = [self.home(device) for device in devices if device.known]
            if len({self.talked_of(home) for home in homes}) <= 1:
                return
            for one, other in zip(homes, [*homes[1:], *homes[:1]], strict=True):
                self.meet(one, other)

    def talked_of(self, home: Home) -> int:
        """Return what a replica tells others of: all but what only strangers said (S11)."""
        replica, number = self.running(home), self.rules.history.number
        part = replica.known()
        if part is None:
            return home.known
        return sum(1 << number[name] for name in replica.graph if name in part)

    # Looking.

    def look_alike(self, one: Home, other: Home) -> None:
        """Check two replicas that call each other equal (P2, P5)."""
        if not (one.honest and other.honest):
            return
        replicas = [self.running(home) for home in (one, other)]
        graphs = [replica.graph for replica in replicas]
        if set(graphs[0]) != set(graphs[1]):  # one of them keeps what only strangers said
            return
        require("equal_means_equal", _vectors(graphs[0]) == _vectors(graphs[1]), one.name)
        if self.chance.random() < 0.1:
            self.same_state([one, other])

    def same_state(self, homes: list[Home]) -> None:
        """Check that replicas with the same events print the same, on each way (P2)."""
        printed: dict[tuple[object, frozenset[str]], bytes] = {}
        for home in homes:
            replay = self.running(home).replay
            key = (replay.way, frozenset(map(str, replay.graph)))
            state = state_bytes(replay)
            require("same_events_same_state", printed.setdefault(key, state) == state, home.name)


def _vectors(graph: object) -> str:
    return digest(graph.vector())  # type: ignore[attr-defined]
