"""What a home came to know is used at the next start, and never believed over the file."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from goround.collective.members import Name
from goround.collective.proposals import Propose
from goround.errors import Damaged
from goround.log.event import Event, draft
from goround.node import memory
from goround.node.home import Home
from goround.node.replica import Replica
from goround.pages.state import state_bytes
from goround.replay import Replay
from goround.store import Store
from goround.store import file as store_file
from goround.store.rows import Written, words_of


@pytest.fixture(autouse=True)
def everything_is_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "WORTH", 1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", clock=lambda: 1_800_000_000_000)


def say(anna: Replica, times: int) -> None:
    for number in range(times):
        anna.sign(Propose("everyday", (), 0, 0), {"title": f"Oven {number}"})


def opened(home: Home) -> Replica:
    return home.replica(home.find(None))


def checkpoint(home: Home) -> Path:
    (found,) = (home.path / "cache").glob("*.checkpoint")
    return found


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the events that are judged anew."""
    counted: list[int] = []
    real = Replay.add

    def add(self: Replay, event: Event) -> bool:
        counted.append(1)
        return real(self, event)

    monkeypatch.setattr(Replay, "add", add)
    return counted


def test_the_next_start_judges_nothing_anew(home: Home, judged: list[int]) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 5)
    before, words = state_bytes(anna.replay), dict(anna.replay.contents)
    anna.close()
    judged.clear()
    again = opened(home)
    assert judged == []
    assert state_bytes(again.replay) == before
    assert again.replay.contents == words
    again.sign(Name(), {"person": "Annabel"})
    assert len(again.graph) == 7


def test_what_came_after_it_is_judged(home: Home, judged: list[int]) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    anna.close()
    kept = checkpoint(home).read_bytes()
    more = opened(home)
    say(more, 2)
    after = state_bytes(more.replay)
    more.close()
    checkpoint(home).write_bytes(kept)
    judged.clear()
    assert state_bytes(opened(home).replay) == after
    assert len(judged) == 2


def test_what_other_code_judged_is_judged_anew(home: Home, judged: list[int]) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    anna.close()
    written = bytearray(checkpoint(home).read_bytes())
    written[len(b"goround/checkpoint/2\0")] ^= 1
    checkpoint(home).write_bytes(written)
    judged.clear()
    opened(home)
    assert len(judged) == 4


@pytest.mark.parametrize("damage", ["flipped", "cut", "emptied"])
def test_a_damaged_one_is_as_good_as_none(home: Home, damage: str) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    state = state_bytes(anna.replay)
    anna.close()
    written = bytearray(checkpoint(home).read_bytes())
    if damage == "flipped":
        written[-20] ^= 1
    elif damage == "cut":
        written = written[:-1]
    else:
        written.clear()
    checkpoint(home).write_bytes(written)
    assert state_bytes(opened(home).replay) == state


def test_one_of_a_newer_file_is_not_believed(home: Home, tmp_path: Path) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    anna.close()
    file = home.file(home.find(None))
    shutil.copy(file, tmp_path / "older")
    more = opened(home)
    say(more, 3)
    more.close()
    shutil.copy(tmp_path / "older", file)
    assert len(opened(home).graph) == 4


def test_one_of_another_history_is_not_believed(home: Home, tmp_path: Path) -> None:
    anna = home.found("Bread", "Anna")
    file = home.file(home.find(None))
    with closing(sqlite3.connect(file)) as source:
        source.execute("VACUUM INTO ?", (str(tmp_path / "older"),))
    say(anna, 3)
    anna.close()
    shutil.copy(tmp_path / "older", file)
    with Store.open(file) as store:
        other = Replica(anna.collective, store, anna.key)
        say(other, 3)
        state = state_bytes(other.replay)
    assert state_bytes(opened(home).replay) == state


def written_by_another_program(home: Home, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(home.file(home.find(None)))) as file, file:
        file.execute(statement, values)


def test_an_event_that_nobody_signed_is_damage_here_too(home: Home) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    assert anna.key
    forged = draft(
        anna.key.public,
        collective=anna.collective,
        place=anna.graph.next_place(anna.key.public),
        at=1,
        act={"type": "leave"},
    )
    anna.close()
    written_by_another_program(
        home,
        "INSERT INTO event (id, header, signature) VALUES (?, ?, ?)",
        *(forged.id, forged.raw, forged.signature),
    )
    assert checkpoint(home).exists()
    with pytest.raises(Damaged, match="is not signed by its device"):
        opened(home)


@pytest.mark.parametrize("words", [b'{"title":"Other"}', b"\xff"])
def test_words_that_nobody_wrote_are_damage_here_too(home: Home, words: bytes) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    anna.close()
    first = opened(home)  # so that nobody looks through the file
    written_by_another_program(home, "UPDATE content SET words = ? WHERE row = 2", words)
    assert checkpoint(home).exists()
    with pytest.raises(Damaged, match="are not the ones that were written"):
        opened(home)
    first.close()


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the events of which the words are looked at one by one."""
    counted: list[int] = []
    real = words_of

    def counting(row: Written, path: Path) -> bytes:
        counted.append(1)
        return real(row, path)

    monkeypatch.setattr(store_file, "words_of", counting)
    return counted


def test_words_that_are_as_they_were_are_looked_at_all_at_once(
    home: Home, hashed: list[int]
) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    before = dict(anna.replay.contents)
    anna.close()
    again = opened(home)
    assert again.replay.contents == before
    assert hashed == []
    again.close()


def test_where_some_are_gone_the_others_are_looked_at_one_by_one(
    home: Home, hashed: list[int]
) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    before = list(anna.replay.contents.items())
    anna.close()
    first = opened(home)
    written_by_another_program(home, "DELETE FROM content WHERE row = ?", 2)
    again = opened(home)
    assert list(again.replay.contents.items()) == [before[0], *before[2:]]
    assert len(hashed) == len(before) - 1
    again.close()
    first.close()


def test_a_folder_that_cannot_be_written_is_no_hindrance(home: Home) -> None:
    anna = home.found("Bread", "Anna")
    say(anna, 3)
    shutil.rmtree(home.path / "cache", ignore_errors=True)
    (home.path / "cache").write_text("in the way")
    anna.close()
    assert len(opened(home).graph) == 4
