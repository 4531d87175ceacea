"""The carrier over HTTP, and everything else that a terminal asks of a node. It decides nothing: it
takes bytes to an address, reads no more than is allowed, and says plainly when nobody is there. A
device signs the address that it dialled, so a node cannot use the answer at another node."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from threading import Event as Flag
from threading import Thread
from time import monotonic
from typing import Any, Self

import httpx2
import msgspec

from goround.errors import Broken, GoroundError, NotGenuine, SessionOver, Unreachable
from goround.ids import CollectiveId, decode
from goround.log.bundle import encode_line
from goround.log.event import Event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_card, prove_session
from goround.sync.messages import EQUAL, LARGEST_MESSAGE
from goround.sync.origins import is_of_one_computer, origin_of
from goround.sync.packing import WORTH_IT, pack, unpack
from goround.sync.problem import LONGEST_DETAIL, error_of
from goround.sync.retrying import WAIT, asked_pause, stubbornly
from goround.sync.session import Conversation, Outcome, Replica, converse
from goround.sync.tokens import InMemory, Tokens

LINES = "application/x-ndjson"
JSON = "application/json"
MOST_WAITS = 20
"""How often a node may ask to wait a little, before it is left."""
PATIENCE = 60.0
"""Seconds in which a node that asks to wait has to answer otherwise, and any node to answer."""
SLOWEST = 4096
"""Bytes that have to go or come in every second beyond these."""
LARGEST_PROBLEM = 64 * 1024
"""Bytes of what a node says is wrong."""
NOT_VOUCHED_FOR = (
    "Nobody whom this machine trusts vouches for the node at {origin}. If it is one in your room "
    "(goround serve --lan), add --fingerprint and what its terminal shows."
)

_DIRECTLY: dict[str, httpx2.BaseTransport | None] = {
    "all://127.0.0.1": None,
    "all://[::1]": None,
    "all://localhost": None,
}


class Peer:
    """A node at an address such as http://127.0.0.1:8420; whatever follows the port is ignored."""

    def __init__(
        self,
        address: str,
        *,
        trust: SSLContext | None = None,
        wait: float = WAIT,
        tokens: Tokens | None = None,
        packs: bool | None = None,
    ) -> None:
        self.origin = origin_of(address)
        self._tokens = tokens or InMemory()
        # Between two programs of one machine packing takes longer than it saves.
        self._packs = not is_of_one_computer(self.origin) if packs is None else packs
        self._is_over = Flag()
        try:
            self._client = httpx2.Client(
                base_url=self.origin,
                verify=trust or _usual_trust(self.origin),
                timeout=wait,
                mounts=_DIRECTLY,  # no proxy stands between two programs of one machine
                headers={
                    "Accept-Encoding": "gzip" if self._packs else "identity",
                    "User-Agent": "goround",
                },
            )
        except (httpx2.InvalidURL, ValueError):
            shown = self.origin[:LONGEST_DETAIL]
            raise Unreachable(f"Nothing can be reached at “{shown}”.") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ask nothing more; whoever waits for an answer is told soon that none comes."""
        self._is_over.set()
        self._client.close()

    def is_there(self) -> bool:
        """Tell whether a node answers at this address."""
        try:
            self._ask("GET", "/healthz")
        except GoroundError:
            return False
        return True

    def sync(self, replica: Replica, key: DeviceKey) -> Outcome:
        """Become equal with the node's replica, as the device that has this key.

        Raises Unreachable, Refused by the node, or NotGenuine where it sends rubbish.
        """
        return self.carry(replica.graph.collective, key, converse(replica))

    def carry(
        self, collective: CollectiveId, key: DeviceKey, conversation: Conversation
    ) -> Outcome:
        """Take what a conversation says to the node, and bring what it answers, to the end.

        A connection that breaks on the way is taken up again: whatever is said can be said twice.
        """
        request = next(conversation)
        answer = self._say(collective, key, request)
        while True:
            try:
                request = conversation.send(answer)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome
            say = partial(self._say, collective, key, request)
            answer = stubbornly(say, self._is_over)

    def _say(self, collective: CollectiveId, key: DeviceKey, message: bytes) -> bytes:
        """Say one thing in the session that there is, or in a new one where it is over."""
        kept = self._tokens.get(self.origin, collective, key.public)
        if kept:
            with suppress(SessionOver):
                return self._say_in(kept, collective, message)
        token = self._session(collective, key)
        self._tokens.keep(self.origin, collective, key.public, token)
        return self._say_in(token, collective, message)

    def _say_in(self, token: str, collective: CollectiveId, message: bytes) -> bytes:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": LINES}
        if self._packs and len(message) >= WORTH_IT:
            message, headers["Content-Encoding"] = pack(message), "gzip"
        return self._ask("POST", f"/c/{collective}/sync", message, headers)

    def card(self, collective: CollectiveId, invitation: DeviceKey) -> dict[str, Any]:
        """Read the card of a collective with the key of an invitation link."""
        nonce = self._nonce(collective)
        proof = prove_card(invitation, collective, decode(nonce), self.origin)
        headers = {"Authorization": f"Goround {invitation.public}.{nonce}.{proof}"}
        return self._object(self._ask("GET", f"/c/{collective}/card", b"", headers))

    def called(self, nonce: str, named: str) -> tuple[str, str]:
        """Ask a node nearby who stands behind its certificate: a device, and its proof (H28)."""
        body = msgspec.json.encode({"nonce": nonce, "call": named})
        answer = self._ask("POST", "/nearby", body)
        return self._text(answer, "device"), self._text(answer, "proof")

    def post(self, collective: CollectiveId, events: Sequence[Event]) -> dict[str, Any]:
        """Hand over events without a session, a newcomer's acceptance among them."""
        body = b"".join(encode_line(event) for event in events)
        return self._object(
            self._ask("POST", f"/c/{collective}/events", body, {"Content-Type": LINES})
        )

    def _session(self, collective: CollectiveId, key: DeviceKey) -> str:
        nonce = self._nonce(collective)
        proof = prove_session(key, collective, decode(nonce), self.origin)
        body = msgspec.json.encode({"device": key.public, "nonce": nonce, "proof": proof})
        return self._text(self._ask("POST", f"/c/{collective}/session", body), "token")

    def _nonce(self, collective: CollectiveId) -> str:
        nonce = self._text(self._ask("POST", f"/c/{collective}/nonce"), "nonce")
        try:
            decode(nonce)
        except ValueError:
            raise self._rubbish() from None
        return nonce

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> bytes:
        sent = {"Content-Type": JSON, **(headers or {})}
        response, answer = self._send(method, path, body, sent)
        until, waits = monotonic() + PATIENCE, 0
        while (pause := asked_pause(response.status_code, response.headers)) is not None:
            waits += 1
            if waits > MOST_WAITS or monotonic() + pause > until:
                raise Unreachable(f"The node at {self.origin} is busy: try again in some minutes.")
            self._is_over.wait(pause)
            response, answer = self._send(method, path, body, sent)
        if response.status_code == HTTPStatus.NO_CONTENT:
            return EQUAL
        if response.is_redirect:
            elsewhere = response.headers.get("Location", "elsewhere")
            raise Unreachable(f"The node at {self.origin} points to {elsewhere}: use that address.")
        if not response.is_success:
            raise error_of(response.status_code, answer, self.origin)
        return answer

    def _send(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[httpx2.Response, bytes]:
        answer = bytearray()
        with self._watched(len(body), answer) as slow:
            try:
                with self._client.stream(method, path, content=body, headers=headers) as response:
                    self._read(response, answer)
                    return response, self._plain(response, bytes(answer))
            # What a host's name may be, and a closed connection, are told in several ways.
            except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, *_OTHERS) as error:
                if slow.is_set():
                    raise Unreachable(f"The node at {self.origin} answers too slowly.") from None
                why = _NUMBER.sub("", str(error) or type(error).__name__)[:LONGEST_DETAIL]
                if "CERTIFICATE_VERIFY_FAILED" in why:
                    raise Unreachable(NOT_VOUCHED_FOR.format(origin=self.origin)) from None
                told = f"Nobody answers at {self.origin}: is it running there? ({why})"
                raise Broken(told) from error

    def _read(self, response: httpx2.Response, answer: bytearray) -> None:
        """Read an answer as it came, and no more of it than a message may have."""
        for piece in response.iter_raw():
            answer += piece
            if len(answer) > LARGEST_PROBLEM and not response.is_success:
                return
            self._check_size(answer)

    def _plain(self, response: httpx2.Response, answer: bytes) -> bytes:
        """Unpack an answer, and no more of it than a message may have."""
        if response.headers.get("Content-Encoding") != "gzip" or not response.is_success:
            return answer
        plain = bytearray()
        for piece in unpack(answer):
            plain += piece
            self._check_size(plain)
        return bytes(plain)

    def _check_size(self, answer: bytearray) -> None:
        if len(answer) > LARGEST_MESSAGE:
            raise NotGenuine("message-size", f"The node at {self.origin} does not stop.")

    @contextmanager
    def _watched(self, sent: int, answer: bytearray) -> Iterator[Flag]:
        """Close all connections where an answer comes so slowly that it never ends."""
        done, slow, began = Flag(), Flag(), monotonic()

        def watch() -> None:
            while not done.wait(began + PATIENCE + (sent + len(answer)) / SLOWEST - monotonic()):
                if monotonic() >= began + PATIENCE + (sent + len(answer)) / SLOWEST:
                    slow.set()
                    self._client.close()
                    return

        watching = Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield slow
        finally:
            done.set()
            watching.join()

    def _object(self, raw: bytes) -> dict[str, Any]:
        try:
            read: dict[str, Any] = msgspec.json.decode(raw, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._rubbish() from None
        return read

    def _text(self, raw: bytes, name: str) -> str:
        found = self._object(raw).get(name)
        if not isinstance(found, str) or not found.isascii() or not found.isprintable():
            raise self._rubbish()
        return found

    def _rubbish(self) -> NotGenuine:
        return NotGenuine("message", f"What answers at {self.origin} is not a Goround node.")


def _usual_trust(origin: str) -> SSLContext | bool:
    """Return whose word is taken for a certificate: for an address without one nobody's, since to
    load those whom this machine trusts takes longer than a whole exchange."""
    return True if origin.startswith("https:") else SSLContext(PROTOCOL_TLS_CLIENT)


_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
_OTHERS = (OSError, RuntimeError, ValueError)
