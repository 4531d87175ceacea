"""Writes files that hold secrets: for their owner only, all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.errors import Unreachable, why
from goround.files import make_folder, replacing
from goround.sentences import _

if TYPE_CHECKING:
    from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Replace a file at once, so that a crash leaves the old one or the new one."""
    try:
        make_folder(path.parent)
        with replacing(path) as file:
            file.write(content)
    except OSError as error:
        raise Unreachable(
            _("The file {path} could not be written: {why}.").format(path=path, why=why(error))
        ) from None
