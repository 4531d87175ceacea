"""How a device comes to read at a node for a while: it signs a nonce, and gets a pass. A program
shows the pass with each request; a browser keeps it as a cookie that no script sees, so pages can
be read without one. A cookie also comes along where another site's page sends somebody's browser,
so what is asked with one must have been asked by our own pages. Rules H6, H7 and H18 of
docs/protocol.md."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from goround.ids import CollectiveId, DeviceId
from goround.log.proofs import proves_card, proves_session
from goround.node.replica import Replica
from goround.sentences import _
from goround.web.bodies import JSON, Bodies
from goround.web.limits import Bounds, Rates
from goround.web.passes import NONCE_LASTS, PASS_LASTS, Nonces, Passes
from goround.web.problems import Denied, nothing_here, too_fast
from goround.web.readers import shown_to
from goround.web.shelf import Shelf
from goround.web.turns import Turns

LARGEST_QUESTION = 4096
"""Bytes of a body that asks for a session."""
COOKIE_LASTS = 30 * 24 * 60 * 60
"""Seconds in which a browser keeps a cookie; the node forgets the pass long before."""
SAFE = {"GET", "HEAD"}

Answer = TypeVar("Answer")


class Answered(msgspec.Struct, frozen=True):
    """How a device asks for a session: the nonce that it was given, signed (H7)."""

    device: str
    nonce: str
    proof: str
    cookie: bool = False


class Sessions:
    """The sessions of one process, and who asks in them."""

    def __init__(self, shelf: Shelf, origin: str, bodies: Bodies, bounds: Bounds) -> None:
        self.shelf = shelf
        self.origin = origin
        self._bodies = bodies
        self._nonces = Nonces()
        self._passes = Passes()
        self._by_device = Rates(bounds.by_device)
        self.turns = Turns(bounds.time_by_device)
        self._is_secure = origin.startswith("https://")
        self.cookie = "__Secure-goround" if self._is_secure else "goround"

    # The addresses.

    async def nonce(self, request: Request) -> Response:
        """Give something to sign (H6)."""
        collective = self.collective(request)
        drawn = {"nonce": self._nonces.draw(collective), "lasts": NONCE_LASTS}
        return Response(msgspec.json.encode(drawn), media_type=JSON)

    async def open(self, request: Request) -> Response:
        """Give a device that signed its nonce a pass (H7)."""
        collective = self.collective(request)
        async with self._bodies.read(request, JSON, LARGEST_QUESTION) as body:
            asked = _read_answer(body)
        device, nonce = DeviceId(asked.device), self._nonces.read(collective, asked.nonce)
        if not proves_session(device, collective, nonce, self.origin, asked.proof):
            raise self._wrong_proof()
        self._nonces.spend(nonce)
        await self.with_replica(
            collective, lambda replica: shown_to(replica.replay, device) and None
        )
        word = self._passes.give(collective, device)
        given = {"token": word, "lasts": PASS_LASTS}
        answer = Response(msgspec.json.encode(given), 201, media_type=JSON)
        if asked.cookie:
            self._set_cookie(answer, collective, word)
        return answer

    async def end(self, request: Request) -> Response:
        """Forget a pass, and let the browser forget it (H18)."""
        collective = self.collective(request)
        word = self._shown(request)
        if word:
            self._passes.forget(word)
        answer = Response(status_code=204)
        answer.delete_cookie(
            self.cookie, path=f"/c/{collective}", secure=self._is_secure, httponly=True
        )
        return answer

    def _set_cookie(self, answer: Response, collective: CollectiveId, word: str) -> None:
        answer.set_cookie(
            self.cookie,
            word,
            max_age=COOKIE_LASTS,
            path=f"/c/{collective}",
            secure=self._is_secure,
            httponly=True,
            samesite="lax",
        )

    # What every address asks.

    def collective(self, request: Request) -> CollectiveId:
        """Return the collective that an address names; raises Denied where it is not kept here."""
        named: str = request.path_params["collective"]
        if not self.shelf.has(named):
            raise nothing_here()
        return CollectiveId(named)

    def reader(self, request: Request) -> tuple[CollectiveId, DeviceId]:
        """Tell which device asks, or raise Denied."""
        collective = self.collective(request)
        device = self._passes.holder(self._shown(request), collective)
        check_rate(self._by_device, device)
        self._by_device.take(device)
        return collective, device

    def count(self, device: DeviceId, requests: float) -> None:
        """Count what a device asked for as so many requests more."""
        self._by_device.take(device, requests)

    def is_open(self, request: Request, collective: CollectiveId) -> bool:
        """Tell whether the pass that came with a request still opens, without using it."""
        return self._passes.opens(self._shown(request), collective)

    def _shown(self, request: Request) -> str:
        """Return the pass that came along: in a header, or as a cookie from one of our pages."""
        if "authorization" in request.headers:
            (word,) = credentials(request, "bearer", 1)
            return word
        word = request.cookies.get(self.cookie, "")
        if word and request.method not in SAFE and not self._is_ours(request):
            raise Denied(403, "cross-site", _("This was not asked by a page of this node."))
        return word

    def _is_ours(self, request: Request) -> bool:
        """Tell whether a browser says that a page of ours asks this."""
        asked_by = request.headers.get("origin")
        if asked_by is not None:
            return asked_by == self.origin
        return request.headers.get("sec-fetch-site") == "same-origin"

    def invited(self, request: Request, collective: CollectiveId) -> DeviceId:
        """Return the key of the invitation that whoever asks holds, or raise Denied (H8)."""
        key, nonce, proof = credentials(request, "goround", 3)
        read = self._nonces.read(collective, nonce)
        if not proves_card(DeviceId(key), collective, read, self.origin, proof):
            raise self._wrong_proof()
        self._nonces.spend(read)
        return DeviceId(key)

    def _wrong_proof(self) -> Denied:
        sentence = _("This was not signed for {origin}, or not by this key.")
        return Denied(401, "proof", sentence.format(origin=self.origin))

    async def with_replica(
        self, collective: CollectiveId, do: Callable[[Replica], Answer]
    ) -> Answer:
        """Do something with a replica in a thread: the disk is waited for there."""
        return await run_in_threadpool(self.held, collective, do)

    def held(self, collective: CollectiveId, do: Callable[[Replica], Answer]) -> Answer:
        """Do something with a replica, in this thread."""
        with self.shelf.taken(collective) as replica:
            return do(replica)


def _read_answer(body: bytes) -> Answered:
    try:
        return msgspec.json.decode(body, type=Answered)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        sentence = "A session is asked for with device, nonce and proof."
        raise Denied(400, "session-request", sentence) from None


def credentials(request: Request, scheme: str, parts: int) -> list[str]:
    """Take apart what came as Authorization: a scheme, and words with dots between them."""
    given, _space, rest = request.headers.get("authorization", "").partition(" ")
    words = rest.strip().split(".")
    if given.lower() != scheme or len(words) != parts or not all(words):
        shown = {"WWW-Authenticate": scheme.capitalize()}
        raise Denied(401, "session", f"This needs an Authorization of kind {scheme}.", shown)
    return words


def check_rate(rates: Rates, who: str) -> None:
    """Raise Denied where somebody asks for too much."""
    wait = rates.wait(who)
    if wait:
        raise too_fast(wait)
