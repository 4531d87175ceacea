"""A replay judges by what an event's own past holds, whatever else has arrived."""

from __future__ import annotations

import itertools

import pytest

from goround.collective.charter import DEFAULTS, Found
from goround.collective.effects import Invite
from goround.collective.members import Accept
from goround.collective.proposals import Propose
from goround.collective.reasons import Reason
from goround.errors import FromNewerGoround, NotACollective
from goround.ids import CollectiveId, EpochId, EventId
from goround.log.event import FOUNDING, Event, Place, sign_event
from goround.log.keys import DeviceKey
from goround.pages.state import state_bytes
from goround.replay import Replay
from goround.wire import act_of

ANNA, LINK, DANA = (DeviceKey.from_seed(bytes([number]) * 32) for number in (1, 2, 3))


def founded(rules: int = 1) -> Event:
    act = act_of(Found("A" * 43, dict(DEFAULTS), rules))
    return sign_event(ANNA, collective=CollectiveId(""), place=FOUNDING, at=1, act=act)


def replayed(events: tuple[Event, ...]) -> Replay:
    replay = Replay.of(events[0].collective)
    replay.add_all(events)
    return replay


def test_a_proof_is_asked_for_only_of_an_invitation_that_the_acceptance_knew() -> None:
    first = founded()
    collective = first.collective
    invites = act_of(Propose("membership", (Invite(LINK.public),), 0, 0))
    place = Place(1, first.id, (), 2)
    version = sign_event(ANNA, collective=collective, place=place, at=1, act=invites)
    accepts = act_of(Accept(version.id, 0, EpochId(first.id), "A" * 86, ()))
    place = Place(0, EventId(""), (first.id,), 2)
    blind = sign_event(DANA, collective=collective, place=place, at=1, act=accepts)
    states = set()
    for later in itertools.permutations((version, blind)):
        replay = replayed((first, *later))
        assert replay.void(blind.id) is Reason.NO_INVITATION
        states.add(state_bytes(replay))
    assert len(states) == 1


def test_a_collective_under_newer_rules_is_not_judged() -> None:
    with pytest.raises(FromNewerGoround, match="newer Goround"):
        replayed((founded(rules=2),)).view()


def test_nothing_can_be_said_of_a_collective_of_which_nothing_arrived() -> None:
    with pytest.raises(NotACollective):
        Replay.of(founded().collective).view()


def test_a_log_that_begins_with_something_else_is_founded_by_nothing_later() -> None:
    act = {"type": "leave"}
    first = sign_event(ANNA, collective=CollectiveId(""), place=FOUNDING, at=1, act=act)
    collective = first.collective
    place = Place(0, EventId(""), (first.id,), 2)
    founds = act_of(Found("A" * 43, dict(DEFAULTS), 1))
    later = sign_event(DANA, collective=collective, place=place, at=1, act=founds)
    place = Place(1, first.id, (later.id,), 3)
    on = sign_event(ANNA, collective=collective, place=place, at=1, act=act)
    replay = replayed((first, later, on))
    assert replay.void(first.id) is replay.void(on.id) is Reason.STRANGER
    assert replay.void(later.id) is Reason.NOT_THE_FOUNDING
    with pytest.raises(NotACollective):
        replay.view()
