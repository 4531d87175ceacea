"""What a command prints: sentences for people, or one JSON document for programs.

Here everything is made fit to be printed: no invisible signs, and where words that somebody
wrote go over several lines, all but the first are moved to the right.
"""

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from goround.cli.app import here
from goround.pages.wording import escaped, lines_of
from goround.sentences import _

if TYPE_CHECKING:
    from rich.console import Console


class Heading(str):
    """A line that is set apart."""

    __slots__ = ()


class Typed(str):
    """A line in which a command stands that somebody copies: only the terminal itself breaks it."""

    __slots__ = ()


def tell(ctx: typer.Context, lines: Iterable[str], data: Any) -> None:  # noqa: ANN401 - any JSON
    """Print the lines, or with `--json` the data."""
    if here(ctx).json:
        typer.echo(escaped(json.dumps(data, ensure_ascii=False, indent=2)))
    else:
        say(lines)


def say(lines: Iterable[str]) -> None:
    """Print lines for people; colours are off where nobody sees them."""
    # Only what prints for people needs it; a node that serves starts faster without.
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        style = "bold" if isinstance(line, Heading) else ""
        for part in _hanging(line):
            for row in [part] if isinstance(line, Typed) else _wrapped(console, part):
                console.print(Text(row, style=style))


def _hanging(line: str) -> list[str]:
    """Return what one line is printed as: breaks within it never lead back to its margin."""
    first, *rest = lines_of(line)
    return [first, *indented(rest, _margin(first) + "  ")]


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _wrapped(console: "Console", line: str) -> list[str]:
    """Wrap a line on a terminal to the right of the left edge, where it would wrap it itself."""
    if not console.is_terminal:
        return [line]
    from rich.text import Text  # noqa: PLC0415 - as above

    margin = _margin(line)[: console.width // 2]
    below = margin or "  "
    rows = Text(line.strip(" ")).wrap(console, console.width - len(below)) or [Text("")]
    return [(below if number else margin) + row.plain.rstrip() for number, row in enumerate(rows)]


def indented(lines: Iterable[str], by: str = "  ") -> list[str]:
    """Return lines moved to the right."""
    return [type(line)(by + line) if line else "" for line in lines]


def text_in(shown: dict[str, Any]) -> list[str]:
    """Return the lines of what somebody wrote, moved to the right; or say why there are none."""
    return indented(lines_of(words_in(shown)))


def words_in(shown: dict[str, Any]) -> str:
    """Return what somebody wrote, or why there is nothing to read."""
    if shown["text"]:
        return str(shown["text"])
    return _("(These words were erased.)") if shown["erased"] else _("(Nothing is written here.)")


def write_bytes(raw: bytes) -> None:
    """Print bytes as they are."""
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()
