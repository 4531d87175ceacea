"""Founding, links, invitations and devices as the node draws them, before any script runs."""

import pytest
from starlette.testclient import TestClient

from goround.collective.devices import DeviceAdd
from goround.ids import decode
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device, prove_session
from goround.node.home import Home
from goround.node.replica import Replica
from goround.web.app import make_app
from goround.web.rights import FoundingRight
from tests.web.callers import ORIGIN, Caller, invites, key_of


@pytest.fixture
def reader(caller: Caller, anna: Replica) -> TestClient:
    """Give Anna's browser, with the cookie that lets her read."""
    nonce = caller.nonce()
    key = key_of(anna)
    proof = prove_session(key, anna.collective, decode(nonce), ORIGIN)
    body = {"device": key.public, "nonce": nonce, "proof": proof, "cookie": True}
    assert caller.client.post(f"{caller.at}/session", json=body).status_code == 201
    return caller.client


def test_founding_shows_the_whole_charter_in_words(client: TestClient) -> None:
    page = client.get("/found").text
    assert "After a block, we mean to work on it together for 30 days." in page
    assert "everyday_notice" in page  # for the script, which signs it
    assert "silence is never agreement" in page


@pytest.mark.parametrize(
    ("right", "has_form", "words"),
    [
        (FoundingRight.of_everybody(), True, None),
        (FoundingRight.by_link()[0], True, "takes the link that this node printed"),
        (FoundingRight.of_nobody(), False, "Nobody founds at this node"),
    ],
)
def test_who_may_found_is_said_before_anything_is_filled_in(
    home: Home, right: FoundingRight, words: str | None, *, has_form: bool
) -> None:
    with TestClient(make_app(home, ORIGIN, right=right), base_url=ORIGIN) as client:
        page = client.get("/found").text
        assert ('data-does="found"' in page) == has_form
        assert words is None or words in page
        assert ('href="/found"' in client.get("/").text) == has_form


def test_a_page_behind_a_link_is_the_same_for_everybody(client: TestClient, anna: Replica) -> None:
    invites(anna)
    before = client.get(f"/c/{anna.collective}/join").text
    assert before == client.get(f"/c/{anna.collective}/join").text
    for words in ("Anna", "Bread", "Ben", "Bake for the street"):
        assert words not in before


def test_an_invitation_stands_on_the_page_with_its_public_half_alone(
    reader: TestClient, anna: Replica, home: Home
) -> None:
    _version, key = invites(anna)
    home.keyring(anna.collective).keep_invitation(key)
    page = reader.get(f"/c/{anna.collective}/invitations").text
    assert key.public in page
    assert home.keyring(anna.collective).secrets.invitations[key.public] not in page


def test_a_device_is_called_by_its_name_and_known_to_be_unused(
    reader: TestClient, anna: Replica
) -> None:
    key = DeviceKey.generate()
    proof = prove_device(key, anna.collective, key_of(anna).public)
    anna.sign(DeviceAdd(key.public, proof), {"name": "<b>phone</b>"})
    page = reader.get(f"/c/{anna.collective}/devices").text
    assert "&lt;b&gt;phone&lt;/b&gt;" in page
    assert "Its link was not opened yet." in page
    assert "This one" in page


def test_somebody_lost_is_invited_in_their_place_only_where_there_is_somebody(
    reader: TestClient, anna: Replica
) -> None:
    page = reader.get(f"/c/{anna.collective}/invitations?replaces={anna.collective}").text
    assert "in their own place" in page
    for odd in ("nobody", "x" * 5000, "%00", "\u202e"):
        answer = reader.get(f"/c/{anna.collective}/invitations", params={"replaces": odd})
        assert answer.status_code == 200
        assert "in their own place" not in answer.text


def test_a_member_is_not_joining(reader: TestClient, anna: Replica) -> None:
    assert reader.get(f"/c/{anna.collective}/joining").status_code == 404


@pytest.mark.parametrize("path", ["invitations", "devices", "joining"])
def test_nobody_reads_them_without_showing_who_they_are(
    client: TestClient, anna: Replica, path: str
) -> None:
    answer = client.get(f"/c/{anna.collective}/{path}")
    assert answer.status_code == 401
    assert "Anna" not in answer.text


ONLY_HERE = "This address works on this computer only."


def test_a_link_that_no_other_phone_can_open_says_so(reader: TestClient, anna: Replica) -> None:
    for path in (f"/c/{anna.collective}/invitations", f"/c/{anna.collective}/devices", "/"):
        page = reader.get(path).text
        assert ONLY_HERE in page
        assert "serve --lan" in page


@pytest.mark.parametrize("origin", ["https://192.0.2.1:8420", "https://bread.example"])
def test_an_address_that_others_reach_is_only_handed_on(home: Home, origin: str) -> None:
    with TestClient(make_app(home, origin), base_url=origin) as client:
        assert ONLY_HERE not in client.get("/").text


def test_the_name_is_asked_for_before_the_whole_charter_is_read(
    client: TestClient, anna: Replica
) -> None:
    page = client.get(f"/c/{anna.collective}/join").text
    assert "silence is never agreement" in page
    assert '<details class="more"><summary>The whole charter, in words</summary>' in page


def test_a_button_says_what_it_does_and_a_field_whether_it_is_needed(client: TestClient) -> None:
    page = client.get("/found").text
    assert ">Found the collective</button>" in page
    assert "(optional)" in page
    assert "nobody’s permission" in client.get("/").text
