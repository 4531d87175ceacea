"""A collective travels as a file: whole or not at all."""

import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from goround.errors import NotGenuine, Unreachable
from goround.log.bundle import LARGEST_LINE
from goround.log.event import Event
from goround.sync import bundle_file
from tests.chains import chain, device

EVENTS = chain(device(1), 5)
BREAD = EVENTS[0].collective


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bread.bundle"


def test_what_was_written_is_read(path: Path) -> None:
    bundle_file.write(path, BREAD, EVENTS)
    assert bundle_file.read(path) == (BREAD, EVENTS)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_writing_that_fails_leaves_the_older_file(path: Path) -> None:
    def torn() -> Iterator[Event]:
        yield EVENTS[0]
        raise RuntimeError("the power went")

    bundle_file.write(path, BREAD, EVENTS)
    with pytest.raises(RuntimeError):
        bundle_file.write(path, BREAD, torn())
    assert bundle_file.read(path).events == EVENTS
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_cut_anywhere_gives_nothing(path: Path) -> None:
    bundle_file.write(path, BREAD, EVENTS)
    whole = path.read_bytes()
    for size in range(0, len(whole), 97):
        path.write_bytes(whole[:size])
        with pytest.raises(NotGenuine):
            bundle_file.read(path)


def test_a_file_that_is_not_there_cannot_be_read(path: Path) -> None:
    with pytest.raises(Unreachable, match="could not be read"):
        bundle_file.read(path)


def test_a_file_cannot_be_written_where_there_is_no_folder(path: Path) -> None:
    with pytest.raises(Unreachable, match="could not be written"):
        bundle_file.write(path / "nowhere" / "x", BREAD, EVENTS)


def test_a_picture_is_not_a_bundle(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.raises(NotGenuine):
        bundle_file.read(path)


def test_what_is_no_file_is_never_replaced(path: Path, tmp_path: Path) -> None:
    os.mkfifo(path)
    link = tmp_path / "link"
    link.symlink_to(path)
    for place in (path, link, tmp_path):
        with pytest.raises(Unreachable, match="left as it is"):
            bundle_file.write(place, BREAD, EVENTS)
    assert path.is_fifo()


def test_a_line_without_end_is_not_read_to_its_end(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * LARGEST_LINE)
    tracemalloc.start()
    with pytest.raises(NotGenuine, match="longer than 2 MiB"):
        bundle_file.read(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * LARGEST_LINE
