"""Moving events between homes in a file, and checking each of them."""

from pathlib import Path
from typing import Annotated

import typer

from goround.cli import news
from goround.cli.app import app, command, here
from goround.cli.forks import proof_in, tell_of_proof
from goround.cli.out import tell
from goround.cli.passphrases import PassphraseFile, asking, new_passphrase
from goround.cli.room import entered
from goround.errors import MissingParents, Refused, Unreachable
from goround.ids import CollectiveId, EventId
from goround.log.bundle import Bundle
from goround.log.event import Event
from goround.log.history import check_every
from goround.node.copies import Kind, note_copy, note_read
from goround.node.exchange import ask_first
from goround.node.home import Home
from goround.node.joining import is_interrupted
from goround.node.replica import Replica
from goround.node.wanting import read_want, wanted, write_want
from goround.replay import Replay
from goround.sentences import _, ngettext
from goround.sync import bundle_file

bundle = typer.Typer(rich_markup_mode=None, help=_("Carry a whole collective in a file."))
app.add_typer(bundle, name="bundle")

SHOWN = 3
"""How many ids are named."""

File = Annotated[Path, typer.Argument(metavar="FILE", help=_("The file."))]


@command(
    _(
        "Write the whole collective into a file. It is for a stick, a backup, or somebody without "
        "a net."
    ),
    "bundle write bread.bundle",
    "bundle write bread.bundle --passphrase",
    "bundle write for-ben.bundle --since ben.want",
    to=bundle,
)
def write(
    ctx: typer.Context,
    file: File,
    passphrase: Annotated[
        bool,
        typer.Option(
            "--passphrase",
            help=_("Encrypt it: you are asked for a passphrase, without which nobody reads it."),
        ),
    ] = False,
    passphrase_file: PassphraseFile = None,
    since: Annotated[
        Path | None,
        typer.Option(
            help=_(
                "Only what somebody lacks: a file in which they said what they hold (goround "
                "bundle want), or a bundle that they wrote."
            )
        ),
    ] = None,
) -> None:
    with entered(ctx) as room:
        replica = room.replica
        ids = None if since is None else _lacked(replica, since)
        is_locked = passphrase or passphrase_file is not None
        key = new_passphrase(passphrase_file) if is_locked else None
        count = len(replica.graph) if ids is None else len(ids)
        events = replica.everything() if ids is None else replica.events(ids)
        bundle_file.write(file, replica.collective, events, key)
        if ids is None:
            note_copy(replica, Kind.FILE, room.home.clock())
        data = {"file": str(file), "collective": replica.collective, "events": count}
        tell(ctx, _wrote(file, count, is_locked=is_locked), {**data, "encrypted": is_locked})


def _lacked(replica: Replica, since: Path) -> list[EventId]:
    found = wanted(replica, read_want(since, replica, asking(of=since)))
    if not found:
        raise Refused(_("They hold all that is here: there is nothing to write."))
    return found


def _wrote(file: Path, count: int, *, is_locked: bool) -> list[str]:
    line = ngettext("Wrote {count} event to {file}.", "Wrote {count} events to {file}.", count)
    locked = _("It is encrypted. Nobody can read it without the passphrase, nor find that out.")
    return [line.format(count=count, file=file), *([locked] if is_locked else [])]


@command(
    _(
        "Say in a small file what this home holds. Whoever is given it writes you what you lack: "
        "goround bundle write FILE --since THIS-FILE."
    ),
    "bundle want ben.want",
    to=bundle,
)
def want(ctx: typer.Context, file: File) -> None:
    with entered(ctx) as room:
        write_want(file, room.replica)
        line = _("Wrote to {file} what you hold. It names no words, and no secret.")
        data = {"file": str(file), "collective": room.replica.collective}
        tell(ctx, [line.format(file=file)], data)


@command(
    _(
        "Take in everything from a file, all of it or nothing. A collective that this home does "
        "not have becomes a copy here, which can be read."
    ),
    "bundle read bread.bundle",
    to=bundle,
)
def read(
    ctx: typer.Context,
    file: File,
    passphrase_file: PassphraseFile = None,
) -> None:
    home, found = here(ctx).home, bundle_file.read(file, asking(passphrase_file))
    try:
        replica, before = _replica_for(home, found)
        told = news.known(replica)
        replica.receive(found.events, strangers=True)
    except MissingParents as error:
        raise _resting(home, found.collective, file, error) from None
    ask_first(home, replica)
    signed = replica.tend()
    note_read(replica, found.events, home.clock())
    fresh = len(replica.graph) - before - len(signed)
    line = ngettext("{count} event was new.", "{count} events were new.", fresh)
    brought = news.since(told, replica, here(ctx).typed("goround log"))
    data = {"collective": replica.collective, "received": fresh, "signed": len(signed)}
    tell(ctx, [line.format(count=fresh), *brought], data | {"news": brought})
    replica.close()


def _resting(
    home: Home, collective: CollectiveId, file: Path, error: MissingParents
) -> Unreachable:
    """Say what a file lacks, and how that comes here first."""
    first = (
        _("Sync with somebody who has it (goround sync ADDRESS)")
        if home.keyring(collective).device
        else _(
            "Let somebody who has it write everything into a file, and read that here first "
            "(goround bundle read FILE)"
        )
    )
    line = ngettext(
        "{file} rests on something that is not here ({ids}), so nothing of it was taken. {first}, "
        "then read this one again.",
        "{file} rests on {count} things that are not here ({ids}), so nothing of it was taken. "
        "{first}, then read this one again.",
        len(error.missing),
    )
    ids = ", ".join(error.missing[:SHOWN])
    return Unreachable(line.format(file=file, count=len(error.missing), ids=ids, first=first))


def _replica_for(home: Home, found: Bundle) -> tuple[Replica, int]:
    """Open the collective, or make a copy; a copy whose key is here already was restored.

    Not so where somebody is still joining: their device has said nothing but that, once.
    """
    if found.collective in home.collectives():
        replica = home.replica(found.collective)
        return replica, len(replica.graph)
    _check_whole(found.collective, found.events)
    has_spoken = home.keyring(found.collective).device is not None
    is_restored = has_spoken and not is_interrupted(home, found.collective)
    return home.new_replica(found.collective, found.events, restored=is_restored), 0


def _check_whole(collective: CollectiveId, events: list[Event]) -> None:
    """Raise before a file is made of events that do not fit together, or that found nothing."""
    replay = Replay.of(collective)
    replay.add_all(events)
    replay.view()


@command(
    _(
        "Check each signature, here or in a file. Of the first bad one it says what is wrong. A "
        "proof that somebody sent (goround forks) is checked too: it needs nothing else."
    ),
    "verify",
    "verify bread.bundle",
    "verify proof.txt",
)
def verify(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=_("A file; else this collective."))
    ] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    proof = proof_in(file) if file else None
    if proof:
        tell_of_proof(ctx, proof)
        return
    if file:
        found = bundle_file.read(file, asking(passphrase_file))
        collective, events = found.collective, found.events
        _check_whole(collective, events)
    else:
        with entered(ctx) as room:
            collective, events = room.replica.collective, list(room.replica.everything())
    check_every(events)
    line = ngettext(
        "{count} event, and its signature is genuine.",
        "{count} events, and every signature is genuine.",
        len(events),
    )
    data = {"collective": collective, "events": len(events), "genuine": True}
    tell(ctx, [line.format(count=len(events))], data)
