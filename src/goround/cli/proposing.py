"""Putting something forward, and the talk around it."""

import json
from typing import Annotated, cast

import typer

from goround.cli import refs
from goround.cli.app import command, here
from goround.cli.dates import coming_date
from goround.cli.effects import Parted, matter_of, read_effects
from goround.cli.guidance import of_answering, of_effects
from goround.cli.out import tell
from goround.cli.room import Room, because, entered, needed, written
from goround.cli.words import called, outcome, titled
from goround.collective.charter import MATTERS, Matter
from goround.collective.entry import Entry
from goround.collective.proposals import (
    Carry,
    Propose,
    Say,
    Suggest,
    Version,
    Withdraw,
    proposal_of,
    terms,
)
from goround.errors import BadUse
from goround.ids import EventId
from goround.log.keys import DeviceKey
from goround.pages.proposals import outline
from goround.pages.reading import SHORT, Reading
from goround.sentences import _, listed
from goround.wire import Words, effect_words, text_of

Ref = Annotated[str, typer.Argument(metavar="REF", help=_("A proposal: its number or id."))]
AnyRef = Annotated[str, typer.Argument(metavar="REF", help=_("A proposal, or the id of anything."))]
Text = Annotated[str, typer.Argument(metavar="TEXT", help=_("What you say; - reads it."))]
LongText = Annotated[str, typer.Option(help=_("The exact words; - reads standard input."))]
Why = Annotated[str, typer.Option(help=_("Why: kept beside the words, not part of them."))]
MatterOption = Annotated[str | None, typer.Option(help=", ".join(MATTERS))]
Until = Annotated[str | None, typer.Option(help=_("Not to be closed before this date."))]
ReviewOn = Annotated[str | None, typer.Option("--review", help=_("To be looked at again then."))]
Effects = Annotated[
    list[str] | None,
    typer.Option("--effect", help=_("What happens by itself once it is decided, as JSON.")),
]

Task = Annotated[list[str] | None, typer.Option("--task", help=_("Something to be done."))]
By = Annotated[str | None, typer.Option("--by", help=_("By when its tasks are to be done."))]
Adopting = Annotated[
    bool, typer.Option("--adopt", help=_("This text is an agreement from then on."))
]

EFFECTS = _(
    "Other effects, each an --effect of its own:\n"
    '  {"do":"task","what":"buy flour","by":"2027-01-31"}   something to be done, by a date\n'
    '  {"do":"adopt"}                       this text is an agreement from then on\n'
    '  {"do":"end","agreement":"ID"}        an agreement ends\n'
    '  {"do":"erase","event":"ID"}          words are erased\n'
    '  {"do":"charter","set":{RULE:VALUE}}  as with: goround charter --set\n'
    '  {"do":"release","member":"NAME"}     as with: goround release\n'
    '  {"do":"invite","name":"NAME"}        as with: goround invite'
)


def put_forward(
    room: Room, words: Words, given: list[str], terms_: dict[str, str | None]
) -> EventId:
    """Sign a proposal; `terms_` may hold its matter, until and review as they were given."""
    parted = effects_of(room, given)
    matter = known_matter(matter_of(parted, terms_.get("matter")))
    fact = Propose(
        matter,
        tuple(effect for effect, _words in parted),
        coming_date(terms_.get("review"), room.home.clock()),
        coming_date(terms_.get("until"), room.home.clock()),
    )
    return room.sign(fact, _with_effects(words, [said for _effect, said in parted]))


def plain_effects(task: list[str] | None, by: str | None, *, adopt: bool) -> list[str]:
    """Write as effects what was given in plain options."""
    if by and not task:
        raise BadUse(_("--by is the date of a task: add --task TEXT."))
    tasks = [
        {"do": "task", "what": written(what)} | ({"by": by} if by else {}) for what in task or []
    ]
    return [json.dumps(found) for found in [*tasks, *([{"do": "adopt"}] if adopt else [])]]


def effects_of(room: Room, given: list[str]) -> list[Parted]:
    """Part effects as they were given; keys of invitations are kept in this home."""

    def keep(key: DeviceKey) -> None:
        with room.replica.store.writing():
            room.home.keyring(room.replica.collective).keep_invitation(key)

    return read_effects(room.reading(), keep, given, room.home.clock())


def known_matter(matter: str) -> Matter:
    """Return a matter if there is one of that name."""
    if matter in MATTERS:
        return cast("Matter", matter)
    raise BadUse(
        _("There is no matter “{matter}”; there are {names}.").format(
            matter=matter, names=listed(list(MATTERS))
        )
    )


def _with_effects(words: Words, said: list[Words]) -> Words:
    filled = {field: text for field, text in words.items() if text}
    return {**filled, "effects": said} if any(said) else filled


def tell_of(ctx: typer.Context, room: Room, proposal: EventId, did: list[str]) -> None:
    """Say what was done with a proposal, by its title too, and where it stands now."""
    shown = outline(room.reading(), proposal)
    tell(ctx, [*titled(shown, did), *outcome(shown)], shown)


def tell_of_new(ctx: typer.Context, room: Room, proposal: EventId, line: str) -> None:
    """Say what was put forward, and what that does not do yet."""
    reading = room.reading()
    shown = outline(reading, proposal)
    more = [*of_effects(shown), *of_answering(reading, shown)]
    command = here(ctx).typed("goround hearing")
    told = [line.format(name=called(shown), hearing=command), *map(here(ctx).typed, more)]
    tell_of(ctx, room, proposal, told)


