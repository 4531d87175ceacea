from pathlib import Path

import pytest
from starlette.testclient import TestClient

from goround.collective.devices import DeviceAdd, DeviceRetire
from goround.collective.effects import Invite
from goround.collective.members import Leave, TakeBack
from goround.collective.proposals import Propose
from goround.ids import CollectiveId, encode
from goround.log.event import Event, sign_event
from goround.log.graph import Graph
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.home import Home
from goround.node.replica import Replica
from goround.sync.messages import Give, Kept, decode_message, encode_message
from goround.web.passes import MOST_PER_DEVICE, NONCE_LASTS, PASS_LASTS, Nonces, Passes
from goround.web.problems import Denied
from tests.web.callers import (
    LINES,
    Caller,
    begins,
    invites,
    is_problem,
    key_of,
    newest,
    printed,
    share,
)

BREAD = CollectiveId("A" * 43)


@pytest.fixture
def ben(anna: Replica, caller: Caller, tmp_path: Path) -> Replica:
    """Make a second member, in their own home."""
    replica = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    share(anna, replica)
    return replica


def test_a_member_reads_the_state_that_their_own_home_prints(caller: Caller, ben: Replica) -> None:
    caller.syncs(ben)
    answer = caller.state(caller.opened(key_of(ben)))
    assert answer.headers["content-type"] == "application/json"
    assert answer.content == printed(ben)


def test_a_sync_ends_equal(caller: Caller, ben: Replica, anna: Replica) -> None:
    ben.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More rye."})
    anna.sign(Propose("everyday", (), 0, 0), {"title": "Oats", "text": "Some."})
    outcome = caller.syncs(ben)
    assert outcome.equal
    anna.refresh()
    assert printed(ben) == printed(anna)
    assert caller.syncs(ben) == (0, 0, True)


def test_without_a_session_nothing_is_read(caller: Caller) -> None:
    assert is_problem(caller.state({}), 401, "session")
    assert is_problem(caller.state({"Authorization": "Bearer made-up"}), 401, "session")
    asked = caller.client.post(f"{caller.at}/sync", content=b"x", headers=LINES)
    assert is_problem(asked, 401, "session")


def test_a_session_opens_one_collective_and_no_other(
    caller: Caller, client: TestClient, home: Home, anna: Replica
) -> None:
    soup = home.found("Soup", "Anna")
    other = Caller(client, soup.collective)
    headers = caller.opened(key_of(anna))
    assert caller.state(headers).status_code == 200
    assert is_problem(other.state(headers), 401, "session")
    assert other.state(other.opened(key_of(soup))).json()["name"] == "Soup"
    soup.close()


def test_a_nonce_is_answered_once(caller: Caller, anna: Replica) -> None:
    nonce = caller.nonce()
    assert caller.asks_in(key_of(anna), nonce=nonce).status_code == 201
    assert is_problem(caller.asks_in(key_of(anna), nonce=nonce), 401, "nonce")


def test_a_nonce_of_another_collective_or_of_nobody_is_refused(
    caller: Caller, client: TestClient, home: Home, anna: Replica
) -> None:
    soup = home.found("Soup", "Anna")
    elsewhere = Caller(client, soup.collective).nonce()
    for nonce in (elsewhere, encode(bytes(32))):
        assert is_problem(caller.asks_in(key_of(anna), nonce=nonce), 401, "nonce")
    soup.close()


def test_an_answer_for_another_origin_is_refused(caller: Caller, anna: Replica) -> None:
    answer = caller.asks_in(key_of(anna), origin="http://evil.example")
    assert is_problem(answer, 401, "proof")


def test_the_host_header_is_not_believed(caller: Caller, anna: Replica) -> None:
    caller.client.headers["Host"] = "evil.example"
    assert is_problem(caller.asks_in(key_of(anna), origin="http://evil.example"), 401, "proof")
    assert caller.asks_in(key_of(anna)).status_code == 201


