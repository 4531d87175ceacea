"""Two served homes on a line that is slow and breaks in the middle: they become equal all the same.

A program of our own stands between them, since not every kernel can make a line bad.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Thread
from typing import Self

from tests import forked
from tests.end_to_end.pairs import are_equal, free_port, paired, wait_until
from tests.end_to_end.people import Person, answering

DELAY = 0.05
"""Seconds that every piece takes, each way."""
BREAKS = 2
"""Connections that break on each line, before it is only slow."""
NEAREST, FURTHEST = 100, 1500
"""Bytes between which one that breaks has broken."""
LONG = "Some of the good one. " * 100


class BadLine:
    """Carries bytes to a port of this machine, slowly, and at first not to their end."""

    def __init__(self, to: int, chance: Random) -> None:
        self.port = free_port()
        self.cut = 0
        self._to, self._chance = to, chance
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._thread = Thread(target=self._live)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    def _live(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        async with await asyncio.start_server(self._carry, "127.0.0.1", self.port) as server:
            await self._over.wait()
            server.close()

    async def _carry(self, caller: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        is_bad = self.cut < BREAKS
        left = [self._chance.randrange(NEAREST, FURTHEST) if is_bad else 10**9]
        ends = [back]
        try:
            node, on = await asyncio.open_connection("127.0.0.1", self._to)
            ends.append(on)
            both = (self._pass_on(caller, on, left), self._pass_on(node, back, left))
            await asyncio.gather(*both)
        except OSError:
            back.close()
        except asyncio.CancelledError:  # the line is taken down with somebody on it
            for end in ends:
                end.transport.abort()
            raise

    async def _pass_on(
        self, source: asyncio.StreamReader, to: asyncio.StreamWriter, left: list[int]
    ) -> None:
        """Pass on what comes, until there is no more, or the line breaks both ways."""
        with suppress(OSError):
            while left[0] > 0 and (piece := await source.read(1024)):
                await asyncio.sleep(DELAY)
                left[0] -= len(piece)
                if left[0] <= 0:
                    self.cut += 1
                    break
                to.write(piece)
                await to.drain()
        to.transport.abort() if left[0] <= 0 else to.close()


@contextmanager
def serving_behind(line: BadLine, person: Person, port: int) -> Iterator[None]:
    """Serve a home that is reached over a line, and says so."""
    words = ["--home", str(person.home), "serve", "--port", str(port), "--at", line.address]
    with forked.Running(words) as node:
        try:
            node.stdout.readline()
            answering(f"http://127.0.0.1:{port}")
            yield
        finally:
            node.terminate()
            node.wait(timeout=20)


def test_homes_become_equal_over_a_line_that_is_slow_and_breaks(tmp_path: Path) -> None:
    pair = paired(tmp_path)
    anna, ben = pair.anna, pair.ben
    with (
        BadLine(pair.at_anna, Random(1)) as to_anna,
        BadLine(pair.at_ben, Random(2)) as to_ben,
        serving_behind(to_anna, anna, pair.at_anna),
        serving_behind(to_ben, ben, pair.at_ben),
    ):
        for person, line in ((anna, to_ben), (ben, to_anna)):
            for place in person.does("places"):
                person.prints("places", "drop", place["address"])
            person.does("places", "add", line.address)
        for person in (anna, ben):
            for number in range(3):
                person.does("propose", f"{person.name}'s flour {number}", "--text", LONG)
        wait_until(lambda: are_equal(anna, ben), "both are equal all the same", patience=120)
        assert to_anna.cut + to_ben.cut >= BREAKS
        assert all(len(person.does("proposals")) > 6 for person in (anna, ben))
