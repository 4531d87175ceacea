"""People who mean harm, each kind a function that goes on until it is stopped.

`python -m bench.strangers FILE KIND` is a process of its own, at the lowest priority: on this one
machine it would otherwise take from the node what a stranger elsewhere could not. Strangers come
from addresses of 127.1.0.0/16; a member's device that floods has a key and a session of its own.
None of them waits to be told twice: they go on also where the node says that it is too much.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bench.wire import Line, opened
from goround.ids import CollectiveId, EventId
from goround.log.bundle import encode_line
from goround.log.event import Place, sign_event
from goround.log.keys import DeviceKey

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LARGEST = 2 * 1024 * 1024
AT_ONCE = 60
"""Connections of one stranger: about as many as one address may have."""


class Target(msgspec.Struct, frozen=True):
    """What a stranger knows: the node, the collective, and a member's key who turns against it."""

    origin: str
    collective: str
    seed: bytes
    flood: list[bytes]
    """Lines that this member's device has signed, to be handed over as fast as may be."""


class Stranger:
    """One of them at work; `told` counts the answers by status, 0 for none."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.at = f"/c/{target.collective}"
        self.told: Counter[int] = Counter()
        self._addresses = 0

    def line(self, own: str = "127.1.0.1") -> Line:
        return Line(self.target.origin, own)

    def elsewhere(self) -> str:
        """Give an address that was not used yet."""
        self._addresses += 1
        return f"127.1.{1 + self._addresses // 250 % 250}.{1 + self._addresses % 250}"

    async def ask(
        self, line: Line, path: str, body: bytes = b"", token: str = "", method: str = "POST"
    ) -> None:
        with suppress(OSError, ValueError, asyncio.LimitOverrunError):
            answer = await line.ask(method, path, body, token)
            self.told[answer.status] += 1

    async def all_at_once(self, do: Callable[[int], Awaitable[None]], many: int = AT_ONCE) -> None:
        """Do something again and again, many at a time."""

        async def forever(number: int) -> None:
            while True:
                with suppress(OSError, asyncio.IncompleteReadError):
                    await do(number)
                await asyncio.sleep(0)

        await asyncio.gather(*(forever(number) for number in range(many)))

    # What they do.

    async def rubbish(self) -> None:
        """Hand over what is nothing, what is forged, and what a stranger really signed."""
        lines = [self.line() for _ in range(AT_ONCE)]
        bodies = [*(self._signed_by_nobody() for _ in range(20)), b"[" * 4000, os.urandom(2000)]

        async def hand_over(number: int) -> None:
            await self.ask(lines[number], f"{self.at}/events", random.choice(bodies))

        await self.all_at_once(hand_over)

    def _signed_by_nobody(self) -> bytes:
        key, collective = DeviceKey.generate(), CollectiveId(self.target.collective)
        place = Place(0, EventId(""), (EventId(collective),), 2)
        act = {"type": "say", "on": collective}
        event = sign_event(key, collective=collective, place=place, at=1, act=act, words=b"{}")
        return encode_line(event)

    async def doors(self) -> None:
        """Knock at every door as fast as may be."""
        lines = [self.line() for _ in range(AT_ONCE)]
        paths = ["/", f"{self.at}/", f"{self.at}/state", "/nothing", f"{self.at}/members"]

        async def knock(number: int) -> None:
            await self.ask(lines[number], random.choice(paths), method="GET")

        await self.all_at_once(knock)

    async def slow(self) -> None:
        """Say a word now and then: heads that do not end, and bodies that do not come."""

        async def dribble(number: int) -> None:
            own = "127.1.0.1" if number % 2 else self.elsewhere()
            line = self.line(own)
            _heard, said = await line.streams()
            if number % 3:
                said.write(line.head("POST", f"{self.at}/events", LARGEST))
            for _ in range(60):
                said.write(b"x" if number % 3 else b"X-A: b\r\n")
                await said.drain()
                await asyncio.sleep(0.5)
            line.close()

        await self.all_at_once(dribble, 200)

    async def giant(self) -> None:
        """Send bodies without an end, with their size and without."""
        piece = b"%x\r\n" % 65536 + b"x" * 65536 + b"\r\n"

        async def pour(number: int) -> None:
            line = self.line()
            _heard, said = await line.streams()
            if number % 2:
                head = line.head("POST", f"{self.at}/events", 2**40)
                said.write(head)
            else:
                head = line.head("POST", f"{self.at}/sync", 0)
                said.write(head.replace(b"Content-Length: 0", b"Transfer-Encoding: chunked"))
            try:
                for _ in range(1000):
                    said.write(piece)
                    await said.drain()
            finally:
                line.close()

        await self.all_at_once(pour, 16)

    async def connections(self) -> None:
        """Connect thousands of times, from one address and from hundreds, and say nothing."""

        async def connect(number: int) -> None:
            line = self.line("127.1.0.1" if number % 2 else self.elsewhere())
            await line.streams()
            await asyncio.sleep(random.random())
            line.close()

        await self.all_at_once(connect, 2000)

    async def streams(self) -> None:
        """Open stream after stream with a member's pass, and read none of them."""
        token = await opened(self.line(), self.target.collective, self.target.seed)

        async def listen(_number: int) -> None:
            line = self.line()
            _heard, said = await line.streams()
            said.write(line.head("GET", f"{self.at}/live", 0, token))
            await said.drain()
            await asyncio.sleep(3)
            line.close()

        await self.all_at_once(listen)

    async def flood(self) -> None:
        """Hand over a member's own events, sync and read, as fast as may be."""
        token = await opened(self.line(), self.target.collective, self.target.seed)
        lines = [self.line() for _ in range(AT_ONCE)]
        left = iter([b"".join(self.target.flood[n : n + 50]) for n in range(0, 10_000, 50)])

        async def do(number: int) -> None:
            if number % 3 == 0:
                await self.ask(lines[number], f"{self.at}/events", next(left, self.target.flood[0]))
            else:
                path = (f"{self.at}/", f"{self.at}/state", f"{self.at}/proposals")[number % 3]
                await self.ask(lines[number], path, b"", token, "GET")

        await self.all_at_once(do)

    async def bombs(self) -> None:
        """Hand over, with a session and without, what grows when it is looked at."""
        token = await opened(self.line(), self.target.collective, self.target.seed)
        lines = [self.line() for _ in range(AT_ONCE)]
        bodies = _bombs(self.target)

        async def throw(number: int) -> None:
            path = f"{self.at}/sync" if number % 2 else f"{self.at}/events"
            await self.ask(lines[number], path, random.choice(bodies), token)

        await self.all_at_once(throw)


