"""A file that is no collective, or no longer one, is told from one, with a sentence."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from goround.errors import Damaged, FromNewerGoround, NotACollective, Unreachable
from goround.store import Store
from goround.store.schema import said_plainly
from tests.chains import chain, device

EVENTS = chain(device(1), 200)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bread.sqlite"


def read(path: Path) -> None:
    with Store.open(path) as store:
        list(store.since())


def test_a_text_is_not_a_collective(path: Path) -> None:
    path.write_text("Dear all, " * 100)
    with pytest.raises(NotACollective, match="not a collective"):
        read(path)


def test_an_empty_file_is_not_a_collective(path: Path) -> None:
    path.touch()
    with pytest.raises(NotACollective, match="not a collective"):
        read(path)


def test_somebody_elses_database_is_not_a_collective_and_stays_as_it_was(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE event (id TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotACollective, match="not a collective"):
        read(path)
    assert path.read_bytes() == before


def test_a_folder_is_not_a_collective(path: Path) -> None:
    path.mkdir()
    with pytest.raises(NotACollective):
        read(path)


def test_a_file_from_a_newer_goround_is_left_alone(path: Path) -> None:
    Store.create(path, EVENTS).close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 2")
    newer.close()
    with pytest.raises(FromNewerGoround, match="newer"):
        read(path)


def test_a_file_that_was_cut_short_is_damaged(path: Path) -> None:
    Store.create(path, EVENTS).close()
    path.write_bytes(path.read_bytes()[: 4096 * 10])
    with pytest.raises(Damaged, match="damaged"):
        read(path)


def test_a_flipped_bit_in_an_event_is_damage(path: Path) -> None:
    Store.create(path, EVENTS).close()
    path.write_bytes(path.read_bytes().replace(EVENTS[7].raw, EVENTS[7].raw[:-2] + b"8]"))
    with pytest.raises(Damaged, match="damaged"):
        read(path)


def test_a_changed_word_is_damage(path: Path) -> None:
    Store.create(path, EVENTS).close()
    path.write_bytes(path.read_bytes().replace(b"hello", b"hullo", 1))
    with pytest.raises(Damaged, match="damaged"):
        read(path)


def test_a_collective_is_readable_by_its_owner_alone(path: Path) -> None:
    with Store.create(path, EVENTS) as store:
        store.set_note("a", "b")
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}


def test_nothing_but_the_file_and_its_mark_is_left_where_it_was_made(path: Path) -> None:
    Store.create(path, EVENTS).close()
    left = sorted(file.name for file in path.parent.iterdir())
    assert left == ["bread.sqlite", "bread.sqlite-closed"]


def test_a_file_in_a_folder_that_is_not_there_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="could not be made"):
        Store.create(tmp_path / "nowhere" / "bread.sqlite")


def test_a_copy_of_the_file_is_the_same_collective(path: Path, tmp_path: Path) -> None:
    Store.create(path, EVENTS).close()
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(path.read_bytes())
    with Store.open(copy) as store:
        assert [event for _, event in store.since()] == EVENTS


def test_where_nothing_can_be_written_everything_can_be_read(path: Path) -> None:
    Store.create(path, EVENTS).close()
    path.with_name(f"{path.name}-shm").mkdir()  # as on a full disk: its index cannot be made
    with Store.open(path) as store:
        assert [event for _row, event in store.since()] == EVENTS
        with pytest.raises(Unreachable, match="can be read here, not written"):
            store.append(EVENTS)


def test_an_older_state_is_never_read_for_the_newest(path: Path) -> None:
    copy = path.with_name("copy.sqlite")
    Store.create(path, EVENTS[:5]).close()
    with Store.open(path) as store:
        store.append(EVENTS)  # it stands in the journal only
        for end in ("", "-wal"):
            shutil.copy(f"{path}{end}", f"{copy}{end}")
    Path(f"{copy}-shm").mkdir()
    with Store.open(copy) as store:
        assert store.newest_row() == len(EVENTS)


def test_a_file_that_may_not_be_opened_is_not_said_to_be_missing(path: Path) -> None:
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    path.write_bytes(b"locked away")
    with pytest.raises(Unreachable, match="cannot be opened") as told, said_plainly(path):
        raise error
    assert not isinstance(told.value, NotACollective)
