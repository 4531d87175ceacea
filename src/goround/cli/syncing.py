"""Becoming equal over a network: with the node at an address, or with every place that is known."""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from goround.cli import news
from goround.cli.app import command, here
from goround.cli.fingerprints import Fingerprint, compare
from goround.cli.guidance import waits_for_you
from goround.cli.out import tell
from goround.cli.progress import progress
from goround.cli.room import Room, entered
from goround.errors import BadUse, GoroundError, Unreachable
from goround.node.exchange import Exchange, ask_first, become_equal_at, check_not_forked
from goround.node.signing import PUT_BACK
from goround.pages.joining import has_to_ask
from goround.sentences import _

if TYPE_CHECKING:
    from goround.node.home import Home
    from goround.sync.http import Peer
    from goround.sync.session import Tell

ROUNDS = 2
"""How often all are asked: what the last one had, the first one does not have yet."""


class Visit(NamedTuple):
    """How it went at one address, or why it did not."""

    address: str
    done: Exchange | None
    why: str = ""


@command(
    _(
        "Become equal with a node, or with all places. You fetch what you lack, sign what carries "
        "no opinion, and hand over what it lacks. The node is a place from then on (goround "
        "places); without an address it is done with each place that is known."
    ),
    "sync http://127.0.0.1:8420",
    "sync",
)
def sync(
    ctx: typer.Context,
    url: Annotated[
        str | None,
        typer.Argument(metavar="[URL]", help=_("The node's address; else all known places.")),
    ] = None,
    fingerprint: Fingerprint = None,
) -> None:
    if url is None and fingerprint is not None:
        raise BadUse(_("A fingerprint is that of one node: say its address too."))
    if url is not None:
        compare(ctx, url, fingerprint)
    with entered(ctx) as room:
        before = news.known(room.replica)
        ask_first(room.home, room.replica)
        with progress(ctx) as tell_how_far:
            if url is None:
                lines, data = _with_all(room, tell_how_far)
            else:
                lines, data = _with_one(room, url, tell_how_far)
        brought = news.since(before, room.replica, here(ctx).typed("goround log"))
        lines += [*brought, *waits_for_you(room.reading())]
        if room.replica.restored.is_noticed:
            lines.append(here(ctx).typed(PUT_BACK))
        asks = has_to_ask(room.reading())
        if asks:
            lines.append(_("Something changed since you accepted: look again, with the same join."))
        tell(ctx, lines, {**data, "news": brought, "asks": asks})


def _with_one(
    room: Room, address: str, tell_how_far: "Tell | None"
) -> tuple[list[str], dict[str, Any]]:
    with _peer(room.home, address) as peer:
        done = become_equal_at(room.home, room.replica, peer, tell_how_far)
        return [_said(done)], {"node": peer.origin, **_counted([done])}


def _said(done: Exchange) -> str:
    line = (
        _("You are equal: {received} came, {sent} went.")
        if done.equal
        else _("{received} came, {sent} went; the node shows or takes only a part.")
    )
    return line.format(received=done.received, sent=done.sent)


def _counted(visits: list[Exchange]) -> dict[str, Any]:
    return {
        "received": sum(done.received for done in visits),
        "sent": sum(done.sent for done in visits),
        "signed": sum(done.signed for done in visits),
        "equal": all(done.equal for done in visits),
    }


def _with_all(room: Room, tell_how_far: "Tell | None") -> tuple[list[str], dict[str, Any]]:
    """Become equal with each place; those that cannot be reached hold up nobody."""
    known = [place.address for place in room.home.places(room.replica.collective).all()]
    if not known:
        raise BadUse(
            _("No place is known here: say with whom, as in goround sync https://bread.example.org")
        )
    visits = {address: _visit(room, address, tell_how_far) for address in known}
    for _round in range(1, ROUNDS):
        visits |= {
            address: _again(room, visits[address], tell_how_far)
            for address in _behind(room, visits)
        }
    done = [visit.done for visit in visits.values() if visit.done]
    if not done:
        check_not_forked(room.replica)  # then somebody was reached, and this is what stopped it
        whys = dict.fromkeys(visit.why for visit in visits.values())
        raise Unreachable(_("No place was reached. {whys}").format(whys=" ".join(whys)))
    rows = [_row(visit) for visit in visits.values()]
    return [_line(visit) for visit in visits.values()], {"places": rows, **_counted(done)}


def _behind(room: Room, visits: dict[str, Visit]) -> list[str]:
    """Name the places that were equal before something came from another one."""
    now = len(room.replica.graph)
    return [v.address for v in visits.values() if v.done and v.done.equal and v.done.events < now]


def _visit(room: Room, address: str, tell_how_far: "Tell | None") -> Visit:
    places = room.home.places(room.replica.collective)
    try:
        with _peer(room.home, address) as peer:
            return Visit(address, become_equal_at(room.home, room.replica, peer, tell_how_far))
    except GoroundError as error:
        places.note_silent(address, str(error), room.home.clock())
        return Visit(address, None, str(error))


def _again(room: Room, first: Visit, tell_how_far: "Tell | None") -> Visit:
    """Hand on what came from elsewhere meanwhile; what was done before counts too."""
    then = _visit(room, first.address, tell_how_far)
    if first.done is None or then.done is None:
        return first
    sums = _counted([first.done, then.done])
    return Visit(first.address, then.done._replace(**sums | {"equal": then.done.equal}))


def _line(visit: Visit) -> str:
    said = _said(visit.done) if visit.done else visit.why
    return _("{address}: {said}").format(address=visit.address, said=said)


def _row(visit: Visit) -> dict[str, Any]:
    if visit.done is None:
        return {"node": visit.address, "why": visit.why}
    return {"node": visit.address, **_counted([visit.done])}


def _peer(home: "Home", address: str) -> "Peer":
    from goround.node.reaching import peer_at  # noqa: PLC0415 - see there

    return peer_at(home, address)