@command(
    _("Put a proposal forward. That is not yet your agreement: take your position as well."),
    'propose "Buy a wood stove" --text "We buy one for at most 300."',
    'propose Flour --text - --task "buy flour" --by 2027-01-31 < flour.txt',
    'propose "Doors" --matter agreement --adopt --text "The last one locks up."',
    more=EFFECTS,
)
def propose(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help=_("A few words."))],
    text: LongText,
    why: Why = "",
    matter: MatterOption = None,
    until: Until = None,
    review: ReviewOn = None,
    effect: Effects = None,
    task: Task = None,
    by: By = None,
    adopt: Adopting = False,
) -> None:
    words = {
        "title": needed(title, _("The title")),
        "text": needed(text, _("The text")),
        "why": written(why),
    }
    with entered(ctx) as room:
        given = {"matter": matter, "until": until, "review": review}
        proposal = put_forward(
            room, words, [*(effect or []), *plain_effects(task, by, adopt=adopt)], given
        )
        tell_of_new(ctx, room, proposal, _("You put forward {name}."))


@command(
    _(
        "Put forward the next version of what you carry. Title, matter, dates and effects stay "
        "unless you give others. Positions on the version before lapse."
    ),
    'version 12 --text "We buy one for at most 200."',
)
def version(
    ctx: typer.Context,
    ref: Ref,
    text: LongText,
    title: Annotated[str, typer.Option(help=_("A new title."))] = "",
    why: Why = "",
    matter: MatterOption = None,
    until: Until = None,
    review: ReviewOn = None,
    effect: Effects = None,
    task: Task = None,
    by: By = None,
    adopt: Adopting = False,
) -> None:
    given = [*(effect or []), *plain_effects(task, by, adopt=adopt)]
    with entered(ctx) as room:
        last = refs.version(room.reading(), ref)
        proposal = refs.proposal(room.reading(), ref)
        parted = effects_of(room, given) if given else _old_effects(room, last)
        old, before = terms(last), room.replica.replay.words(last.id)
        fact = Version(
            proposal,
            last.id,
            known_matter(matter) if matter else old.matter,
            tuple(one for one, _said in parted),
            coming_date(review, room.home.clock()) or old.review,
            coming_date(until, room.home.clock()) or old.until,
        )
        words = {
            "title": written(title) or text_of(before, "title"),
            "text": needed(text, _("The text")),
            "why": written(why) or text_of(before, "why"),
        }
        room.sign(fact, _with_effects(words, [said for _one, said in parted]))
        did = _("You put forward a new version; positions on the one before have lapsed.")
        tell_of(ctx, room, proposal, [did])


def _old_effects(room: Room, last: Entry) -> list[Parted]:
    words = room.replica.replay.words(last.id)
    effects = terms(last).effects
    return [(effect, effect_words(words, place)) for place, effect in enumerate(effects)]


@command(_("Carry a proposal no more. It is withdrawn when nobody carries it."), "withdraw 12")
def withdraw(
    ctx: typer.Context, ref: Ref, because_: Annotated[str, typer.Option("--because")] = ""
) -> None:
    with entered(ctx) as room:
        proposal = refs.proposal(room.reading(), ref)
        room.sign(Withdraw(proposal), because(because_))
        tell_of(ctx, room, proposal, [_("You carry it no more.")])


@command(_("Carry a proposal too. Then you can put forward its next versions as well."), "carry 12")
def carry(ctx: typer.Context, ref: Ref) -> None:
    with entered(ctx) as room:
        proposal = refs.proposal(room.reading(), ref)
        room.sign(Carry(proposal))
        tell_of(ctx, room, proposal, [_("You carry it too.")])


@command(
    _(
        "Say, ask or answer something. It is about a proposal, or about anything that somebody "
        "said."
    ),
    'say 12 "Who would carry the wood?"',
)
def say(ctx: typer.Context, ref: AnyRef, text: Text) -> None:
    with entered(ctx) as room:
        on = refs.event(room.reading(), ref)
        event = room.sign(Say(on), {"text": needed(text, _("What you say"))})
        said = [_("You said it ({id}).").format(id=event[:SHORT])]
        tell(ctx, [*_about(room.reading(), on), *said], {"id": event, "on": on})


def _about(reading: Reading, on: EventId) -> list[str]:
    """Name the proposal that something was said about, if it was about one itself."""
    entry = reading.view.record.entries[on]
    if not isinstance(entry.fact, Propose | Version):
        return []
    return [called(outline(reading, proposal_of(entry)))]


@command(
    _("Suggest a change to those who carry a proposal. They take it up, or not, in a new version."),
    'suggest 12 "At most 200"',
)
def suggest(ctx: typer.Context, ref: Ref, text: Text) -> None:
    with entered(ctx) as room:
        version = refs.version(room.reading(), ref)
        event = room.sign(Suggest(version.id), {"text": needed(text, _("The suggestion"))})
        line = _("You suggested it to those who carry the proposal.")
        shown = outline(room.reading(), proposal_of(version))
        tell(ctx, titled(shown, [line]), {"id": event, "version": version.id})
