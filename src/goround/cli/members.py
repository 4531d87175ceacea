"""Who we are: people welcome somebody, go away and come back, leave, change their charter."""

import json
from collections.abc import Mapping
from typing import Annotated

import typer

from goround.cli import refs
from goround.cli.app import command, here
from goround.cli.effects import MOST, check_rule
from goround.cli.guidance import check_welcome, of_hearing
from goround.cli.out import tell
from goround.cli.proposing import Ref, put_forward, tell_of, tell_of_new
from goround.cli.room import SHOWN, because, entered, given, insisted, needed, written
from goround.collective.effects import Invite
from goround.collective.members import Away, Back, Leave, Name, TakeBack, Welcome, joining
from goround.collective.proposals import changes, proposal_of
from goround.collective.release import Hearing
from goround.errors import BadUse, Refused
from goround.ids import DeviceId
from goround.pages import charter as charter_page
from goround.pages.members import members
from goround.pages.names import name_of, why_not_name
from goround.pages.proposals import outline
from goround.sentences import _

BecauseOption = Annotated[str, typer.Option("--because", help=_("Why, in your words."))]
Person = Annotated[str, typer.Argument(metavar="PERSON", help=_("A name."))]


@command(
    _(
        "Say that you know who it is that is joining. It takes one person beside whoever invited "
        "them, so that no link alone brings anybody in."
    ),
    "welcome Dana",
)
def welcome(ctx: typer.Context, person: Person) -> None:
    with entered(ctx) as room:
        reading = room.reading()
        newcomer = refs.person(reading, person, joining(reading.view))
        name = name_of(reading, newcomer)
        check_welcome(reading, newcomer)
        event = room.sign(Welcome(DeviceId(newcomer)))
        is_member = newcomer in room.reading().view.epoch.members
        come = _("{name} is a member now.") if is_member else _("{name} is still joining.")
        lines = [_("You know that this is {name}."), come]
        tell(ctx, [line.format(name=name) for line in lines], {"id": event, "member": is_member})


@command(
    _("Take an invitation back. It takes nobody's consent, and kills its link for good."),
    "take-back 12",
    "take-back Dana",
    name="take-back",
)
def take_back(
    ctx: typer.Context,
    ref: Annotated[
        str, typer.Argument(metavar="REF", help=_("The invitation, or the name in it."))
    ],
) -> None:
    with entered(ctx) as room:
        version = refs.invitation(room.reading(), ref)
        if not isinstance(changes(version), Invite):
            raise BadUse(_("“{ref}” invites nobody.").format(ref=ref))
        room.sign(TakeBack(version.id))
        shown = outline(room.reading(), proposal_of(version))
        tell(ctx, [_("The invitation is being taken back; its link is dead.")], shown)


@command(
    _("Say that you are away. Everyday matters do not wait for you; protected ones do."),
    "away 2027-02-14",
)
def away(
    ctx: typer.Context,
    until: Annotated[str, typer.Argument(metavar="[UNTIL]", help=_("Until when, in words."))] = "",
) -> None:
    with entered(ctx) as room:
        room.sign(Away(), {"until": written(until)} if until else None)
        line = here(ctx).typed(_("You are away. When you return: goround back"))
        tell(ctx, [line], members(room.reading()))


