from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from goround.node.home import Home
from goround.node.replica import Replica
from goround.web.app import make_app
from tests.web.callers import ORIGIN, Caller
from tests.web.reader import Tells, readers


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Anna's, which is also the node's."""
    return Home(tmp_path / "anna")


@pytest.fixture
def anna(home: Home) -> Iterator[Replica]:
    replica = home.found("Bread", "Anna", "Bake for the street")
    yield replica
    replica.close()


@pytest.fixture
def client(home: Home) -> Iterator[TestClient]:
    with TestClient(make_app(home, ORIGIN), base_url=ORIGIN, client=("192.0.2.7", 50000)) as asks:
        yield asks


@pytest.fixture
def caller(client: TestClient, anna: Replica) -> Caller:
    return Caller(client, anna.collective)


@pytest.fixture
def tells(tmp_path: Path) -> Iterator[Tells]:
    """Give what tells a story, and lets its people read at a node."""
    with ExitStack() as stack:
        yield lambda story: stack.enter_context(readers(tmp_path, story))