def test_a_stranger_gets_no_session(caller: Caller) -> None:
    assert is_problem(caller.asks_in(DeviceKey.generate()), 403, "not-a-reader")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"device":1,"nonce":2,"proof":3}',
        b"\xff",
        b'{"device":"\xff","nonce":"","proof":""}',
        b'{"x":' + b"[" * 4000,
    ],
)
def test_a_session_is_asked_for_in_one_way(caller: Caller, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = caller.client.post(f"{caller.at}/session", content=body, headers=headers)
    assert is_problem(answer, 400, "session-request")


def test_an_added_device_reads_before_it_has_said_anything(caller: Caller, anna: Replica) -> None:
    added = DeviceKey.generate()
    proof = prove_device(added, anna.collective, key_of(anna).public)
    anna.sign(DeviceAdd(added.public, proof))
    assert caller.state(caller.opened(added)).status_code == 200


def test_a_retired_device_reads_nothing_more_also_in_its_old_session(
    caller: Caller, anna: Replica
) -> None:
    added = DeviceKey.generate()
    proof = prove_device(added, anna.collective, key_of(anna).public)
    anna.sign(DeviceAdd(added.public, proof))
    headers = caller.opened(added)
    anna.sign(DeviceRetire(added.public))
    assert is_problem(caller.state(headers), 403, "not-a-reader")
    assert is_problem(caller.asks_in(added), 403, "not-a-reader")


def test_somebody_who_is_joining_reads_everything(
    caller: Caller, anna: Replica, ben: Replica, tmp_path: Path
) -> None:
    cleo = begins(Home(tmp_path / "cleo"), anna, *invites(anna, ben, name="Cleo"))
    assert is_problem(caller.asks_in(key_of(cleo)), 403, "not-a-reader")
    assert caller.post(newest(cleo)).status_code == 201
    state = caller.state(caller.opened(key_of(cleo))).json()
    assert [member["joining"] for member in state["members"]] == [False, False, True]
    cleo.close()


def test_a_used_link_lets_nobody_else_read(caller: Caller, anna: Replica, tmp_path: Path) -> None:
    version, invitation = invites(anna)
    first = begins(Home(tmp_path / "first"), anna, version, invitation)
    second = begins(Home(tmp_path / "second"), anna, version, invitation)
    assert caller.post(newest(first)).status_code == 201
    assert is_problem(caller.post(newest(second)), 403, "stranger")
    assert newest(second).id not in anna.store
    assert caller.asks_in(key_of(first)).status_code == 201
    assert is_problem(caller.asks_in(key_of(second)), 403, "not-a-reader")


def test_a_link_that_was_taken_back_lets_nobody_read(
    caller: Caller, anna: Replica, tmp_path: Path
) -> None:
    version, invitation = invites(anna)
    late = begins(Home(tmp_path / "late"), anna, version, invitation)
    anna.sign(TakeBack(version))
    anna.tend()
    assert is_problem(caller.post(newest(late)), 403, "stranger")
    assert is_problem(caller.asks_in(key_of(late)), 403, "not-a-reader")


def test_an_undecided_link_lets_nobody_read(
    caller: Caller, anna: Replica, ben: Replica, tmp_path: Path
) -> None:
    key = DeviceKey.generate()
    words = {"title": "Invite Eve", "text": "", "effects": [{"name": "Eve"}]}
    version = anna.sign(Propose("membership", (Invite(key.public),), 0, 0), words)
    eve = begins(Home(tmp_path / "eve"), anna, version, key)
    assert is_problem(caller.post(newest(eve)), 403, "stranger")
    assert newest(eve).id not in anna.store
    assert is_problem(caller.asks_in(key_of(eve)), 403, "not-a-reader")


def test_who_left_reads_what_led_up_to_it_and_nothing_later(
    caller: Caller, anna: Replica, ben: Replica
) -> None:
    ben.sign(Leave())
    share(anna, ben)
    last = printed(ben)
    assert len(anna.view().epoch.members) == 1
    anna.sign(Propose("everyday", (), 0, 0), {"title": "Secret", "text": "Not for Ben."})
    answer = caller.state(caller.opened(key_of(ben)))
    assert answer.content == last
    assert b"Secret" not in answer.content
    before = len(ben.graph)
    assert caller.syncs(ben).received == 0
    assert len(ben.graph) == before


def test_a_conversation_that_makes_no_sense_is_refused(caller: Caller, anna: Replica) -> None:
    headers = caller.opened(key_of(anna)) | LINES
    for body in (b"", b"nonsense\n", b'["goround/sync/1","x","digest"]\n'):
        answer = caller.client.post(f"{caller.at}/sync", content=body, headers=headers)
        assert answer.status_code == 400
        assert answer.json()["detail"].endswith(".")


# What a reader hands over.


def strangers_words(replica: Replica, number: int) -> list[Event]:
    """Let a device that was invented just now say things."""
    key = DeviceKey.generate()
    graph = Graph(replica.collective)
    events = [event for _row, event in replica.store.since()][:1]
    graph.add(events[0])
    for _ in range(number):
        place = graph.next_place(key.public)
        act = {"type": "say", "on": replica.collective}
        event = sign_event(key, collective=replica.collective, place=place, at=0, act=act)
        graph.add(event)
        events.append(event)
    return events[1:]


def gives(caller: Caller, giver: Replica, events: list[Event]) -> int:
    headers = caller.opened(key_of(giver)) | LINES
    said = encode_message(caller.collective, Give(events))
    answer = caller.client.post(f"{caller.at}/sync", content=said, headers=headers)
    kept = decode_message(caller.collective, answer.content)
    assert isinstance(kept, Kept)
    return kept.fresh


def test_nobody_hands_over_what_devices_said_that_nobody_let_in(
    caller: Caller, anna: Replica, ben: Replica, tmp_path: Path
) -> None:
    cleo = begins(Home(tmp_path / "cleo"), anna, *invites(anna, ben, name="Cleo"))
    caller.post(newest(cleo))
    for giver in (ben, cleo):
        assert gives(caller, giver, strangers_words(anna, 5)) == 0
    assert anna.refresh() <= 1
    cleo.close()


def test_who_reads_only_a_part_hands_over_nothing(
    caller: Caller, anna: Replica, ben: Replica
) -> None:
    ben.sign(Leave())
    share(anna, ben)
    place = ben.graph.next_place(key_of(ben).public)
    late = sign_event(
        key_of(ben),
        collective=ben.collective,
        place=place,
        at=0,
        act={"type": "say", "on": ben.collective},
    )
    assert gives(caller, ben, [*strangers_words(anna, 5), late]) == 0
    anna.refresh()
    assert late.id not in anna.graph


def test_a_copy_with_strangers_in_it_becomes_equal_with_one_without(
    caller: Caller, anna: Replica, ben: Replica
) -> None:
    ben.receive(strangers_words(anna, 2500), strangers=True)
    assert caller.syncs(ben) == (0, 0, True)


def test_what_a_member_rested_on_a_strangers_word_still_travels(
    caller: Caller, anna: Replica, ben: Replica
) -> None:
    ben.receive(strangers_words(anna, 3), strangers=True)
    said = ben.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More rye."})
    assert caller.syncs(ben).equal
    anna.refresh()
    assert said in anna.graph
    assert caller.syncs(ben) == (0, 0, True)


# Without a network.


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def test_a_nonce_is_over_after_a_minute() -> None:
    clock = Hands()
    nonces = Nonces(clock)
    nonce = nonces.draw(BREAD)
    clock.time += NONCE_LASTS + 1.5
    with pytest.raises(Denied):
        nonces.read(BREAD, nonce)


def test_nonces_cost_no_memory_until_they_are_answered() -> None:
    clock = Hands()
    nonces = Nonces(clock)
    drawn = {nonces.draw(BREAD) for _ in range(2000)}
    assert len(drawn) == 2000
    assert not nonces._spent
    for nonce in drawn:
        nonces.spend(nonces.read(BREAD, nonce))
    clock.time += NONCE_LASTS * 2
    nonces.spend(nonces.read(BREAD, nonces.draw(BREAD)))
    assert len(nonces._spent) == 1


def test_a_pass_ends_after_an_hour() -> None:
    clock = Hands()
    passes = Passes(clock)
    device = DeviceKey.generate().public
    word = passes.give(BREAD, device)
    assert passes.holder(word, BREAD) == device
    clock.time += PASS_LASTS + 1
    with pytest.raises(Denied):
        passes.holder(word, BREAD)


def test_a_device_has_a_few_passes_at_a_time() -> None:
    passes = Passes(Hands())
    device, other = DeviceKey.generate().public, DeviceKey.generate().public
    kept = passes.give(BREAD, other)
    words = [passes.give(BREAD, device) for _ in range(3 * MOST_PER_DEVICE)]
    assert len(passes) == MOST_PER_DEVICE + 1
    assert passes.holder(words[-1], BREAD) == device
    assert passes.holder(kept, BREAD) == other
    assert not any(word in repr(passes.__dict__) for word in words), "kept as hashes only"
