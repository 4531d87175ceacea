"""What this home came to know of a collective, kept for its next start in HOME/cache.

The file of a collective is the truth, and may be copied, exchanged and restored; this is a shortcut
past judging all of it again, and may be deleted at any time. It is used only by the code that wrote
it, and only if the collective's file begins with exactly the events that it speaks of. It never
leaves the home, because whoever could write into it could say what was decided.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from goround.checkpoint import freeze
from goround.files import make_folder, replacing
from goround.thawing import thaw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from goround.ids import EventId
    from goround.replay import Replay
    from goround.store import Store

WORTH = 1000
"""Events that were judged since, from which on it is worth writing."""

_TAG = b"goround/checkpoint/2\0"
_HASH = 32
_JUDGES = ("collective", "log")
_JUDGE = ("checkpoint.py", "ids.py", "replay.py", "sharing.py", "thawing.py", "wire.py")


class Memory:
    """The checkpoint of one collective in one home."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._events = 0

    def recall(self, store: Store) -> tuple[Replay, int] | None:
        """Return what was known, and the row up to which; None where that cannot be relied on."""
        kept = self._read()
        if kept is None:
            return None
        said, written = kept
        try:
            replay = thaw(written)
        except (ValueError, LookupError):
            return None
        last = store.begins_with(replay.arrived)
        if not last:
            return None
        replay.contents = _words(store, replay, said)
        self._events = len(replay.arrived)
        return replay, last

    def keep(self, replay: Replay) -> None:
        """Write down what is known, if it is much more than last time; no matter if it fails."""
        if len(replay.arrived) - self._events < WORTH:
            return
        arrived = ((name, replay.contents.get(name)) for name in replay.arrived)
        said = _hash_of({name: words for name, words in arrived if words is not None})
        written = freeze(replay)
        with suppress(OSError):
            make_folder(self._path.parent)
            with replacing(self._path) as file:
                file.write(_TAG + _judges() + sha256(said + written).digest() + said + written)
            self._events = len(replay.arrived)

    def _read(self) -> tuple[bytes, bytes] | None:
        try:
            found = self._path.read_bytes()
        except OSError:
            return None
        start = len(_TAG) + _HASH
        is_ours = found.startswith(_TAG + _judges())
        kept = found[start + _HASH :]
        is_whole = sha256(kept).digest() == found[start : start + _HASH]
        return (kept[:_HASH], kept[_HASH:]) if is_ours and is_whole else None


def _words(store: Store, replay: Replay, said: bytes) -> dict[EventId, bytes]:
    """Return what was written: all at once where it is as it was, else each looked at."""
    found = _known(replay, store.unproved_words())
    return found if _hash_of(found) == said else _known(replay, store.words())


def _known(replay: Replay, words: Iterable[tuple[EventId, bytes]]) -> dict[EventId, bytes]:
    entries = replay.record.entries
    return {entries[name].id: written for name, written in words if name in entries}


def _hash_of(written: dict[EventId, bytes]) -> bytes:
    """Hash what was written, and where the words of each event end."""
    whole = sha256()
    for words in written.values():
        whole.update(words)
    ends = "".join([f"{name}{len(words)}," for name, words in written.items()])
    return sha256(whole.digest() + ends.encode()).digest()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let nobody look for garbage while much is read: all of it is kept, and looking takes long."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def _judges() -> bytes:
    """Hash the code that judges: whatever else judged may have come to other verdicts."""
    package = files("goround")
    sources = [package / name for name in _JUDGE]
    for folder in _JUDGES:
        inside = (package / folder).iterdir()
        sources += sorted((s for s in inside if s.name.endswith(".py")), key=lambda s: s.name)
    return sha256(b"\0".join(source.read_bytes() for source in sources)).digest()
