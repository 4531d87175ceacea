"""Where else a collective is kept is noted as it is noticed."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from goround.collective.members import Name
from goround.node.copies import NOTED_EVERY, OLD, Copy, Kind, known_copies, note_copy, second_copy
from goround.node.home import Home
from goround.node.replica import Replica
from goround.pages.finding import State
from goround.web.app import make_app
from tests.web.callers import ORIGIN, Caller, key_of

THEN = 1_800_000_000_000


@pytest.fixture
def anna(tmp_path: Path) -> Replica:
    return Home(tmp_path / "anna", clock=lambda: THEN).found("Bread", "Anna")


@pytest.mark.parametrize(
    ("asked_from", "kind"), [("192.0.2.7", Kind.ELSEWHERE), ("127.0.0.1", Kind.HERE)]
)
def test_a_device_that_asked_a_node_and_was_equal_is_a_copy(
    anna: Replica, tmp_path: Path, asked_from: str, kind: Kind
) -> None:
    home = Home(tmp_path / "anna", clock=lambda: THEN)
    app = make_app(home, ORIGIN)
    with TestClient(app, base_url=ORIGIN, client=(asked_from, 1)) as client:
        Caller(client, anna.collective).syncs(anna)
    assert known_copies(anna) == {kind: Copy(THEN, 1, key_of(anna).public)}
    anna.close()


def test_a_copy_elsewhere_is_told_before_one_on_this_machine_and_a_fresh_one_before_an_old_one(
    anna: Replica,
) -> None:
    copies = {Kind.HERE: Copy(THEN, 1, ORIGIN), Kind.FILE: Copy(THEN - 5, 1)}
    copies[Kind.ELSEWHERE] = Copy(THEN - 9, 1, "https://bread.example.org")
    assert "into a file" in second_copy(anna.reading(), copies, THEN).says
    del copies[Kind.FILE]
    assert "https://bread.example.org" in second_copy(anna.reading(), copies, THEN).says
    anna.close()


@pytest.mark.parametrize(
    ("age", "events", "state"),
    [
        (OLD - 1, 0, State.FINE),
        (OLD + 1, 1, State.FINE),
        (OLD + 1, 0, State.ATTENTION),
    ],
)
def test_an_old_copy_is_enough_as_long_as_nothing_came_since(
    anna: Replica, age: int, events: int, state: State
) -> None:
    copies = {Kind.FILE: Copy(THEN - age, events)}
    assert second_copy(anna.reading(), copies, THEN).state is state
    anna.close()


def test_the_same_is_not_noted_again_and_again(anna: Replica) -> None:
    note_copy(anna, Kind.FILE, THEN)
    note_copy(anna, Kind.FILE, THEN + NOTED_EVERY - 1)
    assert known_copies(anna)[Kind.FILE].at == THEN
    note_copy(anna, Kind.FILE, THEN + NOTED_EVERY)
    assert known_copies(anna)[Kind.FILE].at == THEN + NOTED_EVERY
    note_copy(anna, Kind.FILE, THEN)
    assert known_copies(anna)[Kind.FILE].at == THEN, "where a clock was set back, it is noted anew"
    anna.close()


def test_more_that_is_equal_is_noted_at_once(anna: Replica) -> None:
    note_copy(anna, Kind.FILE, THEN)
    anna.sign(Name(), {"person": "Annabel"})
    note_copy(anna, Kind.FILE, THEN + 1)
    assert known_copies(anna)[Kind.FILE] == Copy(THEN + 1, 2)
    anna.close()
