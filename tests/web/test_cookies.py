"""A browser reads with a cookie, which no script sees and no other site's page can use."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from goround.ids import CollectiveId, decode
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_session
from goround.node.home import Home
from goround.node.replica import Replica
from goround.web.app import make_app
from goround.web.passes import PASS_LASTS, Passes
from goround.web.problems import Denied
from tests.web.callers import ORIGIN, Caller, is_problem, key_of

BREAD = CollectiveId("A" * 43)
OWN = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
JSON = {"Content-Type": "application/json"}
SAID = {"act": {"type": "away"}, "words": {}}


def enters(caller: Caller, key: DeviceKey, origin: str = ORIGIN) -> Any:  # noqa: ANN401
    """Ask for a session as a browser does, which keeps the cookie."""
    nonce = caller.nonce()
    proof = prove_session(key, caller.collective, decode(nonce), origin)
    body = {"device": key.public, "nonce": nonce, "proof": proof, "cookie": True}
    answer = caller.client.post(f"{caller.at}/session", json=body)
    assert answer.status_code == 201
    return answer


def test_a_page_is_read_with_the_cookie_alone(caller: Caller, anna: Replica) -> None:
    assert caller.client.get(f"{caller.at}/members").status_code == 401
    enters(caller, key_of(anna))
    page = caller.client.get(f"{caller.at}/members")
    assert (page.status_code, "Anna" in page.text) == (200, True)
    assert caller.state({}).status_code == 200


def test_a_program_gets_no_cookie_that_it_did_not_ask_for(caller: Caller, anna: Replica) -> None:
    assert "set-cookie" not in caller.asks_in(key_of(anna)).headers


def test_the_cookie_belongs_to_one_collective_and_to_no_script(
    caller: Caller, anna: Replica
) -> None:
    (told,) = enters(caller, key_of(anna)).headers.get_list("set-cookie")
    parts = {part.strip().lower() for part in told.split(";")[1:]}
    assert {"httponly", "samesite=lax", f"path={caller.at}".lower()} <= parts
    assert not any(part.startswith("domain") for part in parts)


def test_behind_tls_the_cookie_travels_over_tls_alone(home: Home, anna: Replica) -> None:
    beyond = "https://bread.example.org"
    with TestClient(make_app(home, beyond), base_url=beyond) as client:
        told = enters(Caller(client, anna.collective), key_of(anna), beyond).headers["set-cookie"]
    assert told.startswith("__Secure-goround=")
    assert "; secure" in told.lower()


def test_whoever_leaves_reads_nothing_more_also_not_with_the_cookie_they_had(
    caller: Caller, anna: Replica
) -> None:
    word = enters(caller, key_of(anna)).json()["token"]
    answer = caller.client.post(f"{caller.at}/session/end", headers=OWN)
    assert answer.status_code == 204
    assert 'goround=""' in answer.headers["set-cookie"]
    assert caller.client.get(f"{caller.at}/members").status_code == 401
    assert is_problem(caller.state({"Authorization": f"Bearer {word}"}), 401, "session")


# What other sites' pages send somebody's browser to ask.

ELSEWHERE = [
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://127.0.0.1:9000", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://evil.example:8420", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
@pytest.mark.parametrize("address", ["check", "session/end", "sync", "nonce", "events"])
def test_nothing_is_done_that_a_page_from_elsewhere_asks(
    caller: Caller, anna: Replica, headers: dict[str, str], address: str
) -> None:
    enters(caller, key_of(anna))
    answer = caller.client.post(f"{caller.at}/{address}", json=SAID, headers=headers)
    assert is_problem(answer, 403, "cross-site")


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_no_page_from_elsewhere_founds_at_a_node_on_this_machine(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert is_problem(client.post("/found", content=b"x", headers=headers), 403, "cross-site")


def test_what_is_asked_with_a_cookie_was_asked_by_our_own_page(
    caller: Caller, anna: Replica
) -> None:
    enters(caller, key_of(anna))
    post = caller.client.post
    assert is_problem(post(f"{caller.at}/check", json=SAID), 403, "cross-site")
    assert post(f"{caller.at}/check", json=SAID, headers=OWN).status_code == 204
    by_origin = {"Origin": ORIGIN}
    assert post(f"{caller.at}/check", json=SAID, headers=by_origin).status_code == 204


def test_a_link_from_elsewhere_can_be_followed(caller: Caller, anna: Replica) -> None:
    enters(caller, key_of(anna))
    come = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    for kind, status in (("document", 200), ("iframe", 403), ("object", 403), ("empty", 403)):
        answer = caller.client.get(f"{caller.at}/members", headers=come | {"Sec-Fetch-Dest": kind})
        assert answer.status_code == status, kind
    fetched = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
    assert is_problem(caller.client.get(f"{caller.at}/state", headers=fetched), 403, "cross-site")


def test_a_page_from_elsewhere_does_not_use_up_what_somebody_may_ask(
    caller: Caller, anna: Replica
) -> None:
    for _ in range(100):
        caller.client.post(f"{caller.at}/nonce", headers=ELSEWHERE[0])
    assert caller.client.post(f"{caller.at}/nonce").status_code == 200


# Without a network.


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def test_a_pass_lasts_as_long_as_it_is_used() -> None:
    clock = Hands()
    passes = Passes(clock)
    device = DeviceKey.generate().public
    word = passes.give(BREAD, device)
    for _ in range(5):
        clock.time += PASS_LASTS - 1
        assert passes.holder(word, BREAD) == device
    clock.time += PASS_LASTS + 1
    with pytest.raises(Denied):
        passes.holder(word, BREAD)


def test_whoever_only_listens_does_not_make_a_pass_last() -> None:
    clock = Hands()
    passes = Passes(clock)
    word = passes.give(BREAD, DeviceKey.generate().public)
    clock.time += PASS_LASTS - 1
    assert passes.opens(word, BREAD)
    clock.time += 2
    assert not passes.opens(word, BREAD)
