"""Getting out of a damaged file what can be read of it."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from goround.cli.app import Here, command, here
from goround.cli.out import Typed, tell
from goround.errors import BadUse
from goround.ids import EventId
from goround.node.home import Home
from goround.node.salvage import Salvaged, is_bundle, salvage
from goround.pages.reading import SHORT
from goround.pages.wording import LONGEST_LINE, one_line
from goround.sentences import _, ngettext
from goround.sync import bundle_file


@command(
    _(
        "Write what can be read of a damaged file into a bundle. The file is that of a collective, "
        "with the journal beside it, or a bundle that was cut short. The damaged file is left as "
        "it is. Only what is genuine is taken, in order; what rests on something that is lost goes "
        "into a second bundle, for when somebody has given you that. Both are written into the "
        "folder you are in, unless you say where to."
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
    first = (out or Path(f"{file.stem}.salvaged.bundle")).absolute()
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
        "is_whole": found.is_whole,
    }
    asked = here(ctx).at(_home_of(file) or here(ctx).home)
    steps = [] if found.is_whole else _next(found, asked, file, (first, second))
    tell(ctx, [*_in_words(found, file, first, second), *steps], data)


def _home_of(file: Path) -> Home | None:
    """Return the home that a file lies in, which need not be the one that was named."""
    folder = file.absolute().parent
    return Home(folder.parent) if folder.name == "collectives" else None


def _check_free(place: Path) -> None:
    if place.exists():
        raise BadUse(
            _("There is already something at {path}: say where to with --out.").format(path=place)
        )


def _in_words(found: Salvaged, file: Path, first: Path, second: Path) -> list[str]:
    """Say what was found and what is missing."""
    if found.is_whole:
        return [_fine(file), _whole(found, first)]
    return [
        *([_whole(found, first)] if found.whole else []),
        *([_rest(found, second), _missing(found)] if found.rest else []),
        *([_wordless(found)] if found.wordless else []),
        *([] if found.rest else [_complete()]),
    ]


def _fine(file: Path) -> str:
    return _(
        "Nothing is wrong with {file}: all of it can be read, and is genuine. Nothing has to be "
        "done; what was written is a copy."
    ).format(file=file)


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
        "{count} more rests on something that could not be read, and is in {file}.",
        "{count} more rest on something that could not be read, and are in {file}.",
        len(found.rest),
    )
    return line.format(count=len(found.rest), file=second)


def _missing(found: Salvaged) -> str:
    count = len(found.missing)
    return ngettext(
        "{count} event is missing that these name, and perhaps more before it.",
        "{count} events are missing that these name, and perhaps more before them.",
        count,
    ).format(count=count)


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


def _next(found: Salvaged, asked: Here, file: Path, written: tuple[Path, Path]) -> list[str]:
    """Say what to do next, in the order in which it is done, each command as it is typed."""
    first, second = (shlex.quote(str(path)) for path in written)
    away = _("Next, move it away with whatever begins with its name; keep it until all is well:")
    read = _("Then read what was salvaged:")
    last = _("At last read the second bundle:")
    return [
        "",
        *([] if is_bundle(file) else _step(away, _move(file))),
        *(_step(read, asked.typed(f"goround bundle read {first}")) if found.whole else []),
        *_fetch(found, asked),
        *(_step(last, asked.typed(f"goround bundle read {second}")) if found.rest else []),
        *_go_on(found, asked),
    ]


def _step(says: str, command: str) -> list[str]:
    return [says, Typed(f"  {command}")]


def _move(file: Path) -> str:
    return f"mkdir -p damaged && mv {shlex.quote(str(file))}* damaged/"


def _go_on(found: Salvaged, asked: Here) -> list[str]:
    """Say how this device signs again: nobody can tell whether it said more than is known here."""
    collective = found.replay.collective
    if not found.whole or asked.home.keyring(collective).device is None:
        return []
    sure = _("Once you are sure that nobody has anything newer of this device, let it sign again:")
    return _step(sure, asked.typed("goround device go-on", collective))


def _fetch(found: Salvaged, asked: Here) -> list[str]:
    """Say how what is missing comes from somebody who has it, if anybody has."""
    collective = found.replay.collective
    has_key = asked.home.keyring(collective).device is not None
    equal = _("Then become equal with somebody who has the collective:")
    sync = _step(equal, asked.typed("goround sync ADDRESS", collective))
    if has_key and found.whole:
        return sync
    given = (
        _("Then let somebody who has the collective write it into a file, and read that:")
        if has_key
        else _(
            "This home has no key in this collective, so it cannot sync. Then let somebody who has "
            "the collective write it into a file (goround bundle write FILE), and read that:"
        )
    )
    return [*_step(given, asked.typed("goround bundle read FILE")), *(sync if has_key else [])]
