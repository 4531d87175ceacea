"""A collective with a node in its midst, to be asked everything that can be asked."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from starlette.testclient import TestClient

from goround.collective.devices import DeviceAdd, DeviceRetire
from goround.log.event import Event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.log.vector import digest
from goround.node.home import Home
from goround.node.replica import Replica
from goround.sync.messages import Digest, encode_message
from goround.web.app import ALLOWED, make_app
from goround.web.rights import FoundingRight
from tests.web.callers import LINES, ORIGIN, Caller, begins, invites, key_of, newest

A_PLACE = b'{"address":"https://bread.example.org","step":"add"}'
EXACT = {"Content-Type": "application/json"}


class Told(NamedTuple):
    """What came back."""

    status: int
    kind: str
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - whatever was answered
        return msgspec.json.decode(self.body)


class Scene:
    """Anna's collective, and Ben, who has just accepted an invitation in his own home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Home(folder / "anna")
        self.anna = self.home.found("Bread", "Anna")
        self.version, self.invitation = invites(self.anna)
        self.ben = begins(Home(folder / "ben"), self.anna, self.version, self.invitation)

    @contextmanager
    def node(self, right: FoundingRight | None = None, **bounds: Any) -> Iterator[Caller]:  # noqa: ANN401 - Bounds tells
        app = make_app(self.home, ORIGIN, ALLOWED._replace(**bounds), right)
        with TestClient(app, base_url=ORIGIN, client=("192.0.2.7", 1)) as client:
            yield Caller(client, self.anna.collective)

    def spoil(self, caller: Caller) -> None:
        """Let the node close the file to open another, and let it be no collective any more."""
        soup = self.home.found("Soup", "Anna")
        Caller(caller.client, soup.collective).opened(key_of(soup))
        soup.close()
        file = self.home.file(self.anna.collective)
        self.anna.close()
        file.write_bytes(b"spoilt" * 1000)
        for journal in file.parent.glob("*-wal"):
            journal.unlink()

    def of_a_stranger(self) -> Event:
        stranger = DeviceKey.generate()
        return newest(begins(Home(self.folder / "x"), self.anna, self.version, stranger))

    def forged(self) -> Event:
        event = newest(self.anna)
        return Event(event.id, event.header, event.raw, bytes(64), event.content)

    def asks(self, caller: Caller, method: str, path: str, **more: Any) -> Told:  # noqa: ANN401
        """Ask whatever is asked, as Anna where that takes a session."""
        address = self.at(path)
        answer = caller.client.request(method, address, follow_redirects=False, **more)
        return Told(answer.status_code, answer.headers.get("content-type", ""), answer.content)

    def at(self, path: str) -> str:
        """Give an address of this collective, with something that is there in each place."""
        found = path.replace("{collective}", self.anna.collective)
        found = found.replace("{proposal}", self.version)
        found = found.replace("{device}", key_of(self.anna).public)
        return found.replace("{member}", self.anna.collective).replace(
            "{event}", self.anna.collective
        )

    def passes(self, caller: Caller, path: str) -> dict[str, str]:
        """Give the headers with which Anna is let in, and the kind of what is sent there."""
        kind = EXACT if path.endswith(("session", "check", "places", "nearby")) else LINES
        is_open = path.endswith(("events", "nonce", "session", "card", "found", "nearby"))
        return kind | (caller.opened(key_of(self.anna)) if not is_open else {})

    def added_and_retired(self, caller: Caller, path: str) -> tuple[bytes, dict[str, str]]:
        """Let a device of Anna's get a session, and then be retired; give what it asks with."""
        added = DeviceKey.generate()
        proof = prove_device(added, self.anna.collective, key_of(self.anna).public)
        self.anna.sign(DeviceAdd(added.public, proof))
        kind = EXACT if path.endswith(("check", "places")) else LINES
        headers = caller.opened(added) | kind
        self.anna.sign(DeviceRetire(added.public))
        sent = {
            "sync": a_digest(self.anna),
            "check": b'{"act":{"type":"away"}}',
            "places": A_PLACE,
        }
        return sent.get(path.rpartition("/")[2], b""), headers


def a_digest(replica: Replica) -> bytes:
    return encode_message(replica.collective, Digest(digest(replica.graph.vector())))


def without_end(caller: Caller, path: str, headers: dict[str, str]) -> Told:
    """Ask the application itself, with a body that never comes."""

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        raise AssertionError("The application has to give up before.")

    return _asked(caller, "POST", path, headers, receive)


def begun(caller: Caller, path: str, headers: dict[str, str]) -> Told:
    """Ask for an answer that does not end, and hang up after a while."""

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.3)
        return {"type": "http.disconnect"}

    return _asked(caller, "GET", path, headers, receive)


def _asked(
    caller: Caller,
    method: str,
    path: str,
    headers: dict[str, str],
    receive: Callable[[], Awaitable[dict[str, Any]]],
) -> Told:
    told: list[Any] = []

    async def send(message: Any) -> None:  # noqa: ANN401 - the framework's own
        told.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.9", 1),
        "server": ("127.0.0.1", 8420),
        "scheme": "http",
    }
    asyncio.run(caller.client.app(scope, receive, send))  # type: ignore[arg-type]
    kind = dict(told[0]["headers"])[b"content-type"].decode()
    return Told(told[0]["status"], kind, b"".join(part["body"] for part in told[1:]))
