"""What a node answers about one collective, one function per address. Each reads its request within
bounds, hands it to the replica in a thread, and writes what came of it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from goround.collective.reasons import Reason
from goround.errors import NotGenuine
from goround.ids import CollectiveId, DeviceId, EventId
from goround.log.bundle import LARGEST_LINE, decode_line
from goround.log.event import Event
from goround.log.proofs import proves_card, proves_session
from goround.node.replica import Replica
from goround.pages.card import card as draw_card
from goround.pages.state import state_bytes
from goround.sentences import _
from goround.sync.messages import EQUAL, LARGEST_MESSAGE
from goround.sync.session import answer
from goround.web.bodies import JSON, LINES, Bodies
from goround.web.limits import Bounds, Rates
from goround.web.passes import NONCE_LASTS, PASS_LASTS, Nonces
from goround.web.problems import Denied, nothing_here
from goround.web.readers import shown_to, taken_from
from goround.web.rooms import COOKIE, Room, part_of

MOST_LINES = 100
COUNTS_AS_ONE = 256 * 1024
"""Bytes of a message that count as one more request."""
LARGEST_QUESTION = 4096
"""Bytes of a body that asks for a session."""

Json = dict[str, Any]
Answer = TypeVar("Answer")


class Answered(msgspec.Struct, frozen=True):
    """How a device asks for a session: the nonce that it was given, signed (H7)."""

    device: str
    nonce: str
    proof: str
    cookie: bool = False


class Resources:
    """The addresses under /c/{collective} of one node."""

    def __init__(self, room: Room, bodies: Bodies, bounds: Bounds) -> None:
        self._shelf = room.shelf
        self._origin = room.origin
        self._bodies = bodies
        self._nonces = Nonces()
        self._passes = room.passes
        self._by_device = Rates(bounds.by_device)
        self._events_by_device = Rates(bounds.events_by_device)

    # Handing over.

    async def events(self, request: Request) -> Response:
        """Take signed events from anybody whose device is known, or becomes so (H1 to H5)."""
        collective = self._collective(request)
        body = await self._bodies.read(request, LINES, LARGEST_LINE)
        events = _read_lines(body)
        for device in {event.header.device for event in events}:
            _check_rate(self._events_by_device, device)

        def receive(replica: Replica) -> tuple[int, list[Json]]:
            receipt = replica.receive(events)
            replica.tend()
            rows = [_became(event.id, receipt.void) for event in events]
            return (201 if receipt.new else 200), rows

        status, rows = await self._with(collective, receive)
        for event in events:
            self._events_by_device.take(event.header.device)
        alone = rows[0] if len(rows) == 1 else {}
        return _json({"events": rows, **alone}, status)

    async def sync(self, request: Request) -> Response:
        """Say one thing in a conversation between replicas (H10)."""
        collective, device = self._reader(request)
        raw = await self._bodies.read(request, LINES, LARGEST_MESSAGE)
        self._by_device.take(device, len(raw) / COUNTS_AS_ONE)

        def converse(replica: Replica) -> bytes:
            part = shown_to(replica.replay, device)
            return answer(replica, raw, part, taken_from(replica.replay, device, part))

        said = await self._with(collective, converse)
        return Response(status_code=204) if said == EQUAL else Response(said, media_type=LINES)

    # Reading.

    async def state(self, request: Request) -> Response:
        """Give everything that follows from what was said (H9)."""
        collective, device = self._reader(request)

        def fold(replica: Replica) -> bytes:
            shown = shown_to(replica.replay, device)
            return state_bytes(part_of(replica, shown), device)

        return Response(await self._with(collective, fold), media_type=JSON)

    async def card(self, request: Request) -> Response:
        """Give whoever holds an invitation what they need to accept it (H8)."""
        collective = self._collective(request)
        key = self._invited(request, collective)

        def draw(replica: Replica) -> Json | None:
            return draw_card(replica.reading(), key)

        drawn = await self._with(collective, draw)
        if drawn is None:
            raise Denied(403, "not-invited", _("No invitation of this collective has this key."))
        return _json(drawn)

    def _invited(self, request: Request, collective: CollectiveId) -> DeviceId:
        key, nonce, proof = _credentials(request, "goround", 3)
        read = self._nonces.read(collective, nonce)
        if not proves_card(DeviceId(key), collective, read, self._origin, proof):
            raise self._wrong_proof()
        self._nonces.spend(read)
        return DeviceId(key)

    # Sessions.

    async def nonce(self, request: Request) -> Response:
        """Give something to sign (H6)."""
        collective = self._collective(request)
        return _json({"nonce": self._nonces.draw(collective), "lasts": NONCE_LASTS})

    async def session(self, request: Request) -> Response:
        """Give a device that signed its nonce a pass (H7)."""
        collective = self._collective(request)
        asked = _read_answer(await self._bodies.read(request, JSON, LARGEST_QUESTION))
        device, nonce = DeviceId(asked.device), self._nonces.read(collective, asked.nonce)
        if not proves_session(device, collective, nonce, self._origin, asked.proof):
            raise self._wrong_proof()
        self._nonces.spend(nonce)
        await self._with(collective, lambda replica: shown_to(replica.replay, device) and None)
        token = self._passes.give(collective, device)
        given = _json({"token": token, "lasts": PASS_LASTS}, 201)
        if asked.cookie:
            given.set_cookie(
                COOKIE,
                token,
                max_age=PASS_LASTS,
                path=f"/c/{collective}",
                secure=self._origin.startswith("https://"),
                httponly=True,
                samesite="lax",
            )
        return given

    def _wrong_proof(self) -> Denied:
        sentence = _("This was not signed for {origin}, or not by this key.")
        return Denied(401, "proof", sentence.format(origin=self._origin))

    def _reader(self, request: Request) -> tuple[CollectiveId, DeviceId]:
        collective = self._collective(request)
        (word,) = _credentials(request, "bearer", 1)
        device = self._passes.holder(word, collective)
        _check_rate(self._by_device, device)
        self._by_device.take(device)
        return collective, device

    # What all of them need.

    def _collective(self, request: Request) -> CollectiveId:
        collective: str = request.path_params["collective"]
        if not self._shelf.has(collective):
            raise nothing_here()
        return CollectiveId(collective)

    async def _with(self, collective: CollectiveId, do: Callable[[Replica], Answer]) -> Answer:
        """Do something with a replica in a thread: the disk is waited for there."""

        def run() -> Answer:
            with self._shelf.taken(collective) as replica:
                return do(replica)

        return await run_in_threadpool(run)


Handler = Callable[[Request], Awaitable[Response]]


def _json(body: Json, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type=JSON)


def _read_lines(body: bytes) -> list[Event]:
    lines = body.splitlines()
    if not lines:
        raise NotGenuine("line", "There is no event in this.")
    if len(lines) > MOST_LINES:
        raise Denied(413, "too-many", f"At most {MOST_LINES} events go into one request.")
    return [decode_line(line) for line in lines]


def _became(event: EventId, void: Mapping[EventId, Reason]) -> Json:
    reason = void.get(event)
    return {"id": event} | ({"void": reason.value, "detail": _(reason.sentence)} if reason else {})


def _read_answer(body: bytes) -> Answered:
    try:
        return msgspec.json.decode(body, type=Answered)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        sentence = "A session is asked for with device, nonce and proof."
        raise Denied(400, "session-request", sentence) from None


def _credentials(request: Request, scheme: str, parts: int) -> list[str]:
    """Take apart what came as Authorization: a scheme, and words with dots between them."""
    given, _space, rest = request.headers.get("authorization", "").partition(" ")
    words = rest.strip().split(".")
    if given.lower() != scheme or len(words) != parts or not all(words):
        shown = {"WWW-Authenticate": scheme.capitalize()}
        raise Denied(401, "session", f"This needs an Authorization of kind {scheme}.", shown)
    return words


def _check_rate(rates: Rates, who: str) -> None:
    wait = rates.wait(who)
    if wait:
        raise too_fast(wait)


def too_fast(wait: int) -> Denied:
    """Say how long to wait."""
    sentence = _("This is too much at once; try again in {wait} s.").format(wait=wait)
    return Denied(429, "too-fast", sentence, {"Retry-After": str(wait)})
