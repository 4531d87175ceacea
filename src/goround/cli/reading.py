"""Commands that read: they write nothing, and show what this home knows."""

import shlex
from typing import Annotated, Any

import typer

from goround.cli import refs
from goround.cli.app import Here, command, here
from goround.cli.dates import day, minute
from goround.cli.out import Heading, tell, text_in, write_bytes
from goround.cli.proposing import Ref
from goround.cli.room import entered
from goround.cli.showing import as_lines
from goround.cli.words import STATUS, called, clipped
from goround.errors import Unreachable
from goround.ids import CollectiveId
from goround.pages import agreements as agreements_page
from goround.pages import history
from goround.pages import members as members_page
from goround.pages import proposals as proposals_page
from goround.pages import tasks as tasks_page
from goround.pages.addressing import plain
from goround.pages.erasures import erasures, in_words
from goround.pages.names import collective_name, name_of
from goround.pages.seats import hides_positions
from goround.pages.state import state_bytes
from goround.sentences import _, listed

Row = dict[str, Any]
BY_ITSELF = ("heard", "nominate", "seal")
LIVE = ("open", "blocked")
OVER = ("withdrawn", "lapsed", "superseded", "ended")


@command(_("List the collectives that are kept in this home."), "collectives")
def collectives(ctx: typer.Context) -> None:
    home = here(ctx).home
    rows = [_collective(here(ctx), collective) for collective in home.collectives()]
    none = [_("There is no collective here yet: found one, or join one with a link.")]
    lines = [f"{row['name']}  ({row['id']})" for row in rows]
    tell(ctx, lines or none, rows)


def _collective(asked: Here, collective: CollectiveId) -> Row:
    try:
        replica = asked.home.replica(collective)
    except Unreachable as error:
        return {"id": collective, "name": asked.typed(str(error)), "me": None}
    reading = replica.reading()
    replica.close()
    me = name_of(reading, reading.me) if reading.me else None
    return {"id": collective, "name": collective_name(reading), "me": me}


@command(_("List the proposals; first those that wait for you."), "proposals")
def proposals(
    ctx: typer.Context,
    all_: Annotated[
        bool, typer.Option("--all", help=_("Also those that were withdrawn, or came to an end."))
    ] = False,
) -> None:
    with entered(ctx) as room:
        rows = proposals_page.listing(room.reading())
        waiting = proposals_page.waiting(room.reading())
        shown = [row for row in rows if all_ or row["status"] not in OVER]
        ordered = sorted(shown, key=lambda r: (r["id"] not in waiting, r["status"] not in LIVE))
        tell(ctx, [_in_a_line(row) for row in ordered] or [here(ctx).typed(_none(rows))], rows)


def _none(rows: list[Row]) -> str:
    if rows:
        return _("Nothing is open. What came to an end: goround proposals --all")
    return _("Nothing was put forward yet.")


def _in_a_line(row: Row) -> str:
    line = f"{clipped(called(row))}: {STATUS[row['status']]}"
    if row["status"] in ("open", "blocked") and row["unheard"]:
        line += _("; still to be heard: {names}").format(names=", ".join(row["unheard"]))
    return line


@command(
    _(
        "Show a proposal, and what came of it. You see its words, who said what, and what is "
        "missing. What others answered is shown once you have answered yourself, where your "
        "charter says so."
    ),
    "show 12",
    "show 12 --json",
)
def show(ctx: typer.Context, ref: Ref) -> None:
    with entered(ctx) as room:
        reading = room.reading()
        shown = proposals_page.show(reading, refs.proposal(reading, ref))
        hidden = hides_positions(reading, shown)
        gone = erasures(reading, shown["id"], shown)
        lines = [*as_lines(shown, hidden=hidden), *_erased(gone)]
        tell(ctx, lines, {**shown, "positions_hidden": hidden, "erasures": gone})


