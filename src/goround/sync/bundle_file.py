"""The carrier by file: a whole collective on a stick. A file is written beside its place and then
moved there, so that nobody ever finds half of one; it is read as a whole or not at all. With a
passphrase it is encrypted as it is written, and decrypted as it is read."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from goround.errors import BadUse, NotGenuine, Unreachable, why
from goround.files import replacing
from goround.ids import CollectiveId
from goround.log.bundle import LARGEST_LINE, Bundle, read_bundle, write_bundle
from goround.log.event import Event
from goround.log.history import check_every
from goround.log.passphrase import check_passphrase, decrypt, encrypt, is_encrypted
from goround.sentences import _
from goround.sync.messages import FORMAT

Ask = Callable[[], str]
"""Gives the passphrase of a file that turns out to need one."""


def write(
    path: Path, collective: CollectiveId, events: Iterable[Event], passphrase: str | None = None
) -> None:
    """Write events, parents first; a file that was at this path before is replaced at once."""
    if passphrase is not None:
        check_passphrase(passphrase)
    lines = write_bundle(collective, events)
    try:
        check_replaceable(path)
        with replacing(path) as file:
            file.writelines(lines if passphrase is None else encrypt(lines, passphrase))
    except OSError as error:
        raise Unreachable(f"The file {path} could not be written: {why(error)}.") from error


def check_replaceable(path: Path) -> None:
    """Raise where something stands that is no file: a device, a pipe, a folder."""
    if os.path.lexists(path) and not path.is_file():
        raise Unreachable(f"At {path} is something that is not a file: it is left as it is.")


def read(path: Path, ask: Ask | None = None) -> Bundle:
    """Read a bundle and check every signature; raises NotGenuine for a damaged one."""
    try:
        with path.open("rb") as file:
            bundle = read_bundle(_lines(file, ask))
    except OSError as error:
        raise Unreachable(f"The file {path} could not be read: {why(error)}.") from error
    check_every(bundle.events)
    return bundle


def _lines(file: BinaryIO, ask: Ask | None) -> Iterator[bytes]:
    first = file.readline(LARGEST_LINE + 1)
    if first.startswith(b'["' + FORMAT.encode() + b'"'):
        told = _(
            "This file says what somebody holds, and holds nothing itself: goround bundle write "
            "FILE --since THIS-FILE writes what they lack."
        )
        raise BadUse(told)
    if is_encrypted(first):
        yield from _parted(decrypt(first, file.read, _asked(ask)))
        return
    yield first
    yield from iter(lambda: file.readline(LARGEST_LINE + 1), b"")


def _asked(ask: Ask | None) -> str:
    if ask is None:
        raise Unreachable(
            _("This file is encrypted: goround bundle read FILE asks for its passphrase.")
        )
    return ask()


def _parted(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Part what comes in pieces into lines, each with its LF."""
    held = b""
    for piece in pieces:
        *whole, held = (held + piece).split(b"\n")
        yield from (line + b"\n" for line in whole)
        if len(held) > LARGEST_LINE:
            raise NotGenuine("line-size", "A line is longer than 2 MiB.")
    if held:
        yield held
