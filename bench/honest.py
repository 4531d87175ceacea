"""Sixteen honest devices that go on as people do, whatever a stranger does meanwhile.

`python -m bench.honest FILE` is a process of its own, so that it waits for nobody but the node.
Each device posts what it signed beforehand, a few times a second, and now and then fetches the page
of the round, all over one connection from an address of its own; whoever is hung up on connects
anew, as a browser does. It writes down when each answer came, after how long, and what it was.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import msgspec

from bench.wire import Line, opened

EVERY = 0.25
"""Seconds from one post to the next."""
LOOKS_EVERY = 4
"""Posts from one look at the round to the next."""
GIVES_UP = 30.0


class Device(msgspec.Struct, frozen=True):
    """One device: its key, and the lines that it posts, each with what must be there before."""

    seed: bytes
    posts: list[tuple[bytes, str, tuple[str, ...]]]


class Work(msgspec.Struct, frozen=True):
    """What the sixteen do, until they are told to stop; what they found goes into `heard`."""

    origin: str
    collective: str
    devices: list[Device]
    heard: str


class Heard(msgspec.Struct, frozen=True, array_like=True):
    """One answer: when it came, after how many seconds, its status, and whether it is a page.

    A status of 0 is a connection that ended without an answer.
    """

    at: float
    wait: float
    status: int
    is_page: bool


class Crew:
    """All sixteen at their work."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.known: set[str] = set()
        self.heard: list[Heard] = []
        self.is_over = False

    def stop(self) -> None:
        self.is_over = True

    async def go_on(self) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.stop)
        devices = enumerate(self.work.devices)
        await asyncio.gather(*(self._one(number, device) for number, device in devices))

    async def _one(self, number: int, device: Device) -> None:
        own = f"127.0.0.{2 + number}"
        await asyncio.sleep(EVERY * number / len(self.work.devices))
        line = Line(self.work.origin, own)
        token = await opened(line, self.work.collective, device.seed)
        at = f"/c/{self.work.collective}"
        for count, (body, name, after) in enumerate(device.posts):
            if self.is_over:
                break
            began = time.perf_counter()
            await self._ready(after)
            if await self._ask(line, "POST", f"{at}/events", body, token) in (200, 201):
                self.known.add(name)
            if count % LOOKS_EVERY == number % LOOKS_EVERY:
                await self._ask(line, "GET", f"{at}/", b"", token)
            await asyncio.sleep(max(0.0, began + EVERY - time.perf_counter()))
        line.close()

    async def _ready(self, after: tuple[str, ...]) -> None:
        """Wait until what an event rests on was taken."""
        for _ in range(1000):
            if self.known.issuperset(after) or self.is_over:
                break
            await asyncio.sleep(0.005)

    async def _ask(self, line: Line, method: str, path: str, body: bytes, token: str) -> int:
        """Ask until there is an answer; a connection that ended is opened anew."""
        began, status = time.perf_counter(), 0
        with suppress(TimeoutError):
            async with asyncio.timeout(GIVES_UP):
                status = (await line.ask(method, path, body, token)).status
        now = time.perf_counter()
        self.heard.append(Heard(now, now - began, status, method == "GET"))
        return status


def main() -> None:
    work = msgspec.msgpack.decode(Path(sys.argv[1]).read_bytes(), type=Work)
    gc.disable()
    crew = Crew(work)
    asyncio.run(crew.go_on())
    Path(work.heard).write_bytes(msgspec.msgpack.encode(crew.heard))


if __name__ == "__main__":
    main()
