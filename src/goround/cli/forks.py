"""Who signed two histories: the proof that anybody can check, printed and looked at."""

from pathlib import Path
from typing import Annotated, Any

import typer

from goround.cli.app import Here, command, here
from goround.cli.out import Heading, tell
from goround.cli.room import entered
from goround.errors import Unreachable
from goround.log.proofs import read_fork
from goround.pages import ways
from goround.pages.twice import TAG, read_twice
from goround.sentences import _

LARGEST_PROOF = 1024 * 1024
"""Letters of a file that are read as a proof; mostly two headers and their signatures."""
BEGINS = (b'["goround/fork/', b'["goround/twice/')


@command(
    _(
        "Say whose device signed two histories, with a proof. It fits into a message. With "
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
        reading, fetch = room.reading(), room.replica.events
        rows, both = ways.forks(reading, fetch), ways.doubled(reading, fetch)
    one = _("A device of {name} signed two histories, both in the same place:")
    two = _("Two devices of {name} spoke for them in one change, neither knowing of the other:")
    lines = [line for row in rows for line in _fork(row, one)]
    lines += [line for row in both for line in _fork(row, two)]
    lines += _what_to_do(here(ctx), rows, both)
    tell(ctx, lines or [_("Nobody’s device has signed two histories.")], [*rows, *both])


def _what_to_do(asked: Here, rows: list[dict[str, Any]], both: list[dict[str, Any]]) -> list[str]:
    """Say what a proof is for, and what helps whose device it is about."""
    proof = _(
        "The line that begins with [ is the proof: two things that cannot both be meant, each with "
        "its signature. Send it to whoever doubts. In a file, they check it in any home, without "
        "trusting anybody: goround verify FILE"
    )
    frozen = _(
        "A device that signed two histories says nothing more; mostly its home was copied, or put "
        "back to something older. Its owner lets in a new one from another device of theirs "
        "(goround device add), or is invited anew by the others, and retires the old one."
    )
    proven = [row for row in [*rows, *both] if row["proof"]]
    return [*([proof] if proven else []), *([asked.typed(frozen)] if rows else [])]


def _fork(row: dict[str, Any], heading: str) -> list[str]:
    said = [template.format(**values) for template, values in (e["said"] for e in row["events"])]
    return [
        Heading(heading.format(name=row["name"])),
        *(f"  {sentence}" for sentence in said),
        row["proof"] or _("There is no short proof of it here."),
        "",
    ]


def _check(ctx: typer.Context, file: Path) -> None:
    tell_of_proof(ctx, _proof_in(file))


def tell_of_proof(ctx: typer.Context, proof: bytes) -> None:
    """Check a proof of either kind, and say what it shows; raises NotGenuine."""
    if proof.startswith(b'["' + TAG.encode()):
        shown = read_twice(proof)
        line = _(
            "It is genuine: two devices spoke for one member in one round of the collective {id}: "
            "{device} and {other}."
        )
        first, second = shown.devices
        data = {"collective": shown.collective, "devices": [first, second], "genuine": True}
        tell(ctx, [line.format(id=shown.collective, device=first, other=second)], data)
        return
    first_event, _second = read_fork(proof)
    line = _("It is genuine: the device {device} signed two histories of the collective {id}.")
    named = {"collective": first_event.collective, "device": first_event.header.device}
    told = line.format(device=named["device"], id=named["collective"])
    tell(ctx, [told], named | {"genuine": True})


def proof_in(file: Path) -> bytes | None:
    """Read a proof out of a file; None where it begins like something else."""
    try:
        with file.open("rb") as raw:
            if not raw.read(100).lstrip().startswith(BEGINS):
                return None
    except OSError:
        return None
    return _proof_in(file)


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
