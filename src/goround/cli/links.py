"""Links that are handed over: printed alone, so that scripts can take them. What somebody has to
know beside stands where errors do, and what to do with a link is said on a terminal alone."""

import sys
from collections.abc import Iterable

import typer

from goround.cli.out import write_bytes
from goround.sentences import _
from goround.sync.origins import is_of_one_computer


def hand_over(link: str, notes: Iterable[str] = (), hint: str = "") -> None:
    """Print a link first, since it may be nowhere else; then what goes with it."""
    write_bytes(f"{link}\n".encode())
    told = [*notes, *([hint] if hint and sys.stdout.isatty() else [])]
    for line in told:
        typer.echo(line, err=True)


def read_along(address: str) -> list[str]:
    """Say of an address what it lacks where others can be between it and whoever opens it."""
    if address.startswith("https://") or is_of_one_computer(address):
        return []
    line = _(
        "{address} is beyond this computer and without TLS: no browser has a key there, so nobody "
        "can say anything, and whatever travels can be read on the way. It takes an address that "
        "begins with https://"
    )
    return [line.format(address=address)]
