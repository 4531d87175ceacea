"""A file of a collective as it lies on the disk: pages, and further pages in the journal beside it.
Nothing is believed here of what the file says about itself but the size of its pages, so that a
damaged one can be read as far as it is there, without changing a byte of it."""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

_MAGIC = b"SQLite format 3\0"
_USUAL = 4096
_SMALLEST, _LARGEST = 512, 65536
_JOURNAL = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_LITTLE, _BIG = 0x377F0682, 0x377F0683
"""How a journal begins, by the order of bytes in which its sums are counted."""
_MOST_TRIED = 64
"""Ways in which the rest of a long record is put together."""


class Page(NamedTuple):
    """What is, or was, a page; `is_kept` where SQLite would believe it, were nothing damaged."""

    number: int
    raw: bytes
    is_kept: bool


class Pages:
    """All pages of a file and its journal; those of the journal are newer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            self.size = _page_size(file.read(100))
        self._frames = list(_frames(path.with_name(f"{path.name}-wal"), self.size))
        self._journal: dict[int, list[bytes]] = {}
        for page in reversed(self._frames):
            self._journal.setdefault(page.number, []).append(page.raw)

    def every(self) -> Iterator[Page]:
        """Yield every page that can be read."""
        with self._path.open("rb", buffering=0) as file:
            for number in range(1, self._path.stat().st_size // self.size + 2):
                raw = _read(file.fileno(), number, self.size)
                if raw:
                    yield Page(number, raw, is_kept=True)
        yield from self._frames

    def records(self, page: Page, start: int, length: int) -> Iterator[bytes]:
        """Yield what a record may be that begins in a page: what does not fit lies in others.

        More than one, where those were written more than once.
        """
        here = min(length, _here(length, self.size))
        first, end = page.raw[start : start + here], start + here
        if here == length:
            yield first
            return
        following = int.from_bytes(page.raw[end : end + 4], "big")
        for rest in islice(self._rest(following, length - here), _MOST_TRIED):
            yield first + rest

    def _rest(self, number: int, length: int) -> Iterator[bytes]:
        if length <= 0:
            yield b""
            return
        for raw in self._at(number):
            here = raw[4 : 4 + length]
            for rest in self._rest(int.from_bytes(raw[:4], "big"), length - (self.size - 4)):
                yield here + rest

    def _at(self, number: int) -> list[bytes]:
        """Return what stood at a number: as it was last, and before."""
        with self._path.open("rb", buffering=0) as file:
            raw = _read(file.fileno(), number, self.size)
        return [*self._journal.get(number, ()), *([raw] if raw else [])]


def _here(length: int, size: int) -> int:
    """Return how much of a record lies in the page where it begins, as SQLite's format says."""
    if length <= size - 35:
        return length
    least = (size - 12) * 32 // 255 - 23
    most = least + (length - least) % (size - 4)
    return most if most <= size - 35 else least


def _read(file: int, number: int, size: int) -> bytes:
    """Read a page; nothing where there is none, or the disk cannot."""
    with suppress(OSError):
        return os.pread(file, size, (number - 1) * size) if number > 0 else b""
    return b""


def _page_size(head: bytes) -> int:
    if head.startswith(_MAGIC):
        told = int.from_bytes(head[16:18], "big")
        told = _LARGEST if told == 1 else told
        if _SMALLEST <= told <= _LARGEST and told & (told - 1) == 0:
            return told
    return _USUAL


def _frames(journal: Path, size: int) -> Iterator[Page]:
    """Yield the pages of a journal; those after its last whole transaction are not believed."""
    try:
        raw = journal.read_bytes()
    except OSError:
        return
    whole = _whole_frames(raw, size)
    step = _FRAME.size + size
    for index, at in enumerate(range(_JOURNAL.size, len(raw), step)):
        number = int.from_bytes(raw[at : at + 4], "big")
        yield Page(number, raw[at + _FRAME.size : at + step], is_kept=index < whole)


def _whole_frames(raw: bytes, size: int) -> int:
    """Count the frames up to the end of the last transaction that is there as it was written."""
    if len(raw) < _JOURNAL.size:
        return 0
    magic, _version, told, _turn, *salts, one, two = _JOURNAL.unpack_from(raw)
    if magic not in (_LITTLE, _BIG) or told != size:
        return 0
    order = "<" if magic == _LITTLE else ">"
    sums = _summed(raw[: _JOURNAL.size - 8], (0, 0), order)
    if sums != (one, two):
        return 0
    whole, step = 0, _FRAME.size + size
    for index, at in enumerate(range(_JOURNAL.size, len(raw) - step + 1, step)):
        _number, ends, *own, one, two = _FRAME.unpack_from(raw, at)
        sums = _summed(raw[at : at + 8] + raw[at + _FRAME.size : at + step], sums, order)
        if own != salts or sums != (one, two):
            break
        whole = index + 1 if ends else whole
    return whole


def _summed(raw: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """Go on counting the sums of a journal, as SQLite's file format says."""
    one, two = sums
    words = struct.unpack(f"{order}{len(raw) // 4}I", raw)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
