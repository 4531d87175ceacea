"""What a command prints: sentences for people, or one JSON document for programs.

Words that others wrote are shown without the signs by which they could take over a
terminal or turn the writing around.
"""

import json
import sys
import unicodedata
from collections.abc import Iterable
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from goround.cli.app import here

KEPT = ("\n", "\t")
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Return a text without control signs, in words that any terminal shows as they are."""
    return "".join(c for c in text if c in KEPT or not _is_hidden(c))


def _is_hidden(letter: str) -> bool:
    return letter in TURNING or unicodedata.category(letter) in ("Cc", "Cs")


def tell(ctx: typer.Context, lines: Iterable[str], data: Any) -> None:  # noqa: ANN401 - any JSON
    """Print the lines, or with `--json` the data."""
    if here(ctx).json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(_styled(plain(line)))


def _styled(line: str) -> Text:
    """Set headings apart: lines that begin with `# `; colours are off where nobody sees them."""
    if line.startswith("# "):
        return Text(line.removeprefix("# "), style="bold")
    return Text(line)


def write_bytes(raw: bytes) -> None:
    """Print bytes as they are."""
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def indented(text: str, by: str = "    ") -> list[str]:
    """Return the lines of a text, each moved to the right."""
    return [by + line if line else "" for line in text.splitlines()]
