"""What one device asks is answered one after the other, in the order in which it came, and nobody
is given more than a part of the node's time for long: whoever asks for a lot waits for themself,
and everybody else for one thing of theirs at most. What nobody waits for any more is not done."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import thread_time
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from goround.ids import DeviceId
from goround.web.limits import Rate, Rates
from goround.web.problems import Denied, too_fast

MOST_WAITING = 16
"""Requests of one device that wait; a browser with many pages open asks for about ten."""
UNITS = 100
"""Of what is counted, so many are a second of the node's time."""
DEBT = 25
"""Units that somebody may have taken too much: they wait for a second at most."""

Answer = TypeVar("Answer")


class _Line:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


class Turns:
    """Whose turn it is, of each device that asks something just now."""

    def __init__(self, time_by_device: Rate) -> None:
        self._lines: dict[DeviceId, _Line] = {}
        self._time = Rates(time_by_device, debt=DEBT)

    def __len__(self) -> int:
        return len(self._lines)

    async def take(self, request: Request, device: DeviceId, do: Callable[[], Answer]) -> Answer:
        """Do something for a device in a thread, when it is its turn.

        Raises Denied where too much of it waits already, or where nobody waits any more.
        """
        async with self._of(device):
            await asyncio.sleep(self._time.seconds(device))
            if await request.is_disconnected():
                raise _gone()
            answer, seconds = await run_in_threadpool(_timed, do)
            self._time.take(device, seconds * UNITS)
            return answer

    @asynccontextmanager
    async def _of(self, device: DeviceId) -> AsyncIterator[None]:
        line = self._lines.setdefault(device, _Line())
        if line.waiting >= MOST_WAITING:
            raise too_fast(1)
        line.waiting += 1
        try:
            async with line.lock:
                yield
        finally:
            line.waiting -= 1
            if not line.waiting:
                del self._lines[device]


def _timed(do: Callable[[], Answer]) -> tuple[Answer, float]:
    """Do something, and tell how much time that took of this thread, not counting its waiting."""
    began = thread_time()
    return do(), thread_time() - began


def _gone() -> Denied:
    return Denied(503, "busy", "Nobody was there any more to be answered.", {"Retry-After": "1"})
