"""Getting out of a damaged file what can be read of it."""

from pathlib import Path
from typing import Annotated

import typer

from goround.cli.app import command
from goround.cli.out import tell
from goround.errors import BadUse
from goround.ids import EventId
from goround.node.salvage import Salvaged, salvage
from goround.pages.reading import SHORT
from goround.pages.wording import LONGEST_LINE, one_line
from goround.sentences import _, ngettext
from goround.sync import bundle_file


@command(
    _(
        "Write what can be read of a damaged file into a bundle: of a collective's file, with the "
        "journal beside it, or of a bundle that was cut short. The damaged file is left as it is. "
        "Only what is genuine is taken, in order; what rests on something that is lost goes into a "
        "second bundle, for when somebody has given you that."
    ),
    "salvage HOME/collectives/ID.sqlite",
    "salvage ID.sqlite --out bread.bundle",
    name="salvage",
)
def salvage_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The damaged file."))],
    out: Annotated[
        Path | None,
        typer.Option(metavar="BUNDLE", help=_("Where to; else into this folder, by its name.")),
    ] = None,
) -> None:
    first = out or Path(f"{file.stem}.salvaged.bundle")
    second = first.with_name(f"{first.stem}-rest{first.suffix}")
    for place in (first, second):
        _check_free(place)
    found = salvage(file)
    for place, part in ((first, found.whole), (second, found.rest)):
        if part:
            bundle_file.write(place, found.replay.collective, part)
    data = {
        "collective": found.replay.collective,
        "file": str(file),
        "bundle": str(first) if found.whole else None,
        "events": len(found.whole),
        "rest": str(second) if found.rest else None,
        "resting": len(found.rest),
        "missing": len(found.missing),
        "wordless": len(found.wordless),
    }
    tell(ctx, [*_in_words(found, first, second), *_next(found, file, first, second)], data)


def _check_free(place: Path) -> None:
    if place.exists():
        raise BadUse(
            _("There is already something at {path}: say where to with --out.").format(path=place)
        )


def _in_words(found: Salvaged, first: Path, second: Path) -> list[str]:
    """Say what was found and what is missing."""
    return [
        *([_whole(found, first)] if found.whole else []),
        *([_rest(found, second)] if found.rest else []),
        *([_wordless(found)] if found.wordless else []),
        *([] if found.rest else [_complete()]),
    ]


def _whole(found: Salvaged, first: Path) -> str:
    count = len(found.whole)
    line = ngettext(
        "{count} event of {name} could be read, and is in {file}.",
        "{count} events of {name} could be read, and are in {file}.",
        count,
    )
    return line.format(count=count, name=_name(found), file=first)


def _name(found: Salvaged) -> str:
    replay = found.replay
    name = replay.words(EventId(replay.collective)).get("name")
    return f"“{one_line(str(name), LONGEST_LINE)}”" if name else replay.collective[:SHORT]


def _rest(found: Salvaged, second: Path) -> str:
    line = ngettext(
        "{count} more rests on something that could not be read ({missing} are missing, or more), "
        "and is in {file}.",
        "{count} more rest on something that could not be read ({missing} are missing, or more), "
        "and are in {file}.",
        len(found.rest),
    )
    return line.format(count=len(found.rest), missing=len(found.missing), file=second)


def _wordless(found: Salvaged) -> str:
    count = len(found.wordless)
    return ngettext(
        "Of {count} event the words could not be read; what was done is there.",
        "Of {count} events the words could not be read; what was done is there.",
        count,
    ).format(count=count)


def _complete() -> str:
    return _(
        "Nothing of these rests on anything that is missing; whether something that came last is "
        "gone, only others can tell."
    )


def _next(found: Salvaged, file: Path, first: Path, second: Path) -> list[str]:
    """Say what to do next."""
    away = _(
        "Next: move {file} away, with whatever begins with its name, and keep it until all is well."
    )
    read = _("Then: goround bundle read {file}")
    fetch = _(
        "Then become equal with somebody who has the collective: goround sync ADDRESS (nobody has? "
        "Then read the bundle with --newest.)"
    )
    anew = _(
        "Then get a copy from somebody who has the collective (goround clone LINK, or a bundle)."
    )
    return [
        away.format(file=file),
        read.format(file=first) if found.whole else anew,
        *([fetch] if found.whole else []),
        *([_("At last: goround bundle read {file}").format(file=second)] if found.rest else []),
    ]
