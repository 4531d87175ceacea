"""A new collective that begins in somebody's browser: its first event comes here, and the node
keeps the collective from then on, without a key of its own. The event is judged as every replica
judges it before anything is written, and names are looked at as in a terminal. Rule H16 of
docs/protocol.md."""

from threading import Lock

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from goround.errors import NotGenuine, Refused
from goround.ids import CollectiveId
from goround.log.bundle import LARGEST_LINE, decode_line
from goround.log.event import Event
from goround.log.history import check_every
from goround.node.home import Home, check_names
from goround.replay import Replay
from goround.sentences import _
from goround.web.bodies import JSON, LINES, Bodies
from goround.web.problems import Denied
from goround.web.rights import FoundingRight
from goround.web.shelf import Shelf
from goround.wire import text_of


class Beginnings:
    """Takes in the founding events of new collectives."""

    def __init__(self, home: Home, shelf: Shelf, bodies: Bodies, right: FoundingRight) -> None:
        self._home = home
        self._shelf = shelf
        self._bodies = bodies
        self._right = right
        self._one_at_a_time = Lock()

    async def found(self, request: Request) -> Response:
        """Keep a new collective: 201, or 200 where it is kept here already."""
        self._right.check(request.headers.get("authorization", ""))
        async with self._bodies.read(request, LINES, LARGEST_LINE) as body:
            event = _read(body)
        status = await run_in_threadpool(self._keep, event)
        body = msgspec.json.encode({"id": event.id})
        return Response(body, status, media_type=JSON)

    def _keep(self, event: Event) -> int:
        collective = _judged(event)
        with self._one_at_a_time:
            if self._shelf.has(collective):
                return 200
            self._right.check_count()
            self._home.new_replica(collective, [event]).close()
            self._right.use()
        return 201


def _read(body: bytes) -> Event:
    lines = body.removesuffix(b"\n").split(b"\n", 1)
    if not body or len(lines) != 1:
        raise NotGenuine("line", _("A collective is founded by one event, on one line."))
    event = decode_line(lines[0])
    check_every([event])
    return event


def _judged(event: Event) -> CollectiveId:
    """Return the collective that an event founds; raises Denied or NotGenuine."""
    if event.header.collective:
        raise Denied(422, "not-the-founding", _("This event belongs to a collective already."))
    collective = CollectiveId(event.id)
    replay = Replay.of(collective)
    replay.add(event)
    reason = replay.void(event.id)
    if reason:
        raise Denied(422, reason.value, _(reason.sentence))
    words = replay.words(event.id)
    try:
        check_names(text_of(words, "name"), text_of(words, "person"))
    except Refused as refused:
        raise Denied(422, "name", str(refused)) from None
    return collective
