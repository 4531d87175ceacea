"""What a command does with the fingerprint of a node in the same room (`serve --lan`)."""

from typing import Annotated

import typer

from goround.cli.app import here
from goround.sentences import _

Fingerprint = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        help=_("What the terminal of a node in your room shows (goround serve --lan)."),
    ),
]


def compare(ctx: typer.Context, address: str, typed: str | None) -> None:
    """Accept the certificate at an address where somebody typed in what it has to be."""
    if typed is None:
        return
    # The other commands start faster without what speaks over a network.
    from goround.node.trust import accept  # noqa: PLC0415

    accept(here(ctx).home, address, typed)