def _erased(gone: list[Row]) -> list[str]:
    """Say what was erased, and where that is known."""
    lines = [plain(" ".join(in_words(one))) for one in gone]
    return ["", *lines] if lines else []


@command(
    _("Print everything that follows from what was said. It is the same bytes everywhere."), "state"
)
def state(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        write_bytes(state_bytes(room.replica.replay, room.replica.device))


@command(
    _("Print what was said and done, in order."), "log", "log --all", "log --device phone --all"
)
def log(
    ctx: typer.Context,
    all_: Annotated[
        bool, typer.Option("--all", help=_("Also what your devices signed by themselves."))
    ] = False,
    device: Annotated[
        str | None,
        typer.Option(
            metavar="DEVICE",
            help=_("Only what this device signed: what you call it, or the start of its id."),
        ),
    ] = None,
) -> None:
    with entered(ctx) as room:
        rows = history.history(room.reading())
        if device:
            wanted = refs.device(room.reading(), device)
            rows = [row for row in rows if row["device"] == wanted]
        shown = rows if all_ else [row for row in rows if row["type"] not in BY_ITSELF]
        tell(ctx, [_event(row) for row in shown], rows)


def _event(row: Row) -> str:
    line = f"{minute(row['at'])}  {row['id'][:8]}  {row['sentence']}"
    return f"{line} ({row['void']['sentence']})" if row["void"] else line


@command(_("List the members, and who is joining."), "members")
def members(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        rows = members_page.members(room.reading())
        welcome = here(ctx).typed("goround welcome")
        tell(ctx, [_member(row, welcome) for row in rows], rows)


def _member(row: Row, welcome: str) -> str:
    notes = [
        *([_("that is you")] if row["me"] else []),
        *([_joining(row, welcome)] if row["joining"] else []),
        *([_away(row)] if row["away"] else []),
        *([_("is leaving")] if row["leaving"] else []),
        *([_("was {name}").format(name=row["was"])] if row["was"] else []),
    ]
    since = _("since {date}").format(date=day(row["since"]))
    return f"{row['name']}, {', '.join([since, *notes])}"


def _joining(row: Row, welcome: str) -> str:
    if row["welcomed_by"]:
        names = listed(row["welcomed_by"])
        return _("is joining, and known to {names}").format(names=names)
    if row["me"]:
        return _("is joining; nobody has said yet that they know them")
    command = f"{welcome} {shlex.quote(row['name'])}"
    return _("is joining; nobody has said yet that they know them ({command})").format(
        command=command
    )


def _away(row: Row) -> str:
    return _("is away ({until})").format(until=row["until"]) if row["until"] else _("is away")


@command(_("List the agreements in force, and those that were."), "agreements")
def agreements(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        rows = agreements_page.agreements(room.reading())
        lines = [line for row in rows for line in _agreement(row)]
        tell(ctx, lines or [_("There is no agreement yet.")], rows)


def _agreement(row: Row) -> list[str]:
    states = {"in force": _("in force"), "ended": _("ended"), "superseded": _("superseded")}
    review = _(", to be looked at again on {date}").format(date=day(row["review"]))
    stands = states[row["state"]] + (review if row["review"] else "")
    return [Heading(f"{called(row)} ({stands})"), *text_in(row), ""]


@command(_("List the tasks that decisions named."), "tasks")
def tasks(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        rows = tasks_page.tasks(room.reading())
        tell(ctx, [_task(row) for row in rows] or [_("There is no task.")], rows)


def _task(row: Row) -> str:
    states = {
        "open": _("nobody has taken it"),
        "taken": _("taken by {names}").format(names=listed(row["holders"])),
        "done": _("done by {names}").format(names=listed(row["holders"])),
        "not-done": _("not done, says {name}: {why}").format(
            name=row["said_by"], why=clipped(row["because"]) or _("no reason given")
        ),
    }
    by = _(" by {date}").format(date=day(row["by"])) if row["by"] else ""
    return f"{row['ref']}. {clipped(row['what'])}{by}: {states[row['state']]}"
