"""Members with homes of their own, and callers who ask a node things, all in one process."""

from typing import Any

from starlette.testclient import TestClient

from goround.collective.effects import Invite
from goround.collective.members import Accept
from goround.collective.positions import Position
from goround.collective.proposals import Propose
from goround.ids import CollectiveId, EventId, decode
from goround.log.bundle import encode_line
from goround.log.event import Event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_card, prove_invitation, prove_session
from goround.node.home import Home
from goround.node.replica import Replica
from goround.node.signing import make_event
from goround.pages.state import state_bytes
from goround.sync.session import Outcome, converse

ORIGIN = "http://127.0.0.1:8420"
LINES = {"Content-Type": "application/x-ndjson"}
PROBLEM = "application/problem+json"


def key_of(replica: Replica) -> DeviceKey:
    assert replica.key is not None
    return replica.key


def share(*replicas: Replica) -> None:
    """Let everybody have what anybody has, and sign what carries no opinion, until all is quiet."""
    while True:
        before = [len(replica.graph) for replica in replicas]
        for giver in replicas:
            everything = [event for _row, event in giver.store.since()]
            for taker in replicas:
                taker.receive(everything, strangers=True)
                taker.tend()
        if before == [len(replica.graph) for replica in replicas]:
            return


def invites(inviter: Replica, *others: Replica, name: str = "Ben") -> tuple[EventId, DeviceKey]:
    """Let an invitation be put forward, and everybody else agree."""
    key = DeviceKey.generate()
    words = {"title": f"Invite {name}", "text": "", "effects": [{"name": name}]}
    version = inviter.sign(Propose("membership", (Invite(key.public),), 0, 0), words)
    share(inviter, *others)
    for other in others:
        other.sign(Position(version, "agree"))
    share(inviter, *others)
    return version, key


def begins(home: Home, host: Replica, version: EventId, invitation: DeviceKey) -> Replica:
    """Give somebody a copy of everything, in which they accept; nobody else knows of it yet."""
    key = DeviceKey.generate()
    home.keyring(host.collective).keep_device(key)
    events = [event for _row, event in host.store.since()]
    replica = home.new_replica(host.collective, events)
    proof = prove_invitation(invitation, host.collective, key.public)
    fact = Accept(version, 0, replica.view().epoch.id, proof, ())
    replica.receive([make_event(replica, fact, {"person": "Ben"})], strangers=True)
    return replica


def newest(replica: Replica) -> Event:
    """Give the event that came into a replica last."""
    *_, (_row, event) = replica.store.since()
    return event


def printed(replica: Replica) -> bytes:
    """Give what `goround state` prints in this home."""
    return state_bytes(replica.replay, replica.device)


class Caller:
    """Asks a node things over HTTP."""

    def __init__(self, client: TestClient, collective: CollectiveId) -> None:
        self.client = client
        self.at = f"/c/{collective}"
        self.collective = collective

    def post(self, *events: Event) -> Any:  # noqa: ANN401 - the client's own response
        body = b"".join(encode_line(event) for event in events)
        return self.client.post(f"{self.at}/events", content=body, headers=LINES)

    def nonce(self) -> str:
        answer = self.client.post(f"{self.at}/nonce")
        assert answer.status_code == 200
        return str(answer.json()["nonce"])

    def asks_in(self, key: DeviceKey, origin: str = ORIGIN, nonce: str | None = None) -> Any:  # noqa: ANN401
        """Ask for a session."""
        given = nonce or self.nonce()
        proof = prove_session(key, self.collective, decode(given), origin)
        body = {"device": key.public, "nonce": given, "proof": proof}
        return self.client.post(f"{self.at}/session", json=body)

    def opened(self, key: DeviceKey) -> dict[str, str]:
        """Get a session, as headers."""
        answer = self.asks_in(key)
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    def state(self, headers: dict[str, str]) -> Any:  # noqa: ANN401
        return self.client.get(f"{self.at}/state", headers=headers)

    def card(self, invitation: DeviceKey, origin: str = ORIGIN, nonce: str | None = None) -> Any:  # noqa: ANN401
        given = nonce or self.nonce()
        proof = prove_card(invitation, self.collective, decode(given), origin)
        shown = {"Authorization": f"Goround {invitation.public}.{given}.{proof}"}
        return self.client.get(f"{self.at}/card", headers=shown)

    def syncs(self, replica: Replica) -> Outcome:
        """Become equal with the node."""
        headers = self.opened(key_of(replica)) | LINES
        conversation = converse(replica)
        request = next(conversation)
        while True:
            answer = self.client.post(f"{self.at}/sync", content=request, headers=headers)
            assert answer.status_code in (200, 204), answer.text
            try:
                request = conversation.send(answer.content)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome


def is_problem(answer: Any, status: int, reason: str) -> bool:  # noqa: ANN401
    """Tell whether a node says what is wrong: a status, a reason, and one sentence."""
    assert answer.headers["content-type"] == PROBLEM, answer.text
    body = answer.json()
    assert (answer.status_code, body["reason"]) == (status, reason), answer.text
    return bool(body["status"] == status and body["detail"].endswith("."))
