"""Requests that are guessed from the description of a node, in order and out of order: whatever it
is asked, it answers with what it says that it answers, and never with a fault of its own."""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from threading import Thread
from typing import Any, NamedTuple

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.testclient import TestClient

from goround.collective.proposals import Propose
from goround.node.home import Home
from goround.web import running
from goround.web.app import ALLOWED, make_app
from goround.web.limits import Rate
from goround.web.server import Server
from tests.web.callers import ORIGIN, Caller, key_of
from tests.web.scene import Scene
from tests.web.test_openapi import DOCUMENT

MUCH = Rate(burst=1e9, per_second=1e9)
EXAMPLES = 10
HITS = 0.8
"""How often a guess is about something that is there."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer("application/x-ndjson")
def lines(_context: Any, value: Any) -> bytes:  # noqa: ANN401 - whatever was guessed
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


class Node(NamedTuple):
    """A node that listens, what lets Anna in, and what can be asked about there."""

    address: str
    session: dict[str, str]
    there: dict[str, str]
    seen: Counter[int]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    scene = Scene(tmp_path_factory.mktemp("guesses"))
    proposal = scene.anna.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "More."})
    bounds = ALLOWED._replace(by_address=MUCH, by_device=MUCH, events_by_device=MUCH, wait=5.0)
    app = make_app(scene.home, ORIGIN, bounds)
    caller = Caller(TestClient(app, base_url=ORIGIN), scene.anna.collective)
    there = dict.fromkeys(("collective", "member", "event"), str(scene.anna.collective))
    there["proposal"] = proposal
    with served(app, scene.home) as address:
        session = caller.opened(key_of(scene.anna))
        yield Node(address, session, there, Counter())
    scene.anna.close()
    scene.ben.close()


@contextmanager
def served(app: Starlette, home: Home) -> Iterator[str]:
    """Let an application answer on a socket, in a thread of its own."""
    config = running._config(home, ORIGIN)
    config.app = app
    server = Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host, port = listening.getsockname()
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://{host}:{port}"
        finally:
            server.should_exit = True
            thread.join()


SCHEMA = schemathesis.openapi.from_dict(DOCUMENT).exclude(path_regex="/live$")


FOUND = [found for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
OPERATIONS = {found.ok().label: found.ok() for found in FOUND}


@pytest.mark.parametrize("label", OPERATIONS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_a_node_is_asked_it_answers_as_it_says(
    label: str, data: st.DataObject, node: Node
) -> None:
    case: schemathesis.Case[Any] = data.draw(OPERATIONS[label].as_strategy())
    chance = Random(repr(case.body) + repr(case.query) + repr(case.path_parameters))
    for place, there in node.there.items():
        if place in case.path_parameters and chance.random() < HITS:
            case.path_parameters[place] = there
    stays = not case.path.endswith("/session/end")
    let_in = node.session if stays and chance.random() < HITS else {}
    answer = case.call_and_validate(
        base_url=node.address, headers=let_in, checks=CHECKS, timeout=10, allow_redirects=False
    )
    node.seen[answer.status_code] += 1


def test_the_guesses_got_through_to_something(node: Node) -> None:
    assert {200, 201, 204, 308, 400, 401, 404, 422} <= set(node.seen), node.seen
