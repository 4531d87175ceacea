"""Where a home is being served, as long as it is: a small file that the node writes."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from goround.errors import BadUse, Unreachable
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goround.node.home import Home


class Serving(msgspec.Struct, frozen=True):
    """The address at which a node answers, and the process that does."""

    origin: str
    pid: int


def _file(home: Home) -> Path:
    return home.path / "serving.json"


@contextmanager
def serving(home: Home, origin: str) -> Iterator[None]:
    """Let other programs of this home know where it is served, while it is."""
    path = _file(home)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(msgspec.json.encode(Serving(origin, os.getpid())))
    except OSError as error:
        raise Unreachable(_("The file {} could not be written.").format(error.filename)) from None
    try:
        yield
    finally:
        if _read(path) == Serving(origin, os.getpid()):
            path.unlink(missing_ok=True)


def served_at(home: Home) -> str:
    """Return where this home is being served, or raise BadUse."""
    found = _read(_file(home))
    if found and _is_alive(found.pid):
        return found.origin
    raise BadUse(
        _(
            "This home is not being served just now: say where it is reached with --at ADDRESS, or "
            "start it with goround serve."
        )
    )


def _read(path: Path) -> Serving | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Serving)
    except (OSError, msgspec.DecodeError):
        return None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
