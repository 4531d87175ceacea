"""Answering a proposal: positions, concerns, and what keeps a decision alive."""

from enum import StrEnum
from typing import Annotated

import typer

from goround.cli import refs
from goround.cli.app import command, here
from goround.cli.guidance import of_position
from goround.cli.out import tell
from goround.cli.proposing import Ref, Text, tell_of
from goround.cli.room import because, entered, needed
from goround.cli.words import DID, titled
from goround.collective.closing import Close
from goround.collective.concerns import Concern, Settled
from goround.collective.entry import Entry
from goround.collective.positions import NEED_WORDS, Position
from goround.collective.proposals import proposal_of
from goround.collective.record import View
from goround.collective.reopening import Reopen, Review
from goround.collective.repair import Confirm
from goround.errors import Refused
from goround.pages.proposals import outline
from goround.pages.reading import SHORT, iso
from goround.pages.refusing import closable, closable_from
from goround.sentences import _

Because = Annotated[str, typer.Option(help=_("Why, in your words; - reads standard input."))]


class Stance(StrEnum):
    """What one can answer."""

    AGREE = "agree"
    RESERVATIONS = "reservations"
    LEAVE_IT = "leave-it"
    ASIDE = "aside"
    TIME = "time"
    BLOCK = "block"


MEANINGS = _(
    "agree         I support it, and will help to carry it out.\n"
    "reservations  I have concerns and let it pass. Say which; we look at them at the review.\n"
    "leave-it      I have no view of my own, and am content with what the others decide.\n"
    "aside         I cannot support it, but it may go ahead without me. Needs a reason, which\n"
    "              stays on record. Too many who stand aside are no consent.\n"
    "time          I am not ready. Say what you are missing; once per proposal.\n"
    "block         It would do us serious harm or break with what we are for. Needs a reason.\n"
    "              Opens repair: you take part in looking for a way. Be sparing with it."
)


@command(
    _(
        "Take your position on the current version of a proposal. You can change it until it is "
        "decided; silence never counts as agreement."
    ),
    "position 12 agree",
    'position 12 block --because "Too dear this year"',
    "position -- -x3Fq agree",
    more=MEANINGS,
)
def position(
    ctx: typer.Context,
    ref: Ref,
    stance: Annotated[Stance, typer.Argument(metavar="POSITION", help=_("What you answer."))],
    because_: Annotated[str, typer.Option("--because", help=_("Why, in your words."))] = "",
) -> None:
    words = because(because_)
    if stance.value in NEED_WORDS and not words:
        raise Refused(_("Blocking and standing aside need a reason: add --because TEXT."))
    with entered(ctx) as room:
        reading = room.reading()
        version = refs.version(reading, ref)
        shown = outline(reading, proposal_of(version))
        instead = of_position(shown, stance.value)
        room.sign(Position(version.id, stance.value), words)
        said = here(ctx).typed(instead) if instead else DID[stance.value]
        tell_of(ctx, room, proposal_of(version), [said])


@command(
    _("Raise a concern about a proposal. You alone call it settled, later."),
    'concern 12 "The chimney is not ours"',
)
def concern(ctx: typer.Context, ref: Ref, text: Text) -> None:
    with entered(ctx) as room:
        version = refs.version(room.reading(), ref)
        event = room.sign(Concern(version.id), {"text": needed(text, _("The concern"))})
        line = _("You raised a concern. When it is met: goround concern-settled {id}")
        shown = outline(room.reading(), proposal_of(version))
        told = here(ctx).typed(line.format(id=_as_argument(event[:SHORT])))
        tell(ctx, titled(shown, [told]), {"id": event, "version": version.id})


def _as_argument(event: str) -> str:
    return f"-- {event}" if event.startswith("-") else event


@command(_("Call a concern of yours settled."), "concern-settled 12", name="concern-settled")
def concern_settled(
    ctx: typer.Context,
    ref: Annotated[
        str, typer.Argument(metavar="REF", help=_("The concern's id, or the proposal's number."))
    ],
    because_: Annotated[str, typer.Option("--because", help=_("What met it."))] = "",
) -> None:
    with entered(ctx) as room:
        found = refs.concern(room.reading(), ref)
        event = room.sign(Settled(found), because(because_))
        tell(ctx, [_("You called your concern settled.")], {"id": event, "concern": found})


@command(
    _(
        "Say that you can state the concern behind a block. You put it in your own words, so that "
        "whoever blocks says: yes, that is it. This is understanding, not approval."
    ),
    "confirm 12",
)
def confirm(
    ctx: typer.Context,
    ref: Annotated[
        str, typer.Argument(metavar="REF", help=_("The block, or its proposal if it has one."))
    ],
) -> None:
    with entered(ctx) as room:
        block = refs.block(room.reading(), ref)
        room.sign(Confirm(block))
        blocked = room.replica.replay.record.entries[block].fact
        version = refs.version(room.reading(), getattr(blocked, "version", ref))
        tell_of(ctx, room, proposal_of(version), [_("You can state this concern.")])


@command(
    _(
        "Witness that a proposal's date has passed. It counts when more than half of those who "
        "are not away do. Then a window opens for whoever was not heard; it is ended by a second "
        "close. Nobody's silence ever counts as agreement."
    ),
    "close 12",
)
def close(ctx: typer.Context, ref: Ref) -> None:
    with entered(ctx) as room:
        reading = room.reading()
        version = refs.version(reading, ref)
        _check_date(reading.view, version, room.home.clock())
        room.sign(Close(version.id))
        line = _("You witnessed that the date has passed.")
        tell_of(ctx, room, proposal_of(version), [line])


def _check_date(view: View, version: Entry, now: int) -> None:
    """Refuse to witness a date that has yet to come."""
    date = closable_from(view, version)
    if now < date:
        raise Refused(closable(iso(date)))


@command(
    _("Ask to look at a decision again. Whoever carries it can then put forward a new version."),
    'reopen 12 --because "Wood has become dear"',
)
def reopen(
    ctx: typer.Context, ref: Ref, because_: Annotated[str, typer.Option("--because")] = ""
) -> None:
    with entered(ctx) as room:
        version = refs.version(room.reading(), ref)
        room.sign(Reopen(version.id), because(because_))
        shown = outline(room.reading(), proposal_of(version))
        lines = [
            _("You reopened it. What was decided holds until something new is."),
            here(ctx).typed(
                _(
                    "Next, whoever carries it says what is new: goround version {ref} --text TEXT"
                ).format(ref=shown["ref"])
            ),
        ]
        tell(ctx, titled(shown, lines), shown)


@command(
    _("Look at a decision on its date: do you keep it, or not?"),
    "review 12",
    'review 12 --not --because "Nobody uses it"',
)
def review(
    ctx: typer.Context,
    ref: Ref,
    keep: Annotated[bool, typer.Option("--keep/--not", help=_("Keep it, or not."))] = True,
    because_: Annotated[str, typer.Option("--because")] = "",
) -> None:
    with entered(ctx) as room:
        version = refs.version(room.reading(), ref)
        room.sign(Review(version.id, keep), because(because_))
        shown = outline(room.reading(), proposal_of(version))
        line = _("You would keep it.") if keep else _("You would not keep it as it is.")
        again = _("To take it up again: goround reopen {ref}").format(ref=shown["ref"])
        after = here(ctx).typed(again)
        tell(ctx, titled(shown, [line, *([] if keep else [after])]), shown)
