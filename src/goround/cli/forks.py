"""Who signed two histories: the proof that anybody can check, printed and looked at."""

from pathlib import Path
from typing import Annotated, Any

import typer

from goround.cli.app import command
from goround.cli.out import Heading, tell
from goround.cli.room import entered
from goround.errors import Unreachable
from goround.log.proofs import read_fork
from goround.pages import ways
from goround.sentences import _

LARGEST_PROOF = 64 * 1024
"""Letters of a file that are read as a proof: two headers and their signatures are far fewer."""


@command(
    _(
        "Say whose device signed two histories, with a proof that fits into a message. With "
        "--check, look at a proof that somebody sent: it needs nothing else to be checked."
    ),
    "forks",
    "forks --check proof.txt",
)
def forks(
    ctx: typer.Context,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help=_("A proof, in a file."))
    ] = None,
) -> None:
    if check:
        _check(ctx, check)
        return
    with entered(ctx) as room:
        rows = ways.forks(room.reading(), room.replica.events)
    lines = [line for row in rows for line in _fork(row)]
    tell(ctx, lines or [_("Nobody’s device has signed two histories.")], rows)


def _fork(row: dict[str, Any]) -> list[str]:
    said = [template.format(**values) for template, values in (e["said"] for e in row["events"])]
    heading = _("A device of {name} signed two histories, both in the same place:")
    return [
        Heading(heading.format(name=row["name"])),
        *(f"  {sentence}" for sentence in said),
        row["proof"] or _("The copy here is spoilt, so there is no proof of it."),
        "",
    ]


def _check(ctx: typer.Context, file: Path) -> None:
    first, _second = read_fork(_proof_in(file))
    line = _("It is genuine: the device {device} signed two histories of the collective {id}.")
    data = {"collective": first.collective, "device": first.header.device, "genuine": True}
    told = line.format(device=first.header.device, id=first.collective)
    tell(ctx, [told], data)


def _proof_in(file: Path) -> bytes:
    """Read a proof out of a file, also where a message broke it into lines."""
    try:
        with file.open(encoding="ascii") as lines:
            text = lines.read(LARGEST_PROOF)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreachable(
            _("The file {file} could not be read as a proof.").format(file=file)
        ) from error
    return "".join(line.strip() for line in text.splitlines()).encode()
