from pathlib import Path

from goround.collective.members import TakeBack
from goround.collective.proposals import Propose
from goround.log.keys import DeviceKey
from goround.node.home import Home
from goround.node.replica import Replica
from tests.web.callers import Caller, begins, invites, is_problem, newest


def test_who_holds_an_open_link_reads_what_they_need_to_say_yes(
    caller: Caller, anna: Replica
) -> None:
    version, invitation = invites(anna)
    card = caller.card(invitation).json()
    assert (card["name"], card["purpose"]) == ("Bread", "Bake for the street")
    assert card["members"] == ["Anna"]
    assert card["invitation"]["version"] == version
    assert (card["invitation"]["name"], card["invitation"]["state"]) == ("Ben", "open")
    assert card["heads"] == anna.graph.frontier()
    assert card["epoch"] == anna.view().epoch.id
    assert card["lamport"] == anna.graph[anna.graph.frontier()[0]].lamport
    assert card["charter"]


def test_a_card_names_who_else_is_invited_by_the_name_they_were_put_forward_for(
    caller: Caller, anna: Replica
) -> None:
    _, for_ben = invites(anna, name="Ben")
    invites(anna, name="Cleo")
    assert [other["name"] for other in caller.card(for_ben).json()["others"]] == ["Cleo"]


def test_a_card_shows_no_proposals(caller: Caller, anna: Replica) -> None:
    _, invitation = invites(anna)
    anna.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More of it."})
    assert "Rye" not in caller.card(invitation).text


def test_a_used_link_tells_when_and_whom_to_ask_and_nothing_else(
    caller: Caller, anna: Replica, tmp_path: Path
) -> None:
    version, invitation = invites(anna)
    ben = begins(Home(tmp_path / "ben"), anna, version, invitation)
    caller.post(newest(ben))
    card = caller.card(invitation).json()
    assert card["invitation"]["state"] == "used"
    assert card["invitation"]["at"].endswith("Z")
    assert card["members"] == ["Anna"]
    assert {"purpose", "charter", "heads", "others"}.isdisjoint(card)


def test_a_link_that_was_taken_back_says_so(caller: Caller, anna: Replica) -> None:
    version, invitation = invites(anna)
    anna.sign(TakeBack(version))
    anna.tend()
    card = caller.card(invitation).json()
    assert card["invitation"]["state"] == "taken back"
    assert "charter" not in card


def test_who_holds_no_invitation_reads_no_card(caller: Caller) -> None:
    assert is_problem(caller.card(DeviceKey.generate()), 403, "not-invited")


def test_a_card_is_asked_for_with_a_proof_for_this_node_and_a_fresh_nonce(
    caller: Caller, anna: Replica
) -> None:
    _, invitation = invites(anna)
    assert is_problem(caller.card(invitation, origin="http://evil.example"), 401, "proof")
    nonce = caller.nonce()
    assert caller.card(invitation, nonce=nonce).status_code == 200
    assert is_problem(caller.card(invitation, nonce=nonce), 401, "nonce")


def test_without_a_proof_there_is_no_card(caller: Caller) -> None:
    for shown in ({}, {"Authorization": "Goround a.b"}, {"Authorization": "Bearer a.b.c"}):
        assert is_problem(caller.client.get(f"{caller.at}/card", headers=shown), 401, "session")
