"""Whether a home is well: everything that somebody who looks after it would want to know, found by
looking and not by changing. A collective is opened as any command opens it, each signature in it is
checked, and what follows from it is asked as pages ask it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from goround.errors import Damaged, FromNewerGoround, NotACollective, NotGenuine, Unreachable
from goround.log.history import check_every
from goround.node import housing
from goround.node.copies import known_copies, second_copy
from goround.pages import wellbeing
from goround.pages.finding import Finding, State, attention, fine
from goround.pages.history import chosen
from goround.pages.names import collective_name
from goround.pages.reading import SHORT
from goround.sentences import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goround.errors import GoroundError
    from goround.ids import CollectiveId
    from goround.node.home import Home
    from goround.node.replica import Replica
    from goround.pages.reading import Reading


class Looked(NamedTuple):
    """What was found about one collective; about the home itself, where there is no id."""

    collective: CollectiveId | None
    name: str
    findings: list[Finding]


def look_at(home: Home, wanted: list[CollectiveId]) -> Iterator[Looked]:
    """Look at these collectives, one after the other, and then at what they are kept in."""
    was_left_open = {name: housing.was_left_open(home, name) for name in wanted}
    for collective in wanted:
        yield _look_into(home, collective, left_open=was_left_open[collective])
    yield Looked(None, str(home.path), housing.findings(home))


def _look_into(home: Home, collective: CollectiveId, *, left_open: bool) -> Looked:
    try:
        replica = home.replica(collective)
    except Unreachable as error:
        return Looked(collective, collective[:SHORT], [_unread(home.file(collective), error)])
    try:
        return Looked(
            collective,
            collective_name(replica.reading()),
            [_whole(replica), *_left_open(left_open=left_open), *_inside(home, replica)],
        )
    finally:
        replica.close()


def _unread(file: Path, error: GoroundError) -> Finding:
    match error:
        case FromNewerGoround():
            to_do = _("Use the newer Goround; this file is left as it is.")
        case Damaged() | NotACollective() | NotGenuine():
            line = _(
                "First save what can be read of it: {salvage} – that says what comes next: move "
                "the file away, read what was saved, and get the rest from somebody who has the "
                "collective. Copy no keys."
            )
            to_do = line.format(salvage=f"goround salvage {shlex.quote(str(file))}")
        case _:
            to_do = _("Leave the file where it is, see to that, and look again: goround doctor")
    return Finding("whole", State.UNREAD, str(error), to_do)


def _whole(replica: Replica) -> Finding:
    """Look through the file, check each signature, and whether words miss that nobody erased."""
    try:
        replica.store.look_through()
        check_every(event for _row, event in replica.store.since())
    except (NotGenuine, Unreachable) as error:
        return _unread(replica.store.path, error)
    count, bare = len(replica.graph), len(replica.bare())
    if not bare:
        return fine("whole", _genuine(count, len(chosen(replica.reading(), "themselves", ""))))
    says = ngettext(
        "The words of {bare} event are missing here.",
        "The words of {bare} events are missing here.",
        bare,
    )
    to_do = _("Sync with somebody who has them: goround sync ADDRESS.")
    return attention("whole", says.format(bare=bare), to_do)


def _genuine(count: int, by_themselves: int) -> str:
    """Say how many events are here, and why `log` shows fewer."""
    says = ngettext(
        "{count} event is here, and genuine.",
        "All {count} events are here, and each is genuine.",
        count,
    )
    more = ngettext(
        "{count} of them a device signed by itself, and is shown by log --all alone.",
        "{count} of them devices signed by themselves, and are shown by log --all alone.",
        by_themselves,
    )
    parts = [says.format(count=count)]
    return " ".join(parts + ([more.format(count=by_themselves)] if by_themselves else []))


def _left_open(*, left_open: bool) -> Iterator[Finding]:
    if left_open:
        says = _("A program ended while it had this open; all that was acknowledged is still here.")
        yield fine("left-open", says)


def _inside(home: Home, replica: Replica) -> Iterator[Finding]:
    """Yield what follows from what was said; about people only to one of them."""
    reading, now = replica.reading(), home.clock()
    yield _copies(home, replica, reading)
    if replica.restored.is_noticed and not replica.is_forked:
        yield _restored()
    yield from wellbeing.histories(reading, replica.device)
    yield wellbeing.clock(reading, replica.device, now)
    if reading.me in reading.view.epoch.members:
        if len(reading.view.epoch.members) > 1:
            yield wellbeing.people(reading, now)
        yield wellbeing.devices(reading)


def _copies(home: Home, replica: Replica, reading: Reading) -> Finding:
    try:
        places = home.places(replica.collective).all()
    except Unreachable as error:
        says = _("Where else this collective lives cannot be read, so no place is called.")
        return attention("copy", says, str(error))
    return second_copy(reading, known_copies(replica, places), home.clock())


def _restored() -> Finding:
    says = _(
        "This home was copied, or put back to something older, or a copy of it is in use: its "
        "device may have said more than is known here, and signs nothing."
    )
    to_do = _(
        "Let a new device in, from one of yours that still speaks; or, if no copy is in use and "
        "nobody has heard anything newer of this one: goround device go-on"
    )
    return attention("restored", says, to_do)
