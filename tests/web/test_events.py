from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from goround.collective.devices import DeviceAdd
from goround.collective.members import Leave, TakeBack
from goround.collective.positions import Position
from goround.collective.proposals import Propose
from goround.ids import CollectiveId
from goround.log.bundle import encode_line
from goround.log.event import Event, sign_event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.home import Home
from goround.node.replica import Replica
from tests.web.callers import LINES, Caller, begins, invites, is_problem, key_of, newest, share


def said(replica: Replica, key: DeviceKey, act: dict[str, Any], at: int = 1) -> Event:
    """Sign something at a device's next place, allowed or not, and keep it nowhere."""
    place = replica.graph.next_place(key.public)
    return sign_event(
        key, collective=replica.collective, place=place, at=at, act=act, words=b'{"text":"so"}'
    )


@pytest.fixture
def ben(anna: Replica, tmp_path: Path) -> Replica:
    """Somebody who has accepted an invitation, in their own home only."""
    return begins(Home(tmp_path / "ben"), anna, *invites(anna))


def test_an_acceptance_with_a_valid_proof_makes_its_device_known(
    caller: Caller, ben: Replica
) -> None:
    accepted = newest(ben)
    first = caller.post(accepted)
    assert (first.status_code, first.json()["id"]) == (201, accepted.id)
    assert "void" not in first.json()
    assert caller.post(accepted).status_code == 200


def test_what_an_event_brings_is_signed_before_the_request_is_answered(
    caller: Caller, ben: Replica, home: Home
) -> None:
    caller.post(newest(ben))
    here = home.replica(ben.collective)
    assert len(here.view().epoch.members) == 2
    here.close()


def test_an_event_is_in_the_file_before_it_is_acknowledged(
    caller: Caller, ben: Replica, home: Home
) -> None:
    accepted = newest(ben)
    caller.post(accepted)
    stored = home.replica(ben.collective)
    assert accepted.id in stored.store
    stored.close()


def test_the_first_event_of_a_device_that_a_member_added_is_taken(
    caller: Caller, anna: Replica
) -> None:
    added = DeviceKey.generate()
    proof = prove_device(added, anna.collective, key_of(anna).public)
    anna.sign(DeviceAdd(added.public, proof))
    event = said(anna, added, {"type": "say", "on": anna.collective})
    assert caller.post(event).status_code == 201


def test_a_stranger_is_refused_and_nothing_of_theirs_is_kept(caller: Caller, anna: Replica) -> None:
    event = said(anna, DeviceKey.generate(), {"type": "say", "on": anna.collective})
    assert is_problem(caller.post(event), 403, "stranger")
    assert event.id not in anna.store


def test_an_acceptance_with_another_invitations_proof_is_a_strangers(
    caller: Caller, anna: Replica, tmp_path: Path
) -> None:
    version, _key = invites(anna)
    liar = begins(Home(tmp_path / "liar"), anna, version, DeviceKey.generate())
    assert is_problem(caller.post(newest(liar)), 403, "stranger")


def test_whoever_accepts_says_nothing_more_in_the_same_request(
    caller: Caller, anna: Replica, ben: Replica
) -> None:
    accepted = newest(ben)
    more = said(ben, key_of(ben), {"type": "say", "on": ben.collective})
    assert is_problem(caller.post(accepted, more), 403, "stranger")
    assert accepted.id not in anna.store
    assert caller.post(accepted).status_code == 201
    assert caller.post(more).status_code == 201


def test_an_invitation_brings_no_more_than_three_devices(
    caller: Caller, anna: Replica, tmp_path: Path
) -> None:
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    share(anna, ben)  # so that Anna alone seals nobody
    version, invitation = invites(anna, ben, name="Cleo")
    several = [begins(Home(tmp_path / str(n)), anna, version, invitation) for n in range(4)]
    statuses = [caller.post(newest(replica)).status_code for replica in several]
    assert statuses == [201, 201, 201, 403]
    assert newest(several[3]).id not in anna.store
    assert caller.post(newest(several[0])).status_code == 200


def test_who_waits_at_an_invitation_that_was_used_says_nothing_more(
    caller: Caller, anna: Replica, tmp_path: Path
) -> None:
    ben = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    share(anna, ben)
    version, invitation = invites(anna, ben, name="Cleo")
    cleo, eve = (begins(Home(tmp_path / n), anna, version, invitation) for n in ("cleo", "eve"))
    for replica in (cleo, eve):
        assert caller.post(newest(replica)).status_code == 201
    anna.sign(TakeBack(version))
    share(anna, ben)
    more = said(eve, key_of(eve), {"type": "say", "on": eve.collective})
    assert is_problem(caller.post(more), 403, "stranger")


def test_what_a_rule_makes_void_is_kept_and_the_reason_told(caller: Caller, anna: Replica) -> None:
    act = {"type": "position", "version": anna.collective, "stance": "agree"}
    answer = caller.post(said(anna, key_of(anna), act))
    assert (answer.status_code, answer.json()["void"]) == (201, "not-a-version")
    assert answer.json()["detail"].endswith(".")


