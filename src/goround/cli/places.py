"""The places at which a collective lives, as far as this home was told."""

from typing import Annotated, Any

import typer

from goround.cli.app import app, here
from goround.cli.fingerprints import Fingerprint, compare
from goround.cli.out import indented, tell
from goround.cli.room import Room, entered
from goround.node.copies import is_elsewhere, known_copies, told
from goround.node.places import Place, origin_at
from goround.node.serving import check_not_own
from goround.pages.places import not_reached, only_here, seen_equal
from goround.pages.reading import iso
from goround.sentences import _

places = typer.Typer(
    rich_markup_mode=None,
    help=_(
        "Say where else this collective lives. Of each place you are told when the copy there was "
        "last seen equal. Whoever joins, clones or syncs somewhere has named that place; goround "
        "sync becomes equal with all of them, and while this home is served it stays so by itself."
    ),
    epilog="\b\n" + _("For example:") + "\n  goround places\n  goround places add https://…",
)
app.add_typer(places, name="places", invoke_without_command=True)

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help=_("The address of a node."))]


@places.callback()
def listed(ctx: typer.Context) -> None:
    """Print the places, where nothing is to be changed."""
    if ctx.invoked_subcommand is None:
        with entered(ctx) as room:
            _tell(ctx, room, [])


@places.command(
    "add", help=_("Say that this collective lives at a node too. It is asked at the next sync.")
)
def add(ctx: typer.Context, address: Address, fingerprint: Fingerprint = None) -> None:
    """Remember a place."""
    home = here(ctx).home
    with entered(ctx) as room:
        origin = origin_at(address)
        check_not_own(home, origin)
        compare(ctx, address, fingerprint)
        is_new = home.places(room.replica.collective).add(origin, home.clock())
        line = _("{address} is a place now.") if is_new else _("{address} is a place already.")
        _tell(ctx, room, [line.format(address=origin)])


@places.command(
    "drop", help=_("Say that this collective lives there no more. It is not asked again.")
)
def drop(ctx: typer.Context, address: Address) -> None:
    """Forget a place."""
    with entered(ctx) as room:
        here(ctx).home.places(room.replica.collective).drop(address)
        line = _("{address} is no place any more; what is kept there stays there.")
        _tell(ctx, room, [line.format(address=origin_at(address))])


def _tell(ctx: typer.Context, room: Room, lines: list[str]) -> None:
    found = room.home.places(room.replica.collective).all()
    rows = [line for place in found for line in _lines(room, place)]
    reading, copies = room.reading(), known_copies(room.replica)
    empty = [only_here(reading, is_copied=is_elsewhere(copies)), *told(reading, copies)]
    tell(ctx, [*lines, *(rows or empty)], [_row(place) for place in found])


def _lines(room: Room, place: Place) -> list[str]:
    now, is_behind = room.home.clock(), place.events < len(room.replica.graph)
    told = [
        seen_equal(place.equal, now, is_behind=is_behind),
        not_reached(place.silent, place.why, now),
    ]
    return [place.address, *indented([line for line in told if line])]


def _row(place: Place) -> dict[str, Any]:
    return {
        "address": place.address,
        "since": iso(place.since),
        "equal": iso(place.equal) if place.equal else None,
        "silent": iso(place.silent) if place.silent else None,
        "why": place.why or None,
    }
