"""What was acknowledged survives a full disk and a torn write, and no batch is kept in part."""

from pathlib import Path

import pytest

from goround.errors import Unreachable
from goround.log.event import Event
from goround.store import Store
from tests.chains import chain, device, said

ANNA = device(1)


def kept(path: Path) -> list[Event]:
    with Store.open(path) as store:
        return [event for _, event in store.since()]


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bread.sqlite"
    events = chain(ANNA, 20)
    large = said(ANNA, events[-1], b"x" * 200_000)
    with Store.create(path, events) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 10}")
        with pytest.raises(Unreachable, match="disk is full"):
            store.append([said(ANNA, events[-1]), large])
        assert [event for _, event in store.since()] == events
        store.append([said(ANNA, events[-1])])
    assert len(kept(path)) == 21


def test_a_journal_torn_anywhere_keeps_whole_batches(tmp_path: Path) -> None:
    path, torn = tmp_path / "bread.sqlite", tmp_path / "torn.sqlite"
    events = chain(ANNA, 31)
    journal, torn_journal = Path(f"{path}-wal"), Path(f"{torn}-wal")
    with Store.create(path, events[:1]) as store:
        for start in range(1, 31, 5):
            store.append(events[start : start + 5])
        file, whole = path.read_bytes(), journal.read_bytes()
    sizes = set()
    for size in range(0, len(whole), 1111):
        torn.write_bytes(file)
        torn_journal.write_bytes(whole[:size] + bytes(100))
        survivors = kept(torn)
        sizes.add(len(survivors))
        assert survivors == events[: len(survivors)]
    assert sizes <= {1, 6, 11, 16, 21, 26, 31}
    assert len(sizes) > 3
