"""What is erased is gone from the disk: these tests read the bytes of the file and its journal."""

from pathlib import Path
from random import Random

import pytest

from goround.log.event import Event, erased
from goround.store import Store
from tests.chains import device, founded, said

ANNA = device(1)


def bytes_on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))


def traces(path: Path, event: Event) -> list[str]:
    """Name what of an event's content can still be found: its salt, or pieces of its words."""
    assert event.content is not None
    disk, words = bytes_on_disk(path), event.content.words
    found = ["salt"] if event.content.salt[:16] in disk else []
    pieces = [words[start : start + 16] for start in range(0, len(words) - 15, 16)]
    return found + [piece.decode() for piece in pieces if piece in disk]


def letter(number: int, size: int) -> bytes:
    """Write words of which every sixteen bytes are found nowhere else."""
    return b"".join(b"%06d/%08d." % (number, place) for place in range(size // 16 + 1))


def letters(sizes: list[int]) -> list[Event]:
    events = [founded(ANNA)]
    for number, size in enumerate(sizes):
        events.append(said(ANNA, events[-1], letter(number, size)))
    return events


def test_erased_words_leave_the_file_and_its_journal(tmp_path: Path) -> None:
    path = tmp_path / "bread.sqlite"
    events = letters([40, 40_000, 300])
    with Store.create(path, events) as store:
        assert traces(path, events[2])
        store.erase(events[2].id)
        assert store.finish_erasing()
        assert traces(path, events[2]) == []
        assert traces(path, events[1])
        assert traces(path, events[3])


def test_words_that_were_just_written_leave_the_journal_too(tmp_path: Path) -> None:
    path = tmp_path / "bread.sqlite"
    events = letters([500, 500])
    with Store.create(path, events[:1]) as store:
        store.append(events[1:])
        store.erase(events[1].id)
        assert traces(path, events[1]) == []


def test_an_erasing_within_a_batch_reaches_the_disk_with_it(tmp_path: Path) -> None:
    path = tmp_path / "bread.sqlite"
    events = letters([500, 500])
    with Store.create(path, events[:1]) as store:
        with store.writing():
            store.append(events[1:])
            store.erase(events[1].id)
        assert traces(path, events[1]) == []
        assert traces(path, events[2])


def test_an_erasing_that_was_interrupted_is_finished_when_the_file_is_opened(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bread.sqlite"
    events = letters([500, 500])
    with Store.create(path, events) as store, Store.open(path) as reader:
        reading = reader._connection.execute("SELECT * FROM content")
        reading.fetchone()
        store._connection.execute("PRAGMA busy_timeout = 50")
        store.erase(events[1].id)
        assert not store.finish_erasing()
        reading.close()
    with Store.open(path) as store:
        assert store.finish_erasing()
        assert traces(path, events[1]) == []


@pytest.mark.parametrize("seed", range(10))
def test_no_order_of_arriving_and_erasing_leaves_traces(tmp_path: Path, seed: int) -> None:
    path, chance = tmp_path / "bread.sqlite", Random(seed)
    size = chance.choice([200, 900, 2000])
    events = letters([chance.randint(1, size) for _ in range(120)])
    gone = chance.sample(events[1:], 60)
    with Store.create(path, [erased(event) for event in events]) as store:
        # Words that are filled in later make SQLite move rows from page to page.
        for event in chance.sample(events, len(events)):
            store.append([event])
        with store.writing():
            for event in gone:
                store.erase(event.id)
        assert [traces(path, event) for event in gone] == [[] for _ in gone]
