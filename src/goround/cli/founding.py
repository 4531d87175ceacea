"""How a collective begins and how people come: found, invite, join."""

import json
from typing import Annotated, Any

import typer

from goround.cli.app import command, here
from goround.cli.guidance import check_not_invited, invited_by_number
from goround.cli.links import hand_over, read_along
from goround.cli.out import tell
from goround.cli.proposing import put_forward, tell_of
from goround.cli.room import entered, written
from goround.cli.words import called
from goround.node import invitations
from goround.node.serving import reached_at
from goround.pages.names import collective_name, name_of
from goround.pages.proposals import outline
from goround.sentences import _

Person = Annotated[str, typer.Argument(metavar="PERSON", help=_("Their name."))]
Invited = Annotated[
    str, typer.Argument(metavar="PERSON", help=_("Their name, or the number of their invitation."))
]
As = Annotated[str, typer.Option("--as", metavar="PERSON", help=_("What you are called there."))]


@command(
    _("Found a collective. You are its first member, and no more than a member."),
    'found "Bread" --as Anna --purpose "We bake for our street"',
)
def found(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("What it is called."))],
    person: As,
    purpose: Annotated[str, typer.Option(help=_("What you are there for; - reads it."))] = "",
) -> None:
    replica = here(ctx).home.found(written(name), written(person), written(purpose))
    replica.tend()
    reading = replica.reading()
    lines = [
        _("{name} is founded, and you are {person}, its first member.").format(
            name=collective_name(reading), person=name_of(reading, reading.me)
        ),
        here(ctx).typed(_("Next, invite somebody: goround invite NAME"), replica.collective),
        here(ctx).typed(_("and let them reach you: goround serve")),
    ]
    member = reading.view.epoch.members[reading.me] if reading.me else None
    data = {"collective": replica.collective, "name": collective_name(reading), "member": member}
    tell(ctx, lines, data)
    replica.close()


@command(
    _(
        "Propose to invite somebody; that includes your agreement. Once everyone stands behind it, "
        "print their link with: goround invitation PERSON"
    ),
    'invite Ben --why "Ben knows ovens"',
)
def invite(
    ctx: typer.Context,
    person: Person,
    why: Annotated[str, typer.Option(help=_("Why."))] = "",
    replaces: Annotated[
        str | None,
        typer.Option(metavar="MEMBER", help=_("In the place of a member who lost every device.")),
    ] = None,
) -> None:
    wanted = written(person)
    with entered(ctx) as room:
        if not replaces:
            check_not_invited(room.reading(), wanted)
        effect: dict[str, Any] = {"do": "invite", "name": wanted}
        words = {
            "title": _("Invite {name}").format(name=wanted),
            "text": written(why) or _("{name} joins us.").format(name=wanted),
        }
        given = json.dumps(effect | ({"replaces": replaces} if replaces else {}))
        proposal = put_forward(room, words, [given], {})
        told = _("You put forward {name}, and agreed.")
        line = told.format(name=called(outline(room.reading(), proposal)))
        tell_of(ctx, room, proposal, [line])


@command(
    _(
        "Print the link of a decided invitation, and nothing else. Whoever has the link can join: "
        "give it to that person alone."
    ),
    "invitation Ben",
    "invitation Ben --at https://bread.example.org",
)
def invitation(
    ctx: typer.Context,
    person: Invited,
    at: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help=_("Where your node is reached by others.")),
    ] = None,
) -> None:
    with entered(ctx) as room:
        keyring, reading = room.home.keyring(room.replica.collective), room.reading()
        secret = invitations.secret_for(reading, keyring, invited_by_number(reading, person))
        address = reached_at(room.home, at)
        link = invitations.link(address, room.replica.collective, secret)
        if here(ctx).json:
            tell(ctx, [], {"link": link, "notes": read_along(address)})
        else:
            hand_over(link, read_along(address))
