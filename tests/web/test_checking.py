"""Before something is signed in a browser, the node says whether it would count, and to whom."""

from pathlib import Path
from typing import Any

import pytest

from goround.collective.positions import Position
from goround.collective.proposals import Propose
from goround.log.header import LARGEST_CONTENT
from goround.log.keys import DeviceKey
from goround.node.home import Home
from goround.node.replica import Replica
from goround.wire import act_of
from tests.web.callers import Caller, begins, invites, is_problem, key_of, newest, share

TEXT = {"title": "Rye", "text": "More rye."}


class Asks:
    """Asks as somebody whether they could say something."""

    def __init__(self, caller: Caller, replica: Replica) -> None:
        self.caller = caller
        self.headers = caller.opened(key_of(replica))

    def __call__(self, act: dict[str, Any], words: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
        body = {"act": act, "words": words or {}}
        return self.caller.client.post(f"{self.caller.at}/check", json=body, headers=self.headers)

    def told(self, act: dict[str, Any], words: dict[str, Any] | None = None) -> tuple[str, str]:
        """Give the reason and the sentence with which something is refused."""
        answer = self(act, words)
        assert is_problem(answer, 422, answer.json().get("reason", "")), answer.text
        return answer.json()["reason"], answer.json()["detail"]


@pytest.fixture
def asks(caller: Caller, anna: Replica) -> Asks:
    return Asks(caller, anna)


@pytest.fixture
def ben(anna: Replica, tmp_path: Path) -> Replica:
    replica = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    share(anna, replica)
    return replica


def propose(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    act = {"type": "propose", "matter": "everyday", "effects": [], "review": 0, "until": 0}
    return act | more


def invite(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    effect = {"do": "invite", "key": DeviceKey.generate().public}
    words = {"title": f"Invite {name}", "text": "So.", "effects": [{"name": name}]}
    return propose(matter="membership", effects=[effect]), words


def test_what_is_allowed_may_be_signed_and_nothing_is_kept(asks: Asks, anna: Replica) -> None:
    answer = asks(propose(), TEXT)
    assert (answer.status_code, answer.content) == (204, b"")
    anna.refresh()
    assert len(anna.graph) == 1


def test_a_rules_refusal_is_said_to_whom_it_stops(asks: Asks, anna: Replica, ben: Replica) -> None:
    assert asks.told({"type": "back"}) == ("not-away", "You are not away.")
    proposal = anna.sign(Propose("everyday", (), 0, 0), TEXT)
    anna.sign(Position(proposal, "block"), {"because": "Too dear."})
    block = newest(anna).id
    assert asks.told({"type": "confirm", "position": block})[0] == "own-block"
    reason, said = asks.told({"type": "carry", "proposal": proposal})
    assert (reason, said) == ("carries-already", "You carry this proposal already.")


def test_the_device_that_asks_is_judged_and_not_the_node(
    caller: Caller, anna: Replica, ben: Replica
) -> None:
    proposal = anna.sign(Propose("everyday", (), 0, 0), TEXT)
    act = {"type": "withdraw", "proposal": proposal}
    assert Asks(caller, anna)(act).status_code == 204
    assert Asks(caller, ben).told(act)[0] == "not-carrying"


@pytest.mark.parametrize("stance", ["block", "aside"])
def test_who_blocks_says_why(asks: Asks, anna: Replica, stance: str) -> None:
    version = anna.sign(Propose("everyday", (), 0, 0), TEXT)
    act = act_of(Position(version, stance))  # type: ignore[arg-type]
    for words in ({}, {"because": "  "}):
        assert asks.told(act, words)[0] == "needs-words"
    assert asks(act, {"because": "Too dear."}).status_code == 204


def test_names_are_looked_at_as_in_a_terminal(asks: Asks, anna: Replica, ben: Replica) -> None:
    name = {"type": "name"}
    assert asks(name, {"person": "Annette"}).status_code == 204
    assert "looks like “Ben”" in asks.told(name, {"person": "Вen"})[1]
    assert asks.told(*invite("ben"))[0] == "name"
    assert asks.told(*invite("\u202ecleo"))[0] == "name"
    assert asks(*invite("Cleo")).status_code == 204


def test_nobody_is_invited_twice(asks: Asks, anna: Replica) -> None:
    invites(anna, name="Cleo")
    reason, said = asks.told(*invite("Cleo"))
    assert reason == "invited"
    assert said == "Cleo is invited already: see “Invite Cleo”."


def test_who_invited_somebody_does_not_welcome_them_too(
    asks: Asks, anna: Replica, ben: Replica, tmp_path: Path
) -> None:
    cleo = begins(Home(tmp_path / "cleo"), anna, *invites(anna, ben, name="Cleo"))
    anna.receive([newest(cleo)])
    welcome = {"type": "welcome", "device": key_of(cleo).public}
    reason, said = asks.told(welcome)
    assert (reason, "You invited" in said) == ("welcome", True)
    share(anna, ben)
    assert Asks(asks.caller, ben)(welcome).status_code == 204
    cleo.close()


def test_a_date_that_has_yet_to_come_is_not_witnessed(asks: Asks, anna: Replica) -> None:
    version = anna.sign(Propose("everyday", (), 0, 4_000_000_000_000), TEXT)
    assert asks.told({"type": "close", "version": version})[0] == "date"


def test_empty_words_are_not_said(asks: Asks, anna: Replica) -> None:
    assert asks.told({"type": "say", "on": anna.collective}, {"text": " \n"})[0] == "words"
    assert asks.told(propose(), {"title": "", "text": "So."})[0] == "words"


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        ({}, "act"),
        ({"type": "dance"}, "unknown-kind"),
        ({"type": "carry"}, "malformed"),
        ({"type": "carry", "proposal": "Ä"}, "not-ascii"),
        ({"type": "say", "on": "A" * 9000}, "header-size"),
        ({"type": "away", "x": 2**60}, "not-canonical"),
        ({"type": "away", "x": 10**40}, "not-canonical"),
        ({"type": "away", "x": 0.5}, "not-canonical"),
    ],
)
def test_what_cannot_be_signed_at_all_is_refused_too(
    asks: Asks, act: dict[str, Any], reason: str
) -> None:
    assert asks.told(act, TEXT)[0] == reason


def test_words_that_are_too_long_are_refused(asks: Asks) -> None:
    long = {"title": "Rye", "text": "x" * LARGEST_CONTENT}
    assert asks.told(propose(), long) == ("content-size", "These words are longer than 256 KiB.")


@pytest.mark.parametrize(
    "text", ['{"type":"say","on":"\\ud800"}', '{"type":"\\u0000"}', '{"type":"away","x":1e400}']
)
def test_signs_and_numbers_that_nobody_can_write_are_refused(asks: Asks, text: str) -> None:
    headers = asks.headers | {"Content-Type": "application/json"}
    body = f'{{"act":{text},"words":{{"text":"\\ud800"}}}}'
    answer = asks.caller.client.post(f"{asks.caller.at}/check", content=body, headers=headers)
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"act":1}', b"\xff", b'{"act":' * 5000])
def test_a_draft_is_written_in_one_way(asks: Asks, body: bytes) -> None:
    headers = asks.headers | {"Content-Type": "application/json"}
    answer = asks.caller.client.post(f"{asks.caller.at}/check", content=body, headers=headers)
    assert is_problem(answer, 400, "draft")


def test_without_a_session_nobody_is_told_anything(caller: Caller) -> None:
    answer = caller.client.post(f"{caller.at}/check", json={"act": {"type": "away"}})
    assert is_problem(answer, 401, "session")
