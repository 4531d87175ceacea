"""What a home is kept in: who may read its files, how much room there is, whether a node serves it,
and what a program left that ended suddenly."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from goround.node import serving
from goround.pages.finding import attention, fine
from goround.pages.reading import SHORT
from goround.sentences import _, listed
from goround.store.mark import has_journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goround.ids import CollectiveId
    from goround.node.home import Home
    from goround.pages.finding import Finding

KEPT = ("*.pem", "keys/*", "collectives/*", "places/*", "sessions/*")
"""What of a home is nobody else's business."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
LEAST_ROOM = 200 * 1024 * 1024
"""Bytes that should be free: a file that erases words is written anew beside itself."""
PATIENCE = 5.0
"""Seconds in which a node on this machine answers."""
SHOWN = 3
"""How many files are named."""


def findings(home: Home) -> list[Finding]:
    """Return what was found about a home's files and the machine that they lie on."""
    return [*_owned(home), _private(home), *_alone(home), *_room(home), *_served(home)]


def was_left_open(home: Home, collective: CollectiveId) -> bool:
    """Tell whether a program ended without closing a collective; asked before it is opened."""
    return has_journal(home.file(collective)) and not serving.running(home)


# --- Files -------------------------------------------------------------------


def _files(home: Home) -> list[Path]:
    found = (path for name in KEPT for path in home.path.glob(name))
    return sorted(path for path in found if path.is_file())


def _private(home: Home) -> Finding:
    """Say whether anybody else on this machine may read what is kept."""
    open_ones = [path for path in _files(home) if path.stat().st_mode & OTHERS]
    if not open_ones:
        return fine("files", _("Nobody else on this machine may read its files."))
    says = _("Others on this machine may read {files}.").format(files=_named(open_ones))
    to_do = _("Take that from them: chmod -R go-rwx {path}").format(path=home.path)
    keys = [path for path in open_ones if path.parent.name == "keys"]
    if keys:
        to_do += _(
            " – and if somebody did read a key, retire that device with another one of yours "
            "(goround device retire)."
        )
    return attention("files", says, to_do)


def _named(paths: list[Path]) -> str:
    names = [str(path) for path in paths[:SHOWN]]
    more = len(paths) - SHOWN
    return listed([*names, *([_("{count} more").format(count=more)] if more > 0 else [])])


def _owned(home: Home) -> Iterator[Finding]:
    """Say where files belong to another account than the home, as after a command run as root."""
    ours = home.path.stat().st_uid
    others = [path for path in _files(home) if path.stat().st_uid != ours]
    if others:
        says = _("{files} belong to another account than the folder does.")
        to_do = _("Give them back: chown -R --reference={path} {path}").format(path=home.path)
        yield attention("owner", says.format(files=_named(others)), to_do)
    elif not os.access(home.path, os.W_OK):
        says = _("The home {path} can be read here, not written.").format(path=home.path)
        yield attention("owner", says, _("Who owns it can let you, or copy bundles out of it."))


def _alone(home: Home) -> Iterator[Finding]:
    """Say where there is a key for a collective that is not here."""
    kept = set(home.collectives())
    alone = [path.stem for path in home.path.glob("keys/*.json") if path.stem not in kept]
    for collective in sorted(alone):
        says = _("There is a key here for a collective that is not here ({id}).")
        to_do = _(
            "If joining was interrupted, run the same command once more. If its file was lost, "
            "read a copy (goround bundle read FILE) and sync before you say anything."
        )
        yield attention("keys", says.format(id=collective[:SHORT]), to_do)


# --- The machine -------------------------------------------------------------


def _room(home: Home) -> Iterator[Finding]:
    with suppress(OSError):
        free = shutil.disk_usage(home.path).free
        largest = max((path.stat().st_size for path in home.path.glob("collectives/*")), default=0)
        says = _("{size} are free on its disk.").format(size=_size(free))
        if free < max(LEAST_ROOM, 2 * largest):
            to_do = _("Make room: on a full disk nothing new is kept. What is kept stays.")
            yield attention("room", says, to_do)
        else:
            yield fine("room", says)


def _size(size: int) -> str:
    megabytes = size / 1_000_000
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{megabytes:.0f} MB"  # noqa: PLR2004


def is_answering(home: Home, node: serving.Serving) -> bool:
    """Tell whether a node answers at the address at which this machine reaches it."""
    import ssl  # noqa: PLC0415 - only here, and it takes a while

    from goround.sync.http import Peer  # noqa: PLC0415 - the same

    trust = None
    if node.here.startswith("https://"):
        trust = ssl.create_default_context(cafile=str(home.path / "certificate.pem"))
    with Peer(node.here, trust=trust, wait=PATIENCE) as peer:
        return peer.is_there()


def _served(home: Home) -> Iterator[Finding]:
    running = serving.running(home)
    ended = serving.ended(home)
    for node in running:
        if is_answering(home, node):
            yield fine("serving", _("It is served at {origin}.").format(origin=node.origin))
        else:
            says = _("A node (process {pid}) should answer at {origin}, and does not.")
            to_do = _("Stop it and start it again: nothing that was acknowledged is lost.")
            told = says.format(pid=node.pid, origin=node.origin)
            yield attention("serving", told, to_do)
    if ended:
        says = _(
            "This home was served, and nobody stopped that: the machine went off, the program was "
            "ended, or this home is a copy of one that was being served."
        )
        to_do = _("Nothing that was acknowledged is lost. Serve it again: goround serve.")
        yield attention("ending", says, to_do)
    if not running and not ended:
        yield fine("serving", _("It is not being served just now."))
