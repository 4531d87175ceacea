"""Keys and events that every vector is made from: nothing here depends on chance or time."""

from hashlib import sha256
from typing import Any

from goround.ids import CollectiveId, encode
from goround.log.event import FOUNDING, Content, Event, Place, sign_event
from goround.log.keys import DeviceKey

Vector = dict[str, Any]

NOW = 1_796_000_000_000


def bytes_for(name: str) -> bytes:
    return sha256(name.encode()).digest()


def key_for(name: str) -> DeviceKey:
    return DeviceKey.from_seed(bytes_for(name))


def id_for(name: str) -> str:
    return encode(bytes_for(name))


ANNA, BEN, DANA = key_for("anna"), key_for("ben"), key_for("dana")
INVITATION = key_for("an invitation")


def signed(key: DeviceKey, act: dict[str, Any], place: Place, words: str | None = None) -> Event:
    collective = CollectiveId("") if place == FOUNDING else BREAD.collective
    content = None if words is None else words.encode()
    return sign_event(
        key,
        collective=collective,
        place=place,
        at=NOW,
        act=act,
        words=content,
        salt=bytes_for(f"salt of {words}"),
    )


FOUND = {
    "type": "found",
    "nonce": id_for("nonce"),
    "charter": {"everyday_notice": 3, "hide_positions": "no"},
    "rules": 1,
}
BREAD = signed(ANNA, FOUND, FOUNDING, '{"name":"Bread","person":"Anna"}')
SECOND = Place(1, BREAD.id, (), 2)
ARRIVAL = Place(0, FOUNDING.prev, (BREAD.id,), 2)


def as_vector(event: Event, name: str, verdict: str = "ok") -> Vector:
    content = event.content or Content(b"", b"")
    return {
        "name": name,
        "verdict": verdict,
        "id": event.id,
        "header": event.raw.decode(),
        "signature": encode(event.signature),
        "salt": encode(content.salt),
        "content": content.words.decode(),
    }