def test_an_act_of_an_unknown_kind_is_kept(caller: Caller, anna: Replica) -> None:
    answer = caller.post(said(anna, key_of(anna), {"type": "sing", "song": "a"}))
    assert (answer.status_code, answer.json()["void"]) == (201, "unknown-kind")


def test_a_clock_that_is_far_ahead_loses_nothing(caller: Caller, anna: Replica) -> None:
    act = {"type": "say", "on": anna.collective}
    assert caller.post(said(anna, key_of(anna), act, at=2**53 - 1)).status_code == 201


def test_several_events_are_taken_together_and_each_is_told_of(
    caller: Caller, anna: Replica, home: Home
) -> None:
    copy = home.replica(anna.collective)
    version = anna.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More rye."})
    anna.sign(Position(version, "agree"))
    everything = [event for _row, event in anna.store.since()]
    answer = caller.post(*everything)
    assert [row["id"] for row in answer.json()["events"]] == [event.id for event in everything]
    assert "id" not in answer.json()
    copy.close()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "line"),
        (b"\n", "line"),
        (b"[]\n", "line"),
        (b'["a","b","",""]\n', "line"),
        (b"\xff\xfe", "line"),
        (b"[" * 5000, "line"),
    ],
)
def test_what_is_no_event_is_refused(caller: Caller, body: bytes, reason: str) -> None:
    answer = caller.client.post(f"{caller.at}/events", content=body, headers=LINES)
    assert is_problem(answer, 400, reason)


def test_a_signature_by_somebody_else_is_refused(caller: Caller, anna: Replica) -> None:
    event = said(anna, key_of(anna), {"type": "say", "on": anna.collective})
    forged = Event(event.id, event.header, event.raw, bytes(64), event.content)
    assert is_problem(caller.post(forged), 400, "signature")


def test_changed_words_are_refused(caller: Caller, anna: Replica) -> None:
    event = said(anna, key_of(anna), {"type": "say", "on": anna.collective})
    line = encode_line(event).replace(b"so", b"no")
    answer = caller.client.post(f"{caller.at}/events", content=line, headers=LINES)
    assert is_problem(answer, 400, "commitment")


def test_an_event_of_another_collective_is_refused(
    caller: Caller, anna: Replica, tmp_path: Path
) -> None:
    other = Home(tmp_path / "other").found("Soup", "Anna")
    assert is_problem(caller.post(newest(other)), 400, "foreign")
    other.close()


def test_an_event_whose_parents_are_unknown_names_them(
    caller: Caller, anna: Replica, tmp_path: Path
) -> None:
    elsewhere = Home(tmp_path / "copy")
    events = [event for _row, event in anna.store.since()]
    elsewhere.keyring(anna.collective).keep_device(key_of(anna))
    copy = elsewhere.new_replica(anna.collective, events)
    first = said(copy, key_of(anna), {"type": "say", "on": anna.collective})
    copy.receive([first])
    second = said(copy, key_of(anna), {"type": "say", "on": anna.collective})
    answer = caller.post(second)
    assert is_problem(answer, 400, "missing-parents")
    assert answer.json()["missing"] == [first.id]
    copy.close()


def test_of_a_batch_all_is_kept_or_nothing(caller: Caller, anna: Replica) -> None:
    good = said(anna, key_of(anna), {"type": "say", "on": anna.collective})
    forged = Event(good.id, good.header, good.raw, bytes(64), good.content)
    assert is_problem(caller.post(good, forged), 400, "signature")
    assert good.id not in anna.store


def test_a_body_that_is_too_large_is_refused(caller: Caller) -> None:
    body = b"x" * (2 * 1024 * 1024 + 1)
    answer = caller.client.post(f"{caller.at}/events", content=body, headers=LINES)
    assert is_problem(answer, 413, "body-size")


def test_a_body_that_hides_its_size_is_refused_too(caller: Caller) -> None:
    pieces = (b"x" * 65536 for _ in range(40))
    answer = caller.client.post(f"{caller.at}/events", content=pieces, headers=LINES)
    assert is_problem(answer, 413, "body-size")


def test_too_many_lines_are_refused(caller: Caller) -> None:
    answer = caller.client.post(f"{caller.at}/events", content=b"[]\n" * 101, headers=LINES)
    assert is_problem(answer, 413, "too-many")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_kind_of_body_is_refused(caller: Caller, kind: str) -> None:
    answer = caller.client.post(
        f"{caller.at}/events", content=b"[]", headers={"Content-Type": kind}
    )
    assert is_problem(answer, 415, "media-type")


def test_a_collective_that_is_not_here_is_told_of_like_any_wrong_address(
    client: TestClient, anna: Replica
) -> None:
    absent = Caller(client, CollectiveId("A" * 43)).post(newest(anna))
    nonsense = client.get("/no/such/page")
    assert is_problem(absent, 404, "not-found")
    assert absent.json() == nonsense.json()


def test_a_leaving_is_taken_and_ends_a_collective_of_one(caller: Caller, anna: Replica) -> None:
    anna.sign(Leave())
    assert caller.post(newest(anna)).status_code == 200
