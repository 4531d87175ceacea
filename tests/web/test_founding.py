"""A collective begins in a browser, at a node that keeps it without a key of its own."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from goround.collective.charter import DEFAULTS
from goround.ids import CollectiveId, encode
from goround.log.bundle import encode_line
from goround.log.event import FOUNDING, Event, sign_event
from goround.log.keys import DeviceKey, fresh_salt
from goround.node.home import Home
from goround.web.app import ALLOWED, make_app
from goround.web.rights import FoundingRight
from tests.web.callers import LINES, ORIGIN, Caller, is_problem

BEYOND = "https://bread.example.org"


def founding(
    key: DeviceKey, words: dict[str, Any] | None = None, charter: dict[str, Any] | None = None
) -> Event:
    """Sign the first event of a collective, as a browser does."""
    named = {"name": "Bread", "person": "Anna"} if words is None else words
    act = {
        "type": "found",
        "nonce": encode(fresh_salt()),
        "charter": dict(DEFAULTS) if charter is None else charter,
        "rules": 1,
    }
    return sign_event(
        key,
        collective=CollectiveId(""),
        place=FOUNDING,
        at=1,
        act=act,
        words=msgspec.json.encode(named),
    )


def founds(client: TestClient, body: bytes | Event, **headers: str) -> Any:  # noqa: ANN401
    line = encode_line(body) if isinstance(body, Event) else body
    return client.post("/found", content=line, headers={**LINES, **headers})


@pytest.fixture
def anna() -> DeviceKey:
    return DeviceKey.generate()


def test_a_collective_begins_with_one_event_and_is_kept_without_a_key(
    client: TestClient, home: Home, anna: DeviceKey
) -> None:
    event = founding(anna)
    answer = founds(client, event)
    assert (answer.status_code, answer.json()) == (201, {"id": event.id})
    kept = home.replica(CollectiveId(event.id))
    assert kept.key is None
    assert event.id in kept.store
    kept.close()
    caller = Caller(client, CollectiveId(event.id))
    assert caller.state(caller.opened(anna)).json()["name"] == "Bread"


def test_who_hands_over_the_founding_once_more_is_told_that_it_is_known(
    client: TestClient, anna: DeviceKey
) -> None:
    event = founding(anna)
    assert [founds(client, event).status_code for _ in range(2)] == [201, 200]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"name": "", "person": "Anna"}, "letters that can be seen"),
        ({"name": "Bread"}, "letters that can be seen"),
        ({"name": "Bread", "person": "\u202eanna"}, "signs that turn the writing around"),
        ({"name": "B" * 500, "person": "Anna"}, "letters long"),
        ({"name": ["Bread"], "person": {}}, "letters that can be seen"),
        ({}, "letters that can be seen"),
    ],
)
def test_names_are_looked_at_as_in_a_terminal_and_nothing_is_kept(
    client: TestClient, home: Home, anna: DeviceKey, words: dict[str, Any], said: str
) -> None:
    answer = founds(client, founding(anna, words))
    assert is_problem(answer, 422, "name")
    assert said in answer.json()["detail"]
    assert home.collectives() == []


@pytest.mark.parametrize(
    ("charter", "reason"),
    [({}, "malformed"), ({**DEFAULTS, "most_members": 10**9}, "rule-value")],
)
def test_a_charter_that_no_replica_takes_is_refused(
    client: TestClient, home: Home, anna: DeviceKey, charter: dict[str, Any], reason: str
) -> None:
    assert is_problem(founds(client, founding(anna, charter=charter)), 422, reason)
    assert home.collectives() == []


def test_only_one_genuine_founding_event_founds(
    client: TestClient, home: Home, anna: DeviceKey
) -> None:
    one = founding(anna)
    forged = Event(one.id, one.header, one.raw, bytes(64), one.content)
    said = sign_event(anna, collective=CollectiveId(""), place=FOUNDING, at=1, act={"type": "away"})
    assert is_problem(founds(client, b""), 400, "line")
    assert is_problem(founds(client, encode_line(one) * 2), 400, "line")
    assert is_problem(founds(client, forged), 400, "signature")
    assert is_problem(founds(client, said), 422, "stranger")
    assert home.collectives() == []


def test_an_event_of_a_collective_founds_no_other(client: TestClient, home: Home) -> None:
    bread = home.found("Bread", "Anna")
    key = DeviceKey.generate()
    place = bread.graph.next_place(key.public)
    act = {"type": "say", "on": bread.collective}
    event = sign_event(key, collective=bread.collective, place=place, at=1, act=act)
    assert is_problem(founds(client, event), 422, "not-the-founding")
    assert home.collectives() == [bread.collective]
    bread.close()


def test_what_was_founded_here_in_a_terminal_is_known(client: TestClient, home: Home) -> None:
    bread = home.found("Bread", "Anna")
    ((_row, event),) = bread.store.since()
    assert founds(client, event).status_code == 200
    assert home.keyring(bread.collective).device is not None
    bread.close()


# Who may.


class Host:
    """Runs a node beyond this machine."""

    def __init__(self, home: Home) -> None:
        self.right, self.secret = FoundingRight.by_link()
        app = make_app(home, BEYOND, ALLOWED, self.right)
        self.client = TestClient(app, base_url=BEYOND, client=("127.0.0.1", 1))


@pytest.fixture
def host(home: Home) -> Iterator[Host]:
    made = Host(home)
    with made.client:
        yield made


def test_beyond_this_machine_nobody_founds_without_the_link_also_not_from_a_proxy_on_it(
    host: Host, home: Home, anna: DeviceKey
) -> None:
    assert is_problem(founds(host.client, founding(anna)), 401, "founding")
    wrong = founds(host.client, founding(anna), Authorization="Goround-Founding guess")
    assert is_problem(wrong, 401, "founding")
    assert wrong.headers["www-authenticate"] == "Goround-Founding"
    assert home.collectives() == []


def test_whoever_holds_the_link_founds_also_more_than_once(host: Host, anna: DeviceKey) -> None:
    shown = f"Goround-Founding {host.secret}"
    for _ in range(2):
        assert founds(host.client, founding(anna), Authorization=shown).status_code == 201


def test_the_secret_of_the_link_is_not_kept(host: Host) -> None:
    assert host.secret not in repr(host.right.__dict__)


def test_a_host_can_turn_founding_off(home: Home, anna: DeviceKey) -> None:
    app = make_app(home, ORIGIN, ALLOWED, FoundingRight.of_nobody())
    with TestClient(app, base_url=ORIGIN) as client:
        assert is_problem(founds(client, founding(anna)), 403, "founding")


def test_without_a_word_from_the_host_nobody_founds_beyond_this_machine(
    home: Home, anna: DeviceKey
) -> None:
    with TestClient(make_app(home, BEYOND), base_url=BEYOND) as client:
        assert is_problem(founds(client, founding(anna)), 403, "founding")


def test_nobody_fills_the_disk_with_collectives(client: TestClient, home: Home) -> None:
    answers = [founds(client, founding(DeviceKey.generate())) for _ in range(30)]
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(201) <= 21
    assert statuses[-1] == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert len(home.collectives()) == statuses.count(201)