KINDS = ("rubbish", "doors", "slow", "giant", "connections", "streams", "flood", "bombs")


def _bombs(target: Target) -> list[bytes]:
    """Nests, lists without an end, and contents that are all the same letter."""
    collective, deep = target.collective, b"[" * LARGEST
    first = f'["goround/sync/1","{collective}"'.encode()
    bundle = f'["goround/bundle/1","{collective}"]\n'.encode()
    seen = b",".join(b'"%043d"' % n for n in range(40_000))
    header = f'["goround/1","{collective}","{"A" * 43}",0,"",['.encode() + seen + b'],2,0,{},"",0]'
    line = msgspec.json.encode([header.decode(), "A" * 86, "A" * 43, "a" * 1_000_000]) + b"\n"
    return [
        deep,
        b'{"a":' * (LARGEST // 5),
        first + b',"want",' + deep,
        first + b',"give"]\n' + bundle + b"[]\n" * 600_000,
        first + b',"give"]\n' + bundle + line,
        line,
        line.replace(b"goround/1", b"\\u0067oround/1") * 1,
        b"\x1f\x8b\x08\x00" + b"\x00" * LARGEST,
    ]


async def run(target: Target, kind: str, seconds: float) -> Counter[int]:
    stranger = Stranger(target)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await getattr(stranger, kind)()
    return stranger.told


def main() -> None:
    file, kind, seconds = sys.argv[1:]
    os.nice(19)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    target = msgspec.msgpack.decode(Path(file).read_bytes(), type=Target)
    told = asyncio.run(run(target, kind, float(seconds)))
    sys.stdout.write(msgspec.json.encode({str(k): n for k, n in told.items()}).decode())


if __name__ == "__main__":
    main()
