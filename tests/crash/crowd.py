"""Sixteen members in one file, made once: what nodes are killed over."""

from pathlib import Path
from typing import NamedTuple

from goround.collective.charter import DEFAULTS, Found
from goround.collective.effects import Invite
from goround.collective.members import Accept, Welcome
from goround.collective.positions import Position
from goround.collective.proposals import Propose
from goround.ids import CollectiveId, EventId, encode
from goround.log.event import FOUNDING, sign_event
from goround.log.keys import DeviceKey, fresh_salt
from goround.log.proofs import prove_invitation
from goround.node.home import NOBODY_YET, Home
from goround.node.replica import Replica
from goround.wire import act_of, write_words

MEMBERS = 16


class Crowd(NamedTuple):
    """A home that keeps a collective and no key to it, and its members' keys."""

    home: Path
    collective: CollectiveId
    proposal: EventId
    keys: list[DeviceKey]


def gather(home: Path, members: int = MEMBERS) -> Crowd:
    """Found a collective and let everybody in, one after the other, all at one table."""
    keys = [DeviceKey.generate()]
    replica = _founded(Home(home), keys[0], members)
    while len(keys) < members:
        keys.append(_let_in(replica, keys))
    replica.key = keys[0]
    proposal = replica.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More."})
    replica.close()
    return Crowd(home, replica.collective, proposal, keys)


def _founded(home: Home, key: DeviceKey, members: int) -> Replica:
    charter = {**DEFAULTS, "most_members": members}
    event = sign_event(
        key,
        collective=NOBODY_YET,
        place=FOUNDING,
        at=0,
        act=act_of(Found(encode(fresh_salt()), charter, 1)),
        words=write_words({"name": "Bread", "person": "Anna"}),
    )
    return home.new_replica(event.collective, [event])


def _let_in(replica: Replica, keys: list[DeviceKey]) -> DeviceKey:
    invitation, key = DeviceKey.generate(), DeviceKey.generate()
    replica.key = keys[0]
    words = {"title": f"Invite number {len(keys)}", "text": "", "effects": [{"name": "Ben"}]}
    version = replica.sign(Propose("membership", (Invite(invitation.public),), 0, 0), words)
    for other in keys[1:]:
        replica.key = other
        replica.sign(Position(version, "agree"))
    _accept(replica, version, invitation, key, f"Number {len(keys)}")
    if len(keys) > 1:
        replica.key = keys[1]
        replica.sign(Welcome(key.public))
    members = len(replica.view().epoch.members)
    _tend(replica, [*keys, key])
    assert len(replica.view().epoch.members) == members + 1
    return key


def _accept(
    replica: Replica, version: EventId, invitation: DeviceKey, key: DeviceKey, person: str
) -> None:
    proof = prove_invitation(invitation, replica.collective, key.public)
    fact = Accept(version, 0, replica.view().epoch.id, proof, ())
    event = sign_event(
        key,
        collective=replica.collective,
        place=replica.graph.next_place(key.public),
        at=0,
        act=act_of(fact),
        words=write_words({"person": person}),
    )
    replica.receive([event], strangers=True)


def _tend(replica: Replica, keys: list[DeviceKey]) -> None:
    """Let every device sign what carries no opinion, until none has any more to sign."""
    quiet = 0
    while quiet < len(keys):
        for key in keys:
            replica.key = key
            quiet = 0 if replica.tend() else quiet + 1
