"""How far a long transfer is, on a terminal: nothing where nobody looks, nothing of a short one. It
goes to standard error, so what a command prints stays what it is."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from goround.cli.app import here
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer

    from goround.sync.session import Progress, Tell

LONG = 2000
"""Events from which on a transfer takes more than a moment: as many as one message holds."""


@contextmanager
def progress(ctx: typer.Context) -> Iterator[Tell | None]:
    """Give what is to be told how far a transfer is, if somebody sees that."""
    if here(ctx).json or not sys.stderr.isatty():
        yield None
        return
    # Only a terminal needs it, and only for this.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(_("Becoming equal"), total=None)

    def tell(far: Progress) -> None:
        done = far.received + far.sent
        total = done + far.to_come + far.to_go
        if total >= LONG:
            bar.start()
            bar.update(task, completed=done, total=total, refresh=True)
        if done == total:
            bar.stop()  # what is printed next has the terminal to itself

    try:
        yield tell
    finally:
        bar.stop()
