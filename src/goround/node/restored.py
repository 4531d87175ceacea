"""Whether this copy may be older than what its device has said: it was copied, or put back.

Three things tell (decision 26). A file that is not the one in which this device last signed is a
copy: it was born at another time. Whoever hears from others what their own device has said, and
does not know that, was put back. And after each start of the machine, after an end that was not in
order, or where a file was written over, the places that are known are asked before anything is
signed. The notes lie in the collective's file, so they come with a copy.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from ctypes import CDLL, create_string_buffer
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from goround.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.ids import DeviceId
    from goround.log.event import Event
    from goround.store import Store

RESTORED = "restored"
SIGNED_IN = "signed in"
ASKED_AFTER = "asked after"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_HERE, _BIRTH = -100, 0x800
"""What statx is asked with: a path as it is, and when a file was born."""
_STEP_OF_ZONES, _ZONES_APART = 15 * 60, 27 * 60 * 60
"""Seconds by which zones of time differ from each other, and the most."""


class Restored:
    """Whether one copy was put back, and whether places have yet to be asked."""

    def __init__(self, store: Store, *, signs: bool) -> None:
        self._store = store
        self._is_copied = signs and is_copied(store)
        self.asks_first = False
        """Whether places have to be asked before anything is signed here: see `Home.replica`."""

    @property
    def is_noticed(self) -> bool:
        """Tell whether this copy may be older than what its device has signed."""
        if self._is_copied:  # unless another program was told meanwhile that it is the newest
            self._is_copied = is_copied(self._store)
        return self._is_copied or self._store.note(RESTORED) is not None

    def hear(self, device: DeviceId | None, unknown: Iterable[Event]) -> None:
        """Notice that others know something of this device which nobody here does.

        Not so the first thing it said: others may know that while somebody is still joining.
        """
        if any(event.header.device == device and event.header.seq for event in unknown):
            self._store.set_note(RESTORED, "yes")

    def asked(self) -> None:
        """Sign from now on, because whoever could be asked was."""
        note_asked(self._store)
        self.asks_first = False

    def go_on(self) -> None:
        """Sign in this copy from now on: its person is sure that it lacks nothing they said."""
        with self._store.writing():
            self._store.set_note(RESTORED, None)
            self._store.set_note(SIGNED_IN, file_at(self._store.path) or None)
        self._is_copied = False


def file_at(path: Path) -> str:
    """Name the file at a path as no copy of it is named: by when it came to be, as its disk noted.

    No program can set that. "" where nobody can tell. The file is not opened: whoever closes it
    again would give away the locks that SQLite holds on it.
    """
    found = create_string_buffer(256)
    try:
        failed = _libc().statx(_HERE, os.fsencode(path), 0, _BIRTH, found)
    except AttributeError:  # no Linux
        return ""
    known, seconds, part = struct.unpack_from("=I76xqI", found)
    return f"{seconds}.{part:09}" if not failed and known & _BIRTH else ""


@cache
def _libc() -> CDLL:
    return CDLL(None)


def this_start() -> str:
    """Name the time since this machine was started; "" where it does not say."""
    with suppress(OSError):
        return _BOOT.read_text("ascii").strip()
    return ""


def is_copied(store: Store) -> bool:
    """Tell whether the file is another one than that in which this device last signed."""
    noted, now = store.note(SIGNED_IN), file_at(store.path)
    return bool(noted and now) and not _is_same_birth(noted or "", now)


def _is_same_birth(noted: str, now: str) -> bool:
    """Compare two births. Sticks note what the clock on the wall said, so the same one is told
    some hours earlier or later by a machine in another zone, or after the summer."""
    (then, part), (seconds, another) = (told.split(".") for told in (noted, now))
    apart = abs(int(seconds) - int(then))
    return part == another and apart % _STEP_OF_ZONES == 0 and apart <= _ZONES_APART


def is_unasked(store: Store) -> bool:
    """Tell whether nobody was asked since the machine was started, or the file left in disorder,
    or changed by whoever is no program of ours."""
    return store.was_changed or store.note(ASKED_AFTER) != this_start()


def note_asked(store: Store) -> None:
    """Note that whoever could be asked was, since this start; no matter if it cannot be noted."""
    if store.note(ASKED_AFTER) != this_start():
        with suppress(Unreachable):
            store.set_note(ASKED_AFTER, this_start())


def note_signing(store: Store) -> None:
    """Note in which file this device signs, in the transaction that keeps what it signed."""
    now = file_at(store.path)
    if now and store.note(SIGNED_IN) != now:
        store.set_note(SIGNED_IN, now)
