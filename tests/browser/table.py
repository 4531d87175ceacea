"""People around a table, each with a copy of their own that is equal to all others after every
word. They are real homes, in this process, because nobody has the time to click together for every
test what a collective does in a year."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from goround.collective.charter import Matter
from goround.collective.effects import AnyEffect, Invite
from goround.collective.entry import Fact
from goround.collective.members import Accept, Welcome
from goround.collective.positions import Position, Stance
from goround.collective.proposals import Propose
from goround.ids import EventId, MemberId, encode
from goround.log.event import Event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_invitation
from goround.node.home import Home
from goround.node.replica import Replica
from goround.node.signing import make_event
from goround.wire import Words
from tests.web.callers import key_of

HOUR = 3_600_000
BEGAN = 1_788_249_600_000
"""The first of September 2026; every word comes an hour after the one before."""


class Table:
    """Those who sit at it. Anna founded, and her home is where a node can run."""

    def __init__(self, folder: Path, name: str, purpose: str) -> None:
        self._folder = folder
        self._hours = count()
        self._rows: dict[int, int] = {}
        self._heard: set[EventId] = set()
        self.people: dict[str, Replica] = {}
        self.people["Anna"] = self.home("Anna").found(name, "Anna", purpose)

    def home(self, name: str) -> Home:
        folder = encode(name.encode())[:40]
        return Home(self._folder / folder, lambda: BEGAN + next(self._hours) * HOUR)

    def all_hear(self, *guests: Replica) -> None:
        """Let everybody have what anybody has, and sign what carries no opinion, until quiet."""
        replicas = [*self.people.values(), *guests]
        while True:
            new = [event for replica in replicas for event in self._news_of(replica)]
            for replica in replicas:
                lacking = [event for event in new if event.id not in replica.graph]
                replica.receive(lacking, strangers=True)
                replica.tend()
            if not new:
                return

    def _news_of(self, replica: Replica) -> Iterator[Event]:
        """Give what came into a replica since this was asked before, and is new to the table."""
        for row, event in replica.store.since(self._rows.get(id(replica), 0)):
            self._rows[id(replica)] = row
            if event.id not in self._heard:
                self._heard.add(event.id)
                yield event

    def says(self, name: str, fact: Fact, words: Words | None = None) -> EventId:
        """Sign anything, and let everybody hear it."""
        said = self.people[name].sign(fact, words)
        self.all_hear()
        return said

    def proposes(
        self, name: str, words: Words, *effects: AnyEffect, matter: Matter = "everyday"
    ) -> EventId:
        return self.says(name, Propose(matter, effects, 0, 0), words)

    def all_take(self, version: EventId, stance: Stance = "agree", *, but: str = "") -> None:
        """Let everybody take a position, except one."""
        for name, replica in self.people.items():
            if name != but:
                replica.sign(Position(version, stance))
        self.all_hear()

    def invites(self, name: str, guest: str) -> tuple[EventId, DeviceKey]:
        """Propose to let somebody in; whoever invites agrees by that."""
        key = DeviceKey.generate()
        self.home(name).keyring(self.people[name].collective).keep_invitation(key)
        words = {
            "title": f"Invite {guest}",
            "text": f"{guest} has helped at the market since spring.",
            "effects": [{"name": guest}],
        }
        return self.proposes(name, words, Invite(key.public), matter="membership"), key

    def accepts(self, guest: str, version: EventId, invitation: DeviceKey) -> Replica:
        """Let somebody open their link, in a home of their own."""
        host, home, key = self.people["Anna"], self.home(guest), DeviceKey.generate()
        home.keyring(host.collective).keep_device(key)
        replica = home.new_replica(host.collective, [event for _row, event in host.store.since()])
        proof = prove_invitation(invitation, host.collective, key.public)
        fact = Accept(version, 0, replica.view().epoch.id, proof, ())
        replica.receive([make_event(replica, fact, {"person": guest})], strangers=True)
        self.all_hear(replica)
        return replica

    def lets_in(self, guest: str) -> None:
        """Go the whole way from an invitation to a member."""
        version, invitation = self.invites("Anna", guest)
        self.all_take(version, but="Anna")
        replica = self.people[guest] = self.accepts(guest, version, invitation)
        if "Ben" in self.people and guest != "Ben":
            self.says("Ben", Welcome(key_of(replica).public))

    def member(self, name: str) -> MemberId:
        """Return the id by which somebody is a member."""
        replica = self.people[name]
        person = replica.person
        assert person is not None
        return replica.view().epoch.members[person]

    def close(self) -> None:
        for replica in self.people.values():
            replica.close()
