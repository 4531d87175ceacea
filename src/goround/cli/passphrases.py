"""How a passphrase comes in: typed where nobody reads along, or from a file, the environment or
standard input where nobody types. Never as an argument: everybody on a machine reads those."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from goround.errors import BadUse, Unreachable, why
from goround.log.passphrase import check_passphrase
from goround.sentences import _
from goround.sync.bundle_file import Ask

VARIABLE = "GOROUND_PASSPHRASE"
LONGEST = 4096
"""Bytes of a passphrase that are read."""

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="PATH",
        help=_(
            "Where nobody types: a file whose first line is the passphrase; - reads standard "
            "input. The variable GOROUND_PASSPHRASE does the same."
        ),
    ),
]


def asking(path: Path | None = None, of: Path | None = None) -> Ask:
    """Return what asks for the passphrase of a file, once it turns out to need one."""
    asks = _("Passphrase of {file}").format(file=of) if of else _("Passphrase")
    return partial(_passphrase, path, asks)


def new_passphrase(path: Path | None) -> str:
    """Ask for a passphrase to encrypt with; on a terminal twice, since nobody sees it."""
    given = _new(path)
    while _is_typed(path) and _typed(_("The same again")) != given:
        typer.echo(_("These were two different ones: once more from the beginning."), err=True)
        given = _new(path)
    return given


def _new(path: Path | None) -> str:
    """Ask once; one that is refused is not asked for again."""
    given = _passphrase(path, _("New passphrase"))
    check_passphrase(given)
    return given


def _passphrase(path: Path | None, asks: str) -> str:
    if path is not None and str(path) != "-":
        return _usable(_first_line(path))
    if path is None and VARIABLE in os.environ:
        return _usable(os.fsencode(os.environ[VARIABLE]))
    if not _is_typed(path):
        return _usable(sys.stdin.buffer.readline(LONGEST + 1))
    return _typed(asks)


def _is_typed(path: Path | None) -> bool:
    return path is None and VARIABLE not in os.environ and sys.stdin.isatty()


def _typed(asks: str) -> str:
    return str(typer.prompt(asks, hide_input=True, err=True))


def _first_line(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.readline(LONGEST + 1)
    except OSError as error:
        told = _("The file {path} could not be read: {why}.").format(path=path, why=why(error))
        raise Unreachable(told) from None


def _usable(line: bytes) -> str:
    """Return a passphrase as it was given; what could not be given again anywhere is none."""
    found = line.rstrip(b"\r\n")
    if not found:
        raise BadUse(
            _(
                "A passphrase is needed, and none was given: type it on a terminal, or say "
                "--passphrase-file FILE, or set GOROUND_PASSPHRASE."
            )
        )
    if len(found) > LONGEST:
        told = _("A passphrase has at most {most} bytes, and this one has more.")
        raise BadUse(told.format(most=LONGEST))
    try:
        return found.decode()
    except UnicodeDecodeError:
        raise BadUse(_("What was given is no passphrase: it is not text in UTF-8.")) from None
