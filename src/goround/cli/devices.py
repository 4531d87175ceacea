"""What somebody signs with: devices; and erasing one's own words."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from goround.cli import refs
from goround.cli.app import app, command, here
from goround.cli.dates import day
from goround.cli.links import hand_over, read_along
from goround.cli.out import tell
from goround.cli.paper import Sheet, as_lines, as_page, sheet_of
from goround.cli.room import Room, entered, insisted, written
from goround.collective.devices import DeviceAdd, DeviceRetire, TakeOver
from goround.collective.erasure import EraseOwn
from goround.errors import BadUse, GoroundError, Unreachable, why
from goround.ids import DeviceId
from goround.log.keys import DeviceKey
from goround.log.paper import key_on, new_paper
from goround.log.proofs import prove_device, write_secret
from goround.node import invitations
from goround.node.exchange import check_not_forked, fetch_all, meet
from goround.node.paper import PAPER
from goround.node.private_file import write_private
from goround.node.serving import is_own, reached_at
from goround.node.signing import signing_key
from goround.pages.devices import own_devices
from goround.sentences import _, listed
from goround.sync.origins import is_of_one_computer

device = typer.Typer(rich_markup_mode=None, help=_("The devices that speak for you."))
app.add_typer(device, name="device")


@command(
    _(
        "Add a further device of yours, and print its link. In another home it is used with "
        "goround clone LINK, on a phone it is opened in its browser. The link holds the new "
        "device's key; this home keeps no copy of it. It works once: open it on your other device "
        "at once, and show it to nobody."
    ),
    "device add --at http://127.0.0.1:8420",
    to=device,
)
def add(
    ctx: typer.Context,
    at: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help=_("Where your node is reached by the other device.")),
    ] = None,
    name: Annotated[str, typer.Option(help=_("What you call it."))] = "",
) -> None:
    given = written(name)
    with entered(ctx) as room:
        address = reached_at(room.home, at)
        key, replica = DeviceKey.generate(), room.replica
        adding = signing_key(replica, TakeOver()).public
        fact = DeviceAdd(key.public, prove_device(key, replica.collective, adding))
        room.sign(fact, {"name": given} if given else None)
        secret = write_secret(key, room.reading().view.epoch.id)
        link = invitations.link(address, replica.collective, secret, "device")
        if here(ctx).json:
            notes = list(_notes(ctx, room, address))
            tell(ctx, [], {"link": link, "device": key.public, "notes": notes})
            return
        hint = _("In another home: goround clone 'LINK'. On a phone, open it in its browser.")
        hand_over(link, _notes(ctx, room, address), hint)


@command(
    _(
        "Make a device of paper, for when you have lost the others. A few words, or a picture to "
        "scan, let in your next device. Print it or write it down now: it is shown once, and kept "
        "nowhere. Whoever has it can become you, so keep it like a key; retire it like any device."
    ),
    "device paper",
    "device paper --page paper.html",
    to=device,
)
def paper(
    ctx: typer.Context,
    at: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help=_("Where your node is reached, if it is not served.")),
    ] = None,
    name: Annotated[str, typer.Option(help=_("What you call it."))] = "",
    page: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("Write a page to print, for you alone to read.")),
    ] = None,
) -> None:
    given = written(name) or _("Paper")
    with entered(ctx) as room:
        address = reached_at(room.home, at)
        if page and page.exists():
            raise BadUse(_("There is already something at {path}.").format(path=page))
        secret, replica = new_paper(), room.replica
        key, adding = key_on(secret), signing_key(replica, TakeOver()).public
        fact = DeviceAdd(key.public, prove_device(key, replica.collective, adding))
        sheet = sheet_of(room.reading(), f"{address}/c/{replica.collective}/paper", secret)
        with _page_of(sheet, page):
            room.sign(fact, {**PAPER, "name": given})
        lines = [_("Print {file}, and delete it then.").format(file=page)] if page else None
        with _retired_unless_seen(room, key.public):
            if not here(ctx).json:  # first: it is nowhere else
                tell(ctx, lines or as_lines(sheet), {})
                sys.stdout.flush()
            notes = [*_only_here(address), *_notes(ctx, room, address)]
            shown = {"device": key.public, "address": sheet.address, "words": sheet.words}
            tell(ctx, notes, shown | {"link": sheet.link, "notes": notes})
            sys.stdout.flush()


def _only_here(address: str) -> list[str]:
    """Say of what is kept for years that its address opens on one computer."""
    if not is_of_one_computer(address):
        return []
    line = _(
        "{address} opens on this computer alone. The words let in a device at any node of yours; "
        "where one has an address that lasts, say it with --at, and retire this sheet."
    )
    return [line.format(address=address)]


def _notes(ctx: typer.Context, room: Room, address: str) -> Iterator[str]:
    """Yield what somebody has to know of an address; it takes a while to hear that from a node."""
    yield from read_along(address)
    yield from _what_is_missing(ctx, room, address)


def _what_is_missing(ctx: typer.Context, room: Room, address: str) -> list[str]:
    """Let the node of a link know whom it lets in, and say so where that could not be done."""
    if is_own(room.home, address):
        return []
    try:
        meet(room.home, room.replica, address)
    except GoroundError as error:
        line = _(
            "{address} does not know of the new device yet, so it lets nobody in there: {why} "
            "Become equal with it before you need it: goround sync {address}"
        )
        return [here(ctx).typed(line.format(address=address, why=error))]
    return []


@contextmanager
def _retired_unless_seen(room: Room, device: DeviceId) -> Iterator[None]:
    """Retire a sheet that could not be shown, so that nobody has a device without its sheet."""
    try:
        yield
    except OSError as error:
        room.sign(DeviceRetire(device))
        line = _("The sheet could not be shown ({why}), so it was retired again. Make another one.")
        raise Unreachable(line.format(why=why(error))) from None


@contextmanager
def _page_of(sheet: Sheet, page: Path | None) -> Iterator[None]:
    """Write the page before its device is let in, so that nobody has a device without its sheet."""
    if page:
        write_private(page, as_page(sheet).encode())
    try:
        yield
    except BaseException:
        if page:
            page.unlink(missing_ok=True)
        raise


@command(_("List your devices."), "device list", name="list", to=device)
def list_(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        rows = _rows(room)
        tell(ctx, [_in_a_line(row) for row in rows], rows)


def _rows(room: Room) -> list[dict[str, Any]]:
    return own_devices(room.reading(), room.replica.device)


def _in_a_line(row: dict[str, Any]) -> str:
    is_added = not (row["used"] or row["paper"])
    since = _("since {date}").format(date=day(row["since"])) if row["since"] else ""
    notes = [
        row["name"] or (_("without a name") if not row["here"] else ""),
        _("this one") if row["here"] else "",
        _("on paper") if row["paper"] else "",
        _("its link was not opened yet") if is_added else "",
        _("has signed two histories, and says nothing more") if row["forked"] else "",
        since,
        _("says by itself that you heard of new members and rules") if row["sealing"] else "",
    ]
    return f"{row['id']}  {', '.join(filter(None, notes))}"


@command(
    _(
        "Retire a device of yours that is lost, or not yours alone. What it says from then on "
        "counts for nothing."
    ),
    "device retire 3fXk",
    to=device,
)
def retire(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=_("The start of its id."))],
) -> None:
    with entered(ctx) as room:
        found = [row["id"] for row in _rows(room) if row["id"].startswith(ref)]
        if len(found) != 1:
            raise BadUse(_("“{ref}” is not one device of yours.").format(ref=ref))
        event = room.sign(DeviceRetire(DeviceId(found[0])))
        tell(ctx, [_("That device is retired.")], {"id": event, "device": found[0]})


@command(
    _(
        "Let this device say by itself what you have heard of. From now on it says for you that "
        "you have heard of new members and a changed charter, in the place of the one that did: "
        "after a loss, or when you move. Each member has one such device at a time."
    ),
    "device take-over",
    name="take-over",
    to=device,
)
def take_over(ctx: typer.Context) -> None:
    with entered(ctx) as room:
        event = room.sign(TakeOver())
        tell(ctx, [_("This device has taken over.")], {"id": event})


@command(
    _(
        "Let this device sign again after its home was restored. Do it if you are sure that no "
        "other copy is in use, and that nobody has heard anything newer of it than is known here. "
        "All places are asked first. If somebody has, your device will have signed two histories: "
        "that is found out, and it is frozen. If you are not sure, let a new one in."
    ),
    "device go-on",
    name="go-on",
    to=device,
)
def go_on(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help=_("You are sure: do not ask."))] = False,
) -> None:
    with entered(ctx) as room:
        replica = room.replica
        if not replica.restored.is_noticed:
            raise BadUse(_("This device may sign already: its home was not restored."))
        asked = fetch_all(room.home, replica)
        check_not_forked(replica)
        told = _who_was_asked(asked, room.home.others(replica.collective))
        sure = _(
            "Are you sure that no copy of this home is in use, and that nobody has anything newer "
            "of this device? Otherwise it has said two things in one place, and is frozen for good."
        )
        insisted(f"{told} {sure}", yes=yes)
        replica.restored.go_on()
        replica.tend()
        lines = [told, _("This device signs again.")]
        tell(ctx, lines, {"device": replica.device, "asked": asked})


def _who_was_asked(asked: list[str], known: list[str]) -> str:
    if not known:
        return _("No place is known here, so nobody was asked.")
    silent = [address for address in known if address not in asked]
    parts = [
        _("Asked, and all of it fetched: {asked}.").format(asked=listed(asked)) if asked else "",
        _("Not reached: {silent}.").format(silent=listed(silent)) if silent else "",
    ]
    return " ".join(part for part in parts if part)


@command(
    _(
        "Erase words of yours for good. They go here now, and from every other copy when it hears "
        "of it. What was done stays, and shows “erased” in its place."
    ),
    "erase 3fXk",
)
def erase(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=_("What you wrote."))],
) -> None:
    with entered(ctx) as room:
        found = refs.event(room.reading(), ref)
        event = room.sign(EraseOwn(found))
        tell(ctx, [_("Your words are erased.")], {"id": event, "event": found})
