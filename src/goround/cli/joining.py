"""Coming in with a link: as a new member, or with a further device."""

from typing import Annotated

import typer

from goround.cli.app import command, here
from goround.cli.fingerprints import Fingerprint, compare
from goround.cli.out import say, tell
from goround.cli.passphrases import asking
from goround.cli.progress import progress
from goround.cli.room import confirmed, typed_in, written
from goround.errors import Refused
from goround.ids import CollectiveId
from goround.log.keys import DeviceKey
from goround.node import joining
from goround.node.exchange import become_equal_at
from goround.node.home import Home
from goround.node.invitations import Link, is_sheet, read_link, read_sheet
from goround.node.paper import come_by_paper
from goround.node.replica import Replica
from goround.pages.members import members
from goround.pages.names import collective_name, name_of
from goround.pages.wording import LONGEST_LINE, LONGEST_NAME, one_line
from goround.sentences import _

LinkArgument = Annotated[
    str, typer.Argument(metavar="LINK", help=_("The link that you were given, or FILE#SECRET."))
]
Yes = Annotated[bool, typer.Option("--yes", help=_("Do not ask on a terminal either."))]


@command(
    _(
        "Join a collective with the link that you were given. First you see what it is for, how it "
        "decides and who is in it. You agree to the other open invitations, except those that you "
        "name with --without. Then somebody there says that they know you, and you are a member. "
        "On a terminal you are asked before anything is said; where there is none, as in a script, "
        "to give this command is to say yes."
    ),
    "join 'http://127.0.0.1:8420/c/COLLECTIVE/join#SECRET' --as Ben",
    "join 'bread.bundle#SECRET' --as Ben",
)
def join(
    ctx: typer.Context,
    link: LinkArgument,
    person: Annotated[str, typer.Option("--as", metavar="PERSON", help=_("Your name there."))],
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="PERSON", help=_("Do not agree to inviting this person.")),
    ] = None,
    fingerprint: Fingerprint = None,
    yes: Yes = False,
) -> None:
    home, read = here(ctx).home, read_link(link)
    compare(ctx, read.address, fingerprint)
    with progress(ctx) as far, joining.source_of(home, read, far, asking()) as source:
        if joining.is_interrupted(home, source.collective):
            _joined(ctx, joining.go_on(home, source), read)
            return
        if source.collective in home.collectives():
            _joined(ctx, _accept_again(ctx, source, read, without or [], yes=yes), read)
            return
        replica = _accept(ctx, source, read, (written(person), without or []), yes=yes)
        _joined(ctx, replica, read)


def _accept(
    ctx: typer.Context,
    source: joining.Source,
    link: Link,
    said: tuple[str, list[str]],
    *,
    yes: bool,
) -> Replica:
    person, without = said
    card = joining.read_card(source, link.key)
    joining.check_name(card, person)
    behind = joining.others_agreed_to(card, without)
    _show(ctx, card, _("Join as {name}?").format(name=person), yes=yes)
    return joining.accept(here(ctx).home, source, link, card, (person, behind))


def _accept_again(
    ctx: typer.Context, source: joining.Source, link: Link, without: list[str], *, yes: bool
) -> Replica:
    """Show what has changed since somebody accepted, and accept that."""
    replica = here(ctx).home.replica(source.collective)
    if not joining.is_waiting(replica):
        raise Refused(_already(here(ctx).home))
    if source.peer:
        become_equal_at(here(ctx).home, replica, source.peer, source.tell)
    card = joining.card_again(replica, link.key)
    if card is not None:
        behind = joining.others_agreed_to(card, without)
        _show(ctx, card, _("Something has changed since you accepted. Join all the same?"), yes=yes)
        joining.accept_again(replica, link, card, behind)
        if source.peer:
            become_equal_at(here(ctx).home, replica, source.peer, source.tell)
    return replica


def _already(home: Home) -> str:
    line = _(
        "This home ({folder}) has this collective already. Whoever was a member and comes again "
        "comes with a new home: add --home OTHER-FOLDER."
    )
    return line.format(folder=home.path)


