"""What a node answers about one collective, one function per address. Each reads its request within
bounds, hands it to the replica in a thread, and writes what came of it."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from goround.collective.reasons import Reason
from goround.errors import NotGenuine
from goround.ids import EventId
from goround.log.bundle import LARGEST_LINE, decode_line
from goround.log.event import Event
from goround.node.copies import Kind, note_copy
from goround.node.replica import Replica
from goround.pages.card import card as draw_card
from goround.pages.state import state_parts
from goround.sentences import _
from goround.sync.messages import EQUAL, LARGEST_MESSAGE, Message, decode_message
from goround.sync.origins import is_loopback
from goround.sync.packing import WORTH_IT, pack
from goround.sync.session import reply
from goround.web.bodies import JSON, LINES, Bodies
from goround.web.checking import LARGEST_DRAFT, check, read_draft
from goround.web.group_commit import GroupCommit
from goround.web.limits import Bounds, Rates
from goround.web.live import Live
from goround.web.problems import Denied
from goround.web.readers import shown_to, taken_from
from goround.web.rooms import Room, part_of, without_erased
from goround.web.sessions import check_rate

MOST_LINES = 100
COUNTS_AS_ONE = 256 * 1024
"""Bytes of a message and its answer that count as one more request."""

Json = dict[str, Any]


class Resources:
    """The addresses under /c/{collective} of one node."""

    def __init__(self, room: Room, live: Live, bodies: Bodies, bounds: Bounds) -> None:
        self._sessions = room.sessions
        self._commits = GroupCommit(room.shelf, live)
        self._live = live
        self._clock = room.clock
        self._bodies = bodies
        self._events_by_device = Rates(bounds.events_by_device)

    # Handing over.

    async def events(self, request: Request) -> Response:
        """Take signed events from anybody whose device is known, or becomes so (H1 to H5)."""
        collective = self._sessions.collective(request)
        async with self._bodies.read(request, LINES, LARGEST_LINE) as body:
            events = _read_lines(body)
            for device in {event.header.device for event in events}:
                check_rate(self._events_by_device, device)
            receipt = await self._commits.hand_over(collective, events)
        for event in events:
            self._events_by_device.take(event.header.device)
        rows = [_became(event.id, receipt.void) for event in events]
        alone = rows[0] if len(rows) == 1 else {}
        return _json({"events": rows, **alone}, 201 if receipt.new else 200)

    async def sync(self, request: Request) -> Response:
        """Say one thing in a conversation between replicas (H10)."""
        collective, device = self._sessions.reader(request)
        kind = _kind_of_copy(request)

        def converse(replica: Replica, message: Message) -> bytes:
            part = shown_to(replica.replay, device)
            said = reply(replica, message, part, taken_from(replica.replay, device, part))
            if said == EQUAL and part is None:
                note_copy(replica, kind, self._clock(), device)
            return said

        def answer(raw: bytes) -> tuple[int, Response]:
            message = decode_message(collective, raw)  # looks at signatures, and holds up nobody
            said = self._sessions.held(collective, lambda replica: converse(replica, message))
            return len(said), _message(request, said)

        async with self._bodies.read(request, LINES, LARGEST_MESSAGE) as raw:
            size, answered = await self._sessions.turns.take(request, device, lambda: answer(raw))
        self._sessions.count(device, (len(raw) + size) / COUNTS_AS_ONE)
        self._live.stir(collective)
        return answered

    async def check(self, request: Request) -> Response:
        """Say whether something would be refused, before it is signed (H19)."""
        collective, device = self._sessions.reader(request)
        async with self._bodies.read(request, JSON, LARGEST_DRAFT) as body:
            asked = read_draft(body)
        now = self._clock()

        def checked(replica: Replica) -> None:
            check(replica, device, asked, now)

        sessions = self._sessions
        await sessions.turns.take(request, device, lambda: sessions.held(collective, checked))
        return Response(status_code=204)

    # Reading.

    async def state(self, request: Request) -> Response:
        """Give everything that follows from what was said (H9)."""
        collective, device = self._sessions.reader(request)

        def begin(replica: Replica) -> Iterator[bytes]:
            part = part_of(replica, shown_to(replica.replay, device))
            return without_erased(replica.replay, part, state_parts(part, device))

        sessions = self._sessions
        folded = await sessions.turns.take(
            request, device, lambda: sessions.shelf.written(collective, begin)
        )
        return Response(folded, media_type=JSON)

    async def card(self, request: Request) -> Response:
        """Give whoever holds an invitation what they need to accept it (H8)."""
        collective = self._sessions.collective(request)
        key = self._sessions.invited(request, collective)

        def draw(replica: Replica) -> Json | None:
            return draw_card(replica.reading(), key)

        drawn = await self._sessions.with_replica(collective, draw)
        if drawn is None:
            raise Denied(403, "not-invited", _("No invitation of this collective has this key."))
        return _json(drawn)


def _kind_of_copy(request: Request) -> Kind:
    """Tell whether whoever asks has a copy elsewhere, or on the machine of this node."""
    client = request.client.host if request.client else ""
    return Kind.HERE if is_loopback(client) else Kind.ELSEWHERE


def _message(request: Request, said: bytes) -> Response:
    """Answer with a message, packed where whoever asks unpacks it and that is worth it (H12)."""
    if said == EQUAL:
        return Response(status_code=204)
    if len(said) < WORTH_IT or "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(said, media_type=LINES)
    return Response(pack(said), media_type=LINES, headers={"Content-Encoding": "gzip"})


def _json(body: Json, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type=JSON)


def _read_lines(body: bytes) -> list[Event]:
    lines = body.removesuffix(b"\n").split(b"\n", MOST_LINES) if body else []
    if not lines:
        raise NotGenuine("line", "There is no event in this.")
    if len(lines) > MOST_LINES:
        raise Denied(413, "too-many", f"At most {MOST_LINES} events go into one request.")
    return [decode_line(line) for line in lines]


def _became(event: EventId, void: Mapping[EventId, Reason]) -> Json:
    reason = void.get(event)
    return {"id": event} | ({"void": reason.value, "detail": _(reason.sentence)} if reason else {})
