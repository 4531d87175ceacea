"""A home knows where its collectives live: from its own people, and from nobody else."""

import stat
import threading
from pathlib import Path

import pytest

from goround.collective.members import Name
from goround.errors import BadUse, Damaged
from goround.node.copies import Kind, known_copies
from goround.node.home import Home
from goround.node.places import LONGEST_ADDRESS, MOST, NOTED_EVERY, Place, Places

THEN = 1_800_000_000_000
BREAD = "https://bread.example.org"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "places" / "x.json")


def test_a_place_is_what_an_address_comes_to_and_is_kept_once(places: Places) -> None:
    assert places.all() == []
    assert places.add(f"{BREAD}/c/abc/join", THEN)
    assert not places.add("https://BREAD.example.org:443", THEN + 1)
    assert places.all() == [Place(BREAD, THEN)]


def test_an_address_without_a_scheme_has_tls_unless_it_is_this_computer(places: Places) -> None:
    places.add("bread.example.org", THEN)
    places.add("localhost:8420", THEN)
    assert [place.address for place in places.all()] == [BREAD, "http://127.0.0.1:8420"]


@pytest.mark.parametrize(
    "given",
    [
        *("ftp://x", "", "https://", "https://" + "x" * LONGEST_ADDRESS),
        *("https://ben:secret@bread.example.org", "ben@bread.example.org"),
        *("http://bread.example.org", "http://192.168.1.5:8420"),
    ],
)
def test_what_is_no_address_is_refused_and_nothing_is_kept(places: Places, given: str) -> None:
    with pytest.raises(BadUse):
        places.add(given, THEN)
    assert not places.path.exists()


def test_there_are_not_more_than_a_collective_could_need(places: Places) -> None:
    for number in range(MOST):
        places.add(f"https://{number}.example.org", THEN)
    with pytest.raises(BadUse, match="drop one"):
        places.add(BREAD, THEN)


def test_a_place_is_dropped_once(places: Places) -> None:
    places.add(BREAD, THEN)
    places.drop(BREAD)
    assert places.all() == []
    with pytest.raises(BadUse, match="none of the places"):
        places.drop(BREAD)


def test_a_place_that_was_dropped_does_not_come_back_by_what_is_noted_of_it(places: Places) -> None:
    places.note_equal(BREAD, 7, THEN)
    places.note_silent(BREAD, "Nobody answers.", THEN)
    assert places.all() == []


def test_when_it_was_equal_is_noted_now_and_then_and_more_of_it_at_once(places: Places) -> None:
    places.add(BREAD, THEN)
    for at in (THEN, THEN + NOTED_EVERY - 1):
        places.note_equal(BREAD, 7, at)
        assert places.all() == [Place(BREAD, THEN, equal=THEN, events=7)]
    places.note_equal(BREAD, 8, THEN + 1)
    assert places.all() == [Place(BREAD, THEN, equal=THEN + 1, events=8)]


def test_since_when_a_place_is_silent_is_kept_until_it_answers(places: Places) -> None:
    places.add(BREAD, THEN)
    places.note_silent(BREAD, "Nobody answers.", THEN + 5)
    places.note_silent(BREAD, "It is busy.", THEN + 9)
    assert places.all() == [Place(BREAD, THEN, silent=THEN + 5, why="It is busy.")]
    places.note_equal(BREAD, 7, THEN + 10)
    assert places.all() == [Place(BREAD, THEN, equal=THEN + 10, events=7)]


def test_who_names_places_at_the_same_time_loses_none(places: Places) -> None:
    threads = [
        threading.Thread(target=places.add, args=(f"https://{number}.example.org", THEN))
        for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(places.all()) == 12


def test_its_file_is_for_its_owner_alone_and_says_so_where_it_is_spoilt(places: Places) -> None:
    places.add(BREAD, THEN)
    assert stat.S_IMODE(places.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(places.path.parent.stat().st_mode) == 0o700
    places.path.write_bytes(b'[{"address":')
    with pytest.raises(Damaged, match="add them anew"):
        places.all()


def test_a_place_that_was_equal_is_a_second_copy_for_the_doctor_too(tmp_path: Path) -> None:
    home = Home(tmp_path / "anna", clock=lambda: THEN)
    anna = home.found("Bread", "Anna")
    places = home.places(anna.collective)
    places.add(BREAD, THEN)
    assert known_copies(anna, places.all()) == {}
    places.note_equal(BREAD, 1, THEN)
    assert known_copies(anna, places.all())[Kind.ELSEWHERE].whose == BREAD
    anna.close()


def test_no_address_is_taken_from_what_somebody_said(tmp_path: Path) -> None:
    home = Home(tmp_path / "anna", clock=lambda: THEN)
    anna = home.found("Bread", "Anna", purpose=f"We live at {BREAD}/c/x/join#y")
    anna.sign(Name(), {"person": BREAD})
    assert home.places(anna.collective).all() == []
    anna.close()
