"""The carrier by file: a whole collective on a stick. A file is written beside its place and then
moved there, so that nobody ever finds half of one; it is read as a whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from goround.errors import Unreachable, why
from goround.files import replacing
from goround.ids import CollectiveId
from goround.log.bundle import LARGEST_LINE, Bundle, read_bundle, write_bundle
from goround.log.event import Event
from goround.log.history import check_every


def write(path: Path, collective: CollectiveId, events: Iterable[Event]) -> None:
    """Write events, parents first; a file that was at this path before is replaced at once."""
    try:
        _check_replaceable(path)
        with replacing(path) as file:
            file.writelines(write_bundle(collective, events))
    except OSError as error:
        raise Unreachable(f"The file {path} could not be written: {why(error)}.") from error


def _check_replaceable(path: Path) -> None:
    """Raise where something stands that is no file: a device, a pipe, a folder."""
    if os.path.lexists(path) and not path.is_file():
        raise Unreachable(f"At {path} is something that is not a file: it is left as it is.")


def read(path: Path) -> Bundle:
    """Read a bundle and check every signature; raises NotGenuine for a damaged one."""
    try:
        with path.open("rb") as file:
            bundle = read_bundle(iter(lambda: file.readline(LARGEST_LINE + 1), b""))
    except OSError as error:
        raise Unreachable(f"The file {path} could not be read: {why(error)}.") from error
    check_every(bundle.events)
    return bundle
