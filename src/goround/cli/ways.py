"""Two ways to go on, side by side, and how to go over to the other one; after a talk."""

from typing import Annotated, Any

import typer

from goround.cli.app import command, here
from goround.cli.out import Heading, Typed, indented, tell
from goround.cli.room import confirmed, entered
from goround.collective.constitution import Follow
from goround.errors import BadUse
from goround.ids import EpochId
from goround.pages.reading import SHORT
from goround.pages.ways import ways as ways_page
from goround.sentences import _, listed


@command(
    _(
        "Say whether you have gone on in two ways. That happens where devices signed two "
        "histories; it says who is on which, and what differs. Nothing is merged by machine: talk, "
        "then choose (goround follow)."
    ),
    "ways",
)
def ways(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        partings = ways_page(room.reading())
    lines = [line for parting in partings for line in _parting(parting)]
    typed = [Typed(here(ctx).typed(line)) if "goround " in line else line for line in lines]
    tell(ctx, typed or [_("You all go on together.")], [_data(parting) for parting in partings])


def _parting(parting: list[dict[str, Any]]) -> list[str]:
    both = sorted(parting, key=lambda way: not way["mine"])
    lines = [line for way in both for line in (*_way(way), "")]
    return [
        *lines,
        _("Talk first, all of you: nothing gets worse by waiting a day. Who forked: goround forks"),
    ]


def _way(way: dict[str, Any]) -> list[str]:
    heading = _("The way you are on ({id})") if way["mine"] else _("The other way ({id})")
    steps = [template.format(**values) for template, values in way["steps"]]
    rules = [
        _("Here: {one} There: {other}").format(one=rule["one"], other=rule["other"])
        for rule in way["rules"]
    ]
    decided = [decision["title"] or decision["proposal"] for decision in way["decisions"]]
    only = [_("Members only there: {names}.").format(names=listed(way["only_here"]))]
    alone = [_("Decided only there: {titles}.").format(titles=listed(decided))]
    follow = [_("To go over to it: goround follow {id}").format(id=way["epoch"][:SHORT])]
    lines = [
        *steps,
        _("Members: {names}.").format(names=listed(way["members"])),
        *(only if way["only_here"] else []),
        _("Heard first by {names}.").format(names=listed(way["sealed_by"])),
        *rules,
        *(alone if decided else []),
        *(follow if way["can_follow"] else []),
    ]
    return [Heading(heading.format(id=way["epoch"][:SHORT])), *indented(lines)]


def _data(parting: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the ways with the steps as sentences."""
    return [
        {**way, "steps": [said.format(**values) for said, values in way["steps"]]}
        for way in parting
    ]


@command(
    _(
        "Go on with one of two ways. There are two where devices signed two histories. goround "
        "ways shows both. Talk with the others before; on a terminal you are asked."
    ),
    "follow 3fXk",
)
def follow(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=_("The way: start of its id."))],
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask on a terminal either."))] = False,
) -> None:
    with entered(ctx) as room:
        epochs = room.replica.replay.record.epochs
        found = [name for name in epochs if name.startswith(ref)]
        if len(found) != 1:
            raise BadUse(_("“{ref}” is not one way.").format(ref=ref))
        confirmed(_("Have you talked with the others, and go over to this way?"), yes=yes)
        event = room.sign(Follow(EpochId(found[0])))
        tell(ctx, [_("You go on with this way.")], {"id": event, "epoch": found[0]})