def _show(ctx: typer.Context, card: joining.Card, question: str, *, yes: bool) -> None:
    if not here(ctx).json:
        say(_in_words(card))
        confirmed(question, yes=yes)


def _in_words(card: joining.Card) -> list[str]:
    """Say what a card holds; it may come from a node that says anything."""
    members = [one_line(name, LONGEST_NAME) for name in card["members"]]
    others = [one_line(other["name"], LONGEST_NAME) for other in card["others"]]
    about = _("What it is for: {purpose}").format(purpose=card["purpose"])
    return [
        one_line(card["name"], LONGEST_LINE),
        *([about] if card["purpose"] else []),
        _("Members: {names}").format(names=", ".join(members)),
        *([_("Invited too: {names}").format(names=", ".join(others))] if others else []),
        _("How it decides:"),
        *(f"  {one_line(sentence)}" for sentence in card["charter"]),
        "",
    ]


def _joined(ctx: typer.Context, replica: Replica, link: Link) -> None:
    reading = replica.reading()
    rows = members(reading)
    is_member = any(row["me"] and not row["joining"] for row in rows)
    name = name_of(reading, reading.me)
    if is_member:
        line = _("Welcome, {name}: you are a member of {collective}.")
    else:
        line = _(
            "{name}, you are joining {collective}. You are a member once somebody there has said "
            "that they know you (goround welcome) and most have heard of it; sync now and then."
        )
    lines = [line.format(name=name, collective=collective_name(reading))]
    if not joining.is_on_its_way(replica, link):
        lines.append(
            _("Beware: this is not the way that your link was made on. Ask whoever gave it to you.")
        )
    tell(ctx, lines, {"collective": replica.collective, "member": is_member, "members": rows})
    replica.close()


@command(
    _(
        "Make this home a further device of yours. The link comes from a device that you have: "
        "goround device add. It holds the new device's key, works once, and is for your eyes only. "
        "With a sheet of paper (goround device paper) it is the address on it, or a file of the "
        "collective; then the words on it are asked for, and read from standard input."
    ),
    "clone 'http://127.0.0.1:8420/c/COLLECTIVE/device#SECRET'",
    "clone http://127.0.0.1:8420/c/COLLECTIVE/paper",
)
def clone(ctx: typer.Context, link: LinkArgument, fingerprint: Fingerprint = None) -> None:
    home = here(ctx).home
    if is_sheet(link):
        _by_paper(ctx, link, fingerprint)
        return
    read = read_link(link, "device")
    compare(ctx, read.address, fingerprint)
    with progress(ctx) as far, joining.source_of(home, read, far, asking()) as source:
        _check_new(home, source.collective, read.key)
        _came(ctx, joining.clone(home, source, read.key))


def _by_paper(ctx: typer.Context, link: str, fingerprint: str | None) -> None:
    home = here(ctx).home
    read = read_sheet(link, "" if "#" in link else typed_in(_("The words on the paper:")))
    compare(ctx, read.address, fingerprint)
    with progress(ctx) as far, joining.source_of(home, read, far, asking()) as source:
        _check_new(home, source.collective)
        _came(ctx, come_by_paper(home, source, read.key), _BY_FILE if not source.peer else None)


_BY_FILE = _(
    "So far only this home knows. Sync it, or write a bundle for the others, before the sheet is "
    "used once more: otherwise the sheet will have signed two histories."
)


def _came(ctx: typer.Context, replica: Replica, beware: str | None = None) -> None:
    reading = replica.reading()
    line = _("This home is a further device of {name} in {collective}.").format(
        name=name_of(reading, reading.me), collective=collective_name(reading)
    )
    lines = [line, *([beware] if beware else [])]
    tell(ctx, lines, {"collective": replica.collective, "device": replica.device})
    replica.close()


def _check_new(home: Home, collective: CollectiveId, key: DeviceKey | None = None) -> None:
    if joining.is_here(home, collective, key):
        raise Refused(_already(home))
