"""Where the program begins and ends: every error is one sentence and a number.

1 is a rule that says no, 2 is a command that makes no sense as given, 3 is something that
could not be reached or read.
"""

import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

import typer
from typer import TyperException
from typer.main import get_command

from goround.cli import (
    answering,
    devices,
    doctor,
    forks,
    founding,
    joining,
    members,
    moving,
    places,
    proposing,
    reading,
    salvage,
    serve,
    standing,
    syncing,
    tasks,
    ways,
)
from goround.cli.app import app
from goround.cli.typed import PROGRAM, beginning
from goround.errors import BadUse, GoroundError, Refused
from goround.pages.wording import one_line
from goround.sentences import _

COMMANDS = (
    founding,
    joining,
    members,
    proposing,
    answering,
    tasks,
    reading,
    devices,
    forks,
    ways,
    syncing,
    places,
    moving,
    salvage,
    serve,
    standing,
    doctor,
)
"""The groups of commands, in the order in which help lists them."""

REFUSED, BAD_USE, UNREACHABLE = 1, 2, 3
LONGEST_ERROR = 1000


def main(args: Sequence[str] | None = None) -> None:
    """Run one command and leave with its number."""
    sys.exit(run(list(sys.argv[1:] if args is None else args)))


def run(args: list[str]) -> int:
    """Run one command; return 0, or 1, 2 or 3 after a sentence on standard error."""
    try:
        code = _commands()(args or ["--help"], prog_name="goround", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return _failed(_("Stopped; nothing more was done."), REFUSED)
    except Exception as error:  # noqa: BLE001 - nobody is shown a traceback
        return _failed(*_in_words(error))
    return code if isinstance(code, int) else 0


@cache
def _commands() -> Any:  # noqa: ANN401 - Typer's own
    """Read what all commands take, once for a process that runs several."""
    return get_command(app)


def _in_words(error: Exception) -> tuple[str, int]:
    match error:
        case TyperException():
            return f"{error.format_message()} {_hint(error)}", BAD_USE
        case GoroundError():
            return str(error), _number(error)
        case OSError():
            return _("Something could not be read or written: {}.").format(error), UNREACHABLE
        case _:
            fault = f"{type(error).__name__}: {error}"
            return _("This is a fault of the program: {}").format(fault), UNREACHABLE


def _hint(error: TyperException) -> str:
    """Say where a command that was given wrongly is explained."""
    asked = getattr(getattr(error, "ctx", None), "command_path", PROGRAM)
    quotes = _("Put several words in quotes. ") if "extra argument" in str(error) else ""
    command = beginning(None) + asked.removeprefix(PROGRAM)
    return quotes + _("See: {command} --help").format(command=command)


def _number(error: GoroundError) -> int:
    if isinstance(error, Refused):
        return REFUSED
    return BAD_USE if isinstance(error, BadUse) else UNREACHABLE


def _failed(sentence: str, number: int) -> int:
    typer.echo(one_line(sentence, LONGEST_ERROR), err=True)
    return number


def _close_quietly() -> None:
    """Whoever read our output has stopped reading: say nothing about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
