"""Tells browsers at once that a collective has something new, and nothing more than that: what it
is they fetch as they fetch everything. One task looks at each collective's file while somebody
listens, so what other programs of this home write is noticed as well. A stream holds no lock; it
ends with the right to read, with its session, and with the node. Rule H20 of docs/protocol.md."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from goround.errors import GoroundError
from goround.ids import CollectiveId, DeviceId
from goround.node.home import Home
from goround.node.replica import Replica
from goround.store.watching import Watch
from goround.web.journal import note_fault
from goround.web.problems import Denied
from goround.web.readers import shown_to
from goround.web.sessions import Sessions

KIND = "text/event-stream"
LOOKS_EVERY = 0.5
"""Seconds between two looks at a file that somebody listens to."""
PING = 20.0
"""Seconds after which a stream on which nothing came says that it is still there."""
COMES_BACK = 3000
"""Milliseconds after which a browser asks again for a stream that broke off."""
MOST_STREAMS = 200
MOST_OF_DEVICE = 3
"""Streams of one device; of more, the oldest end: they may well be of a tab that is gone."""


class News(NamedTuple):
    """How much there is now in a collective, and which devices that listen may hear of it."""

    events: int
    may_hear: Mapping[DeviceId, bool]


def news_for(replica: Replica, listening: Iterable[DeviceId]) -> News:
    """Return what those who listen are told of a collective that was written to."""
    may_hear = {device: _may(replica, device) for device in listening}
    return News(replica.store.newest_row(), may_hear)


class Stream:
    """One browser that listens."""

    def __init__(self, collective: CollectiveId, device: DeviceId) -> None:
        self.collective = collective
        self.device = device
        self.events = 0
        self.is_over = False
        self.woken = asyncio.Event()

    def tell(self, events: int) -> None:
        """Let the browser know how much there is now."""
        self.events = events
        self.woken.set()

    def end(self) -> None:
        """Let the stream end."""
        self.is_over = True
        self.woken.set()


class Live:
    """Everybody who listens at this node, and what they listen to."""

    def __init__(self, sessions: Sessions, home: Home) -> None:
        self._sessions = sessions
        self._home = home
        self._streams: list[Stream] = []
        self._looking: dict[CollectiveId, asyncio.Task[None]] = {}
        self._stirred: dict[CollectiveId, asyncio.Event] = {}
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._streams)

    # The address.

    async def follow(self, request: Request) -> Response:
        """Answer with a stream that tells of everything new."""
        collective, device = self._sessions.reader(request)
        await self._sessions.with_replica(collective, lambda replica: _check(replica, device))
        if request.method == "HEAD":
            return Response(media_type=KIND)
        if len(self._streams) >= MOST_STREAMS or self._is_closed:
            told = {"Retry-After": "10", "Connection": "close"}
            raise Denied(503, "busy", "Too many listen just now.", told)
        lines = self._lines(request, Stream(collective, device))
        return StreamingResponse(lines, media_type=KIND, headers={"X-Accel-Buffering": "no"})

    async def _lines(self, request: Request, stream: Stream) -> AsyncIterator[bytes]:
        self._begin(stream)
        try:
            yield b"retry: %d\n\n" % COMES_BACK
            while not stream.is_over:
                told = await _woken(stream)
                if not self._sessions.is_open(request, stream.collective):
                    break
                if told and not stream.is_over:
                    yield _line({"type": "changed", "events": stream.events})
                elif not told:
                    yield b":\n\n"
            yield _line({"type": "over"})
        finally:
            self._streams.remove(stream)
            self.stir(stream.collective)

    # Who listens, and to what.

    def _begin(self, stream: Stream) -> None:
        own = [other for other in self._streams if other.device == stream.device]
        for old in own[: max(0, len(own) - MOST_OF_DEVICE + 1)]:
            old.end()
        self._streams.append(stream)
        self._look_at(stream.collective)

    def _listeners(self, collective: CollectiveId) -> list[Stream]:
        return [s for s in self._streams if s.collective == collective and not s.is_over]

    def devices(self, collective: CollectiveId) -> frozenset[DeviceId]:
        """Return the devices that listen to a collective."""
        return frozenset(stream.device for stream in self._listeners(collective))

    def stir(self, collective: CollectiveId) -> None:
        """Look at a collective now: this program wrote into it."""
        if collective in self._stirred:
            self._stirred[collective].set()

    def tell(self, collective: CollectiveId, news: News) -> None:
        """Tell whoever may hear it how much there is, and end the streams of whoever may not.

        Who began to listen meanwhile is not known to either, and is told at the next look.
        """
        for stream in self._listeners(collective):
            if not news.may_hear.get(stream.device, True):
                stream.end()
            elif stream.device in news.may_hear and stream.events < news.events:
                stream.tell(news.events)

    def close(self) -> None:
        """Let every stream end, and begin none."""
        self._is_closed = True
        for stream in self._streams:
            stream.end()

    # Looking.

    def _look_at(self, collective: CollectiveId) -> None:
        if collective in self._looking:
            self.stir(collective)
            return
        self._stirred[collective] = asyncio.Event()
        self._looking[collective] = asyncio.create_task(self._look(collective))

    async def _look(self, collective: CollectiveId) -> None:
        """Look at a collective's file as long as anybody listens."""
        try:
            watch = await run_in_threadpool(Watch, self._home.file(collective))
            try:
                await self._tell_of(collective, watch)
            finally:
                await run_in_threadpool(watch.close)
        except Exception as error:  # noqa: BLE001 - whoever listens asks again, and is told then
            if not isinstance(error, GoroundError):
                note_fault(error)
            for stream in self._listeners(collective):
                stream.end()
        finally:
            del self._looking[collective], self._stirred[collective]
            if self._listeners(collective):  # somebody came while this was ending
                self._look_at(collective)

    async def _tell_of(self, collective: CollectiveId, watch: Watch) -> None:
        known = 0
        while self._listeners(collective):
            stirred = self._stirred[collective]
            stirred.clear()
            if await run_in_threadpool(watch.newest_row) != known:
                known = await self._tell_news(collective)
            for stream in self._listeners(collective):
                if stream.events == 0:  # who came meanwhile was looked at then
                    stream.tell(known)
            await _woken_within(stirred, LOOKS_EVERY)

    async def _tell_news(self, collective: CollectiveId) -> int:
        listening = self.devices(collective)
        news = await self._sessions.with_replica(
            collective, lambda replica: news_for(replica, listening)
        )
        self.tell(collective, news)
        return news.events


def _check(replica: Replica, device: DeviceId) -> None:
    """Raise Denied for whoever reads nothing, or only what is past."""
    if shown_to(replica.replay, device) is not None:
        raise Denied(403, "not-a-reader", "What comes now is for members.")


def _may(replica: Replica, device: DeviceId) -> bool:
    try:
        _check(replica, device)
    except Denied:
        return False
    return True


async def _woken(stream: Stream) -> bool:
    """Wait until a stream has something to say; False where it had nothing to for a while."""
    told = await _woken_within(stream.woken, PING)
    stream.woken.clear()
    return told


async def _woken_within(woken: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return False
    return True


def _line(told: dict[str, Any]) -> bytes:
    return b"data: " + msgspec.json.encode(told) + b"\n\n"