@command(_("Say that you are back."), "back")
def back(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        room.sign(Back())
        line = _("Welcome back. What passed you by while you were away is open again for you.")
        tell(ctx, [line], members(room.reading()))


@command(
    _("Leave. It takes nobody's consent; you keep your copy of everything until now."), "leave"
)
def leave(
    ctx: typer.Context,
    because_: BecauseOption = "",
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask again."))] = False,
) -> None:
    with entered(ctx) as room:
        insisted(_("Leave for good? Coming back takes a new invitation."), yes=yes)
        event = room.sign(Leave(), because(because_))
        lines = [_("You are leaving; nobody waits for you any more."), _("Tell the others: sync.")]
        tell(ctx, lines, {"id": event})


@command(
    _(
        "Propose that the collective and a member part. Everyone else must stand behind it, after "
        "a hearing, and there must be at least three of you. Talk first."
    ),
    'release Ben --why "We have not reached Ben since spring"',
)
def release(
    ctx: typer.Context,
    person: Person,
    why: Annotated[str, typer.Option(help=_("Why, in words that Ben can read too."))],
) -> None:
    reason = needed(why, _("The reason"))
    with entered(ctx) as room:
        reading = room.reading()
        member = refs.member(reading, person)
        if reading.view.epoch.person(member) == reading.me:
            raise BadUse(_("To go yourself: goround leave"))
        name = name_of(reading, reading.view.epoch.person(member))
        words = {"title": _("Release {name}").format(name=name), "text": reason}
        effect = json.dumps({"do": "release", "member": member})
        proposal = put_forward(room, words, [effect], {})
        line = _("You put forward {name}. The hearing comes before the decision: {hearing}")
        tell_of_new(ctx, room, proposal, line)


@command(
    _(
        "Put on record that somebody was heard before a release. The person concerned can say so, "
        "or two who neither carry the proposal nor are concerned."
    ),
    "hearing 14",
)
def hearing(ctx: typer.Context, ref: Ref, because_: BecauseOption = "") -> None:
    with entered(ctx) as room:
        proposal = refs.proposal(room.reading(), ref)
        room.sign(Hearing(proposal), because(because_))
        tell_of(ctx, room, proposal, [of_hearing(room.reading(), proposal)])


@command(_("Say what you are called from now on."), 'name "Anna B."')
def name(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("Your name."))],
) -> None:
    wanted = written(text)
    with entered(ctx) as room:
        rows = members(room.reading())
        reason = why_not_name(wanted, [row["name"] for row in rows if not row["me"]])
        if reason:
            raise Refused(reason)
        room.sign(Name(), {"person": wanted})
        line = _("From now on you are called {name}.").format(name=wanted)
        tell(ctx, [line], members(room.reading()))


@command(
    _(
        "Print the charter in words: how you decide. With --set, propose to change rules of it; "
        "everyone must stand behind that."
    ),
    "charter",
    "charter --set everyday_notice=1 --set bud_at=7 --why 'We meet every day'",
)
def charter(
    ctx: typer.Context,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="RULE=VALUE", help=_("One rule."))
    ] = None,
    why: Annotated[str, typer.Option(help=_("Why."))] = "",
) -> None:
    with entered(ctx) as room:
        if not set_:
            rows = charter_page.in_words(room.reading())
            tell(ctx, [f"{row['sentence']}  [{row['rule']}={row['value']}]" for row in rows], rows)
            return
        rules = dict(_rule(text) for text in set_)
        _check_changes(room.reading().view.epoch.charter.rules, rules)
        shown = ", ".join(f"{rule}={value}" for rule, value in rules.items())
        words = {
            "title": _("Change the charter: {rules}").format(rules=shown),
            "text": written(why) or shown,
        }
        effect = json.dumps({"do": "charter", "set": rules})
        proposal = put_forward(room, words, [effect], {})
        tell_of_new(ctx, room, proposal, _("You put forward {name}."))


def _check_changes(now: Mapping[str, int | str], rules: Mapping[str, int | str]) -> None:
    for rule, value in rules.items():
        if now.get(rule) == value:
            raise BadUse(_("{rule} is {value} already.").format(rule=rule, value=value))


def _rule(text: str) -> tuple[str, int | str]:
    rule, is_one, value = given(text).partition("=")
    if not is_one:
        raise BadUse(_("“{text}” is not written like RULE=VALUE.").format(text=text[:SHOWN]))
    named, said = rule.strip(), value.strip()
    is_number = said.isascii() and said.isdecimal() and len(said) <= len(str(MOST))
    known = int(said) if is_number else said
    check_rule(named, known)
    return named, known
