"""Where a home is being served, as long as it is: a small file that each node of it writes."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from enum import StrEnum
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from goround.errors import BadUse, Unreachable, why
from goround.files import make_folder, replacing
from goround.sentences import _
from goround.sync.origins import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goround.node.home import Home


class Form(StrEnum):
    """How much a node that serves writes down of its own running, and how that looks."""

    FAULTS = "faults"
    WORDS = "words"
    JSON = "json"


class Serving(msgspec.Struct, frozen=True):
    """Where others reach a node, the process that answers, and where this machine reaches it."""

    origin: str
    pid: int
    here: str = ""


@contextmanager
def serving(home: Home, origin: str, here: str = "") -> Iterator[Path]:
    """Let other programs of this home know where it is served, while it is; gives the file."""
    path = home.path / f"serving-{os.getpid()}-{token_hex(4)}.json"
    try:
        make_folder(path.parent)
        _forget_ended(home)
        with replacing(path) as file:
            file.write(msgspec.json.encode(Serving(origin, os.getpid(), here or origin)))
            lock = _locked(file)
    except OSError as error:
        raise Unreachable(
            _("The file {path} could not be written: {why}.").format(path=path, why=why(error))
        ) from None
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _locked(file: BinaryIO) -> int:
    """Lock a file as long as this process lives; the kernel lets go of it, however that ends."""
    lock = os.dup(file.fileno())
    with suppress(OSError):  # some disks know no locks
        fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def reached_at(home: Home, given: str | None) -> str:
    """Return where a link leads: where somebody said, or where this home is being served.

    What stands in a link is kept long, so it is said whole. Raises BadUse.
    """
    if given and "://" not in given:
        line = _("“{address}” is no whole address: say it as in https://bread.example.org")
        raise BadUse(line.format(address=given))
    return origin_of(given) if given else served_at(home)


def served_at(home: Home) -> str:
    """Return where this home is being served, or raise BadUse."""
    answering = running(home)
    if answering:
        return answering[-1].origin
    raise BadUse(
        _(
            "This home is not being served just now: say where it is reached with --at ADDRESS, or "
            "start it with goround serve."
        )
    )


def running(home: Home) -> list[Serving]:
    """Return the nodes that serve this home, the newest last."""
    return [found for path in _files(home) if (found := _read(path))]


def is_own(home: Home, address: str) -> bool:
    """Tell whether this home itself is being served at an address."""
    return any(address in (node.origin, node.here) for node in running(home))


def check_not_own(home: Home, address: str) -> None:
    """Raise BadUse where an address is this home's own: it cannot be a second place."""
    if is_own(home, address):
        raise BadUse(_("That is this home itself: {address}.").format(address=address))


def ended(home: Home) -> int:
    """Count the nodes that ended so suddenly that they could not say so."""
    return len(_files(home)) - len(running(home))


def _files(home: Home) -> list[Path]:
    """Return what nodes wrote, the newest last."""
    dated: list[tuple[float, Path]] = []
    for path in home.path.glob("serving*.json"):
        with suppress(OSError):
            dated.append((path.stat().st_mtime, path))
    return [path for _mtime, path in sorted(dated)]


def _forget_ended(home: Home) -> None:
    for path in _files(home):
        if path.is_file() and not _read(path):
            path.unlink(missing_ok=True)


def _read(path: Path) -> Serving | None:
    """Return what a node wrote that is still running."""
    try:
        with path.open("rb") as file:
            found = msgspec.json.decode(file.read(), type=Serving)
            is_held = _is_held(file)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    is_origin = found.origin.startswith(("http://", "https://")) and found.origin.isprintable()
    return found if is_origin and is_held else None


def _is_held(file: BinaryIO) -> bool:
    """Tell whether somebody has locked a file.

    Numbers of processes tell less: in containers each node is process 1.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:  # or this disk knows no locks: then what is said there has to do
        return True
    return False
