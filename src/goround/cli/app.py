"""The program that all commands belong to, and how one of them is made known.

`--home`, `--in` and `--json` may stand before a command or after it. Each command teaches:
it says what it does and shows an example.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from platformdirs import user_data_path
from typer.core import TyperGroup

from goround.cli.typed import beginning, typed
from goround.errors import GoroundError
from goround.ids import CollectiveId
from goround.node.home import Home
from goround.node.replica import Replica
from goround.pages.names import collective_name
from goround.pages.reading import SHORT
from goround.pages.wording import one_line
from goround.sentences import _

FLAGS = ("--json",)
VALUED = ("--home", "--in")
GROUPS = {
    _("Coming and going"): (
        *("found", "invite", "invitation", "join", "welcome", "take-back"),
        *("away", "back", "name", "leave", "release", "hearing"),
    ),
    _("Deciding"): (
        *("propose", "version", "carry", "withdraw", "say", "suggest"),
        *("position", "concern", "concern-settled", "confirm", "close", "review", "reopen"),
    ),
    _("What there is"): (
        *("proposals", "show", "members", "agreements", "tasks", "task", "charter"),
        *("collectives", "log", "state"),
    ),
    _("Devices, nodes and files"): (
        *("sync", "places", "serve", "bundle", "verify", "device", "clone"),
        *("forks", "ways", "follow", "erase", "standing", "doctor", "salvage"),
    ),
}
"""How help groups the commands: in the order in which somebody meets them."""

ORDER = tuple(name for group in GROUPS.values() for name in group)


@dataclass(frozen=True)
class Here:
    """Where a command was given: in which home, for which collective, and how it answers."""

    home: Home
    wanted: str | None
    json: bool
    named: bool = True
    """Whether the home was named, and is not the one that everybody has without."""

    def typed(self, sentence: str, of: CollectiveId | None = None) -> str:
        """Return a sentence of ours with its commands as they are typed for this home.

        Where they are of one collective among several, they say of which.
        """
        wanted = of[:SHORT] if of and len(self.home.collectives()) > 1 else self.wanted
        return typed(sentence, beginning(self.home.path if self.named else None, wanted))

    def at(self, home: Home) -> "Here":
        """Return the same for another home."""
        if home.path.resolve() == self.home.path.resolve():
            return self
        return replace(self, home=home, wanted=None, named=True)


class Commands(TyperGroup):
    """The root of all commands, which takes its own options from anywhere before a `--`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own
        """Read the arguments, with the root's options brought to the front."""
        return super().parse_args(ctx, brought_forward(args))

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the same
        """Run a command; what it says of other commands is said as they are typed here."""
        try:
            return super().invoke(ctx)
        except GoroundError as error:
            if isinstance(ctx.obj, Here):
                error.args = (ctx.obj.typed(str(error)),)
            raise

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - the same
        """List the commands in groups."""
        room = formatter.width - 6 - max(len(name) for name in ORDER)
        for title, names in GROUPS.items():
            with formatter.section(title):
                known = [(name, self.commands[name].get_short_help_str(room)) for name in names]
                formatter.write_dl(known)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - the same
        """Return the names of all commands in the order of help."""
        return sorted(self.commands, key=ORDER.index)


def brought_forward(args: list[str]) -> list[str]:
    """Bring `--home`, `--in` and `--json` in front of the command, wherever they stood."""
    front: list[str] = []
    rest: list[str] = []
    waiting = list(args)
    while waiting:
        given = waiting.pop(0)
        if given == "--":
            return [*front, *rest, given, *waiting]
        if given in FLAGS or given.startswith(tuple(f"{name}=" for name in VALUED)):
            front.append(given)
        elif given in VALUED and waiting:
            front += [given, waiting.pop(0)]
        else:
            rest.append(given)
    return front + rest


app = typer.Typer(
    name="goround",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_(
        "Decide together, as equals. A collective of three to twelve people keeps its "
        "proposals, decisions and agreements here; every member has the whole of it."
    ),
    epilog=_(
        "Begin with: goround found NAME --as YOU. Each command explains itself: goround "
        "COMMAND --help. A REF is a proposal's number (12), an id, or the start of one."
    ),
)


def _tell_mended(replica: Replica) -> None:
    """Say, beside what a command prints, that a sudden end did no harm."""
    line = _(
        "A program ended suddenly while it had “{name}” open: all of it was looked through, and is "
        "whole."
    )
    typer.echo(line.format(name=one_line(collective_name(replica.reading()))), err=True)


def _tell_version(value: bool) -> None:
    if value:
        typer.echo(f"goround {version('goround')}")
        raise typer.Exit


@app.callback()
def begin(
    ctx: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(envvar="GOROUND_HOME", help=_("The folder with your collectives and keys.")),
    ] = None,
    in_: Annotated[
        str | None,
        typer.Option("--in", help=_("Which collective: its name, or the start of its id.")),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=_("Answer with one JSON document."))] = False,
    _version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_tell_version, help=_("Say which.")),
    ] = False,
) -> None:
    """Note where the command was given."""
    folder = home or user_data_path("goround")
    ctx.obj = Here(Home(folder.expanduser()), in_, json, named=home is not None)
    if not json:
        ctx.obj.home.on_mended = _tell_mended


Run = TypeVar("Run", bound=Callable[..., Any])


def command(
    what: str, *examples: str, name: str | None = None, to: typer.Typer = app, more: str = ""
) -> Callable[[Run], Run]:
    """Make a function a command that says what it does and shows examples.

    `more` keeps its line breaks: it is for lists.
    """
    told = "\n\n".join([what, *([f"\b\n{more}"] if more else [])])
    shown = "\b\n" + "\n".join([_("For example:"), *(f"  goround {e}" for e in examples)])
    return to.command(name, help=told, epilog=shown)


def here(ctx: typer.Context) -> Here:
    """Return where a command was given."""
    found = ctx.obj
    if not isinstance(found, Here):
        raise TypeError("A command was called without its program.")
    return found
