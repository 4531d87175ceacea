"""A file is looked through where it was not closed in order, and only there."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from goround.errors import Damaged
from goround.store import Store, opening, wholeness
from goround.store.mark import place_of, was_closed
from goround.store.watching import Watch
from tests.chains import chain, device, said

ANNA = device(1)
EVENTS = chain(ANNA, 300)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bread.sqlite"
    Store.create(path, EVENTS).close()
    return path


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Count how often a file is looked through from now on."""
    times = 0
    really = wholeness.look_through

    def count(connection: sqlite3.Connection, path: Path) -> None:
        nonlocal times
        times += 1
        really(connection, path)

    monkeypatch.setattr(opening, "look_through", count)
    return lambda: times


def killed_with_the_file_open(path: Path) -> None:
    """Let a process open a file, write into it, and be killed."""
    program = (
        "import os, sys; from pathlib import Path; from goround.store import Store;"
        "from tests.store.writers import newest; from tests.chains import device, said;"
        "store = Store.open(Path(sys.argv[1])); store.append([said(device(1), newest(store))]);"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, path], cwd=ROOT, check=False)
    assert done.returncode == -9


def spoil(path: Path, number: int) -> None:
    """Let the sector of an event have other bytes than were written."""
    raw = path.read_bytes()
    at = raw.index(EVENTS[number].raw) // 512 * 512
    path.write_bytes(raw[:at] + b"\x7f" * 512 + raw[at + 512 :])


def opens(path: Path) -> None:
    Store.open(path).close()


def test_a_file_that_was_closed_in_order_is_not_looked_through(
    path: Path, looked: Callable[[], int]
) -> None:
    for number in range(3):
        with Store.open(path) as store:
            store.set_note("number", str(number))
    assert looked() == 0


def test_nor_is_one_that_was_forgotten(path: Path, looked: Callable[[], int]) -> None:
    store = Store.open(path)
    store.set_note("a", "b")
    del store
    opens(path)
    assert looked() == 0


def test_after_a_kill_it_is_looked_through_once(path: Path, looked: Callable[[], int]) -> None:
    killed_with_the_file_open(path)
    opens(path)
    opens(path)
    assert looked() == 1


def test_who_comes_while_another_has_it_open_trusts_that(
    path: Path, looked: Callable[[], int]
) -> None:
    with Store.open(path) as store:
        store.append([said(ANNA, EVENTS[-1])])
        opens(path)
        with closing(Watch(path)):
            opens(path)
    opens(path)
    assert looked() == 0


def test_whoever_leaves_last_leaves_the_mark(path: Path, looked: Callable[[], int]) -> None:
    watch = Watch(path)
    with Store.open(path) as store:
        store.append([said(ANNA, EVENTS[-1])])
    assert not was_closed(path)
    watch.close()
    assert was_closed(path)
    opens(path)
    assert looked() == 0


def test_of_two_programs_of_which_one_is_killed_the_other_leaves_the_mark(
    path: Path, looked: Callable[[], int]
) -> None:
    with Store.open(path):
        killed_with_the_file_open(path)
    opens(path)
    assert looked() == 0


@pytest.mark.parametrize("copy", [shutil.copy, shutil.copy2])
def test_a_copy_is_another_file_even_with_the_mark_of_the_first(
    path: Path, looked: Callable[[], int], tmp_path: Path, copy: Callable[[Path, Path], Path]
) -> None:
    other = tmp_path / "other.sqlite"
    copy(path, other)
    copy(place_of(path), place_of(other))
    opens(other)
    opens(other)
    assert looked() == 1


def test_a_file_that_was_copied_over_is_another_file(
    path: Path, looked: Callable[[], int], tmp_path: Path
) -> None:
    older = shutil.copy2(path, tmp_path / "older.sqlite")
    with Store.open(path) as store:
        store.append([said(ANNA, EVENTS[-1])])
    shutil.copy2(older, path)
    opens(path)
    assert looked() == 1


def test_a_journal_that_was_taken_away_is_noticed_in_the_file(
    path: Path, looked: Callable[[], int]
) -> None:
    place_of(path).write_bytes(b"[1,2,3")  # half of a mark
    opens(path)
    assert looked() == 1


@pytest.mark.parametrize("number", [1, 60, 120, 180, 240])
def test_what_is_torn_is_found_after_a_kill_and_left_as_it_is(path: Path, number: int) -> None:
    killed_with_the_file_open(path)
    spoil(path, number)
    with pytest.raises(Damaged, match=r"is damaged.*goround salvage"):
        opens(path)
    assert not was_closed(path)
    with pytest.raises(Damaged):
        opens(path)


def test_a_program_that_waits_for_one_that_looks_through_finds_the_damage_itself(
    path: Path,
) -> None:
    killed_with_the_file_open(path)
    spoil(path, 100)
    opener = (
        "import sys; from pathlib import Path; from goround.store import Store;"
        "Store.open(Path(sys.argv[1]))"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", opener, path], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for program in programs:
        _out, said_ = program.communicate(timeout=30)
        assert b"Damaged" in said_


def test_an_event_that_rests_on_one_that_is_gone_is_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("DELETE FROM event WHERE row = 100")
    with pytest.raises(Damaged, match="something is missing"):
        opens(path)
