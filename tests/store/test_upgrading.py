"""A file of an older version becomes one of this, with the older one kept beside it."""

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from goround.errors import Busy, FromNewerGoround, Unreachable
from goround.ids import EventId
from goround.log.event import Event
from goround.store import Store, schema, upgrading
from tests.chains import chain, device, said

ANNA = device(1)
EVENTS = chain(ANNA, 50)
TO_THE_NEXT = (
    "CREATE TABLE mood (word TEXT NOT NULL) STRICT",
    "INSERT INTO mood SELECT 'well' FROM event LIMIT 1",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bread.sqlite"
    Store.create(path, EVENTS).close()
    return path


@pytest.fixture
def next_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let the program be the next one, which keeps one thing more than this."""
    version = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", version + 1)
    monkeypatch.setattr(upgrading, "STEPS", {version: TO_THE_NEXT})
    return version


def older(path: Path, version: int) -> Path:
    return path.with_name(f"bread.version-{version}.sqlite")


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return upgrading.version_of(file)


def kept(path: Path) -> list[Event]:
    with Store.open(path) as store:
        return [event for _row, event in store.since()]


def test_an_older_file_is_brought_up_to_date_when_it_is_opened(
    path: Path, next_version: int
) -> None:
    assert kept(path) == EVENTS
    assert version_of(path) == next_version + 1
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT word FROM mood").fetchall() == [("well",)]


def test_the_older_one_is_kept_and_the_older_program_reads_it(
    path: Path, next_version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path) as store:
        store.append([said(ANNA, EVENTS[-1])])
    monkeypatch.setattr(schema, "VERSION", next_version)
    with pytest.raises(FromNewerGoround):
        kept(path)
    assert kept(older(path, next_version)) == EVENTS
    assert stat.S_IMODE(older(path, next_version).stat().st_mode) == 0o600


def test_what_stood_in_the_journal_only_is_in_both(
    path: Path, next_version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = said(ANNA, EVENTS[-1])
    monkeypatch.setattr(schema, "VERSION", next_version)
    with Store.open(path) as store:
        store.append([more])
        copy = tmp_path / "there" / "bread.sqlite"
        copy.parent.mkdir()
        for end in ("", "-wal"):
            shutil.copy(f"{path}{end}", f"{copy}{end}")
    monkeypatch.setattr(schema, "VERSION", next_version + 1)
    assert kept(copy) == [*EVENTS, more]
    assert kept(older(copy, next_version)) == [*EVENTS, more]


def test_it_happens_once(path: Path, next_version: int) -> None:
    kept(path)
    before = older(path, next_version).stat().st_mtime_ns
    kept(path)
    assert older(path, next_version).stat().st_mtime_ns == before


def test_a_step_that_fails_leaves_the_older_file_as_it_was(
    path: Path, next_version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {next_version: (*TO_THE_NEXT, "INSERT INTO nothing VALUES (1)")}
    monkeypatch.setattr(upgrading, "STEPS", broken)
    with pytest.raises(Unreachable):
        kept(path)
    monkeypatch.setattr(schema, "VERSION", next_version)
    assert kept(path) == EVENTS


def test_while_an_older_program_has_it_open_it_is_left_alone(
    path: Path, next_version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", next_version)
    with Store.open(path):
        monkeypatch.setattr(schema, "VERSION", next_version + 1)
        with pytest.raises(Busy, match="stop it, and try again"):
            kept(path)
    assert kept(path) == EVENTS


def test_where_nothing_can_be_written_it_says_so(path: Path, next_version: int) -> None:
    path.with_name(f"{path.name}-shm").mkdir()  # as on a full disk: its index cannot be made
    with pytest.raises(Unreachable, match="copy it to where you may write"):
        kept(path)
    assert version_of(path) == next_version


def test_a_full_disk_leaves_the_older_file_as_it_was(
    path: Path, next_version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upgrading, "keep_names", full)
    with pytest.raises(Unreachable, match="the disk is full"):
        kept(path)
    monkeypatch.undo()
    assert kept(path) == EVENTS


def test_words_that_are_erased_do_not_live_on_in_the_older_file(
    path: Path, next_version: int
) -> None:
    with Store.open(path) as store:
        assert older(path, next_version).exists()
        store.erase(EventId(EVENTS[3].id))
        assert not older(path, next_version).exists()
