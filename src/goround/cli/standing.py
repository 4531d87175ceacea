"""How the group stands, said before phones are lost."""

import typer

from goround.cli.app import command
from goround.cli.out import tell
from goround.cli.room import entered
from goround.pages.standing import as_data
from goround.sentences import _


@command(
    _(
        "Say how the group stands if devices are lost. It says how many of you could lose theirs "
        "before your members and your charter cannot change any more, and who was not heard from "
        "for long."
    ),
    "standing",
)
def standing(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        data = as_data(room.reading(), room.home.clock())
        tell(ctx, data["lines"], data)
