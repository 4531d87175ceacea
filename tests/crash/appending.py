"""Members who append over HTTP, each on a connection of their own, as fast as the node lets them;
what they were told is kept they remember, and what they were not told they send again."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from goround.ids import EventId
from goround.log.bundle import encode_line
from goround.log.event import Event, Place, sign_event

if TYPE_CHECKING:
    from random import Random

    from goround.log.keys import DeviceKey
    from tests.crash.crowd import Crowd

LINES = {"Content-Type": "application/x-ndjson"}
LONGEST = 6
"""Events that go into one request: they are kept together, or not at all."""
KEPT = (200, 201)


class Member:
    """One device, and what it said."""

    def __init__(self, crowd: Crowd, key: DeviceKey, known: list[Event], chance: Random) -> None:
        self._crowd = crowd
        self._key = key
        self._last = [event for event in known if event.header.device == key.public][-1]
        self._unseen = [event for event in known if event.id == crowd.proposal != self._last.id]
        self._chance = chance
        self.acknowledged: list[EventId] = []
        self.unsure: list[Event] = []

    def append(self, line: HTTPConnection) -> int:
        """Hand over the next batch, which has to be taken; returns how many events are in it."""
        before = len(self.acknowledged)
        status, told = self.hand_over(line)
        assert status in KEPT, told
        return len(self.acknowledged) - before

    def hand_over(self, line: HTTPConnection) -> tuple[int, dict[str, Any]]:
        """Hand over the next batch, or the one that was not acknowledged; returns what is said."""
        self.unsure = self.unsure or self._batch()
        body = b"".join(encode_line(event) for event in self.unsure)
        line.request("POST", f"/c/{self._crowd.collective}/events", body, LINES)
        answer = line.getresponse()
        told = json.loads(answer.read())
        if answer.status in KEPT:
            assert [row["id"] for row in told["events"]] == [event.id for event in self.unsure]
            assert not any("void" in row for row in told["events"]), told
            self.acknowledged += [event.id for event in self.unsure]
            self.unsure = []
        return answer.status, told

    def _batch(self) -> list[Event]:
        return [self._say() for _ in range(self._chance.choice([1, 1, 1, LONGEST]))]

    def _say(self) -> Event:
        lamport = max(event.header.lamport for event in (self._last, *self._unseen))
        seen = tuple(event.id for event in self._unseen)
        place = Place(self._last.header.seq + 1, self._last.id, seen, lamport + 1)
        self._unseen = []
        self._last = sign_event(
            self._key,
            collective=self._crowd.collective,
            place=place,
            at=0,
            act={"type": "say", "on": self._crowd.proposal},
            words=b'{"text":"%s"}' % (b"x" * self._chance.randrange(2000)),
        )
        return self._last


class Appending:
    """All members at once, until the node is gone."""

    def __init__(self, members: list[Member], address: str) -> None:
        self._place = str(urlsplit(address).hostname), int(urlsplit(address).port or 0)
        self._count = 0
        self._counted = threading.Condition()
        self._pool = ThreadPoolExecutor(len(members))
        self._work = [self._pool.submit(self._append, member) for member in members]

    def _append(self, member: Member) -> None:
        line = HTTPConnection(*self._place, timeout=20)
        try:
            while True:
                acknowledged = member.append(line)
                with self._counted:
                    self._count += acknowledged
                    self._counted.notify_all()
        except (OSError, HTTPException):
            return  # the node was killed, perhaps in the middle of an answer
        finally:
            line.close()

    def wait_for(self, count: int) -> None:
        """Wait until so many events were acknowledged, or somebody was told something wrong."""
        with self._counted:
            enough = self._counted.wait_for(
                lambda: self._count >= count or any(work.done() for work in self._work), 30
            )
        assert enough, "the node takes nothing"

    def end(self) -> None:
        """Wait until all have noticed that the node is gone; raises what was told wrongly."""
        wait(self._work, 30)
        self._pool.shutdown()
        for work in self._work:
            work.result()
