"""Chains of real, signed events, for tests that ask nothing about people."""

from goround.ids import CollectiveId, EventId
from goround.log.event import FOUNDING, Event, Place, sign_event
from goround.log.keys import DeviceKey

NOBODY = CollectiveId("")


def device(number: int) -> DeviceKey:
    return DeviceKey.from_seed(number.to_bytes(32, "big"))


def founded(key: DeviceKey, words: bytes | None = b'{"name":"Bread"}') -> Event:
    act = {"type": "found", "nonce": "A" * 43, "charter": {}, "rules": 1}
    return sign_event(key, collective=NOBODY, place=FOUNDING, at=0, act=act, words=words)


def said(key: DeviceKey, after: Event, words: bytes | None = b'{"text":"hello"}') -> Event:
    """Sign the next event of a device whose newest one is `after`, or its first that saw it."""
    own = after.header.device == key.public
    place = Place(
        seq=after.header.seq + 1 if own else 0,
        prev=after.id if own else EventId(""),
        seen=() if own else (after.id,),
        lamport=after.header.lamport + 1,
    )
    act = {"type": "say", "on": after.id}
    return sign_event(key, collective=after.collective, place=place, at=0, act=act, words=words)


def chain(key: DeviceKey, length: int) -> list[Event]:
    events = [founded(key)]
    while len(events) < length:
        events.append(said(key, events[-1]))
    return events
