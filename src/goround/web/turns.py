"""What one device asks is answered one after the other, in the order in which it came: whoever asks
for a lot at once waits for themself, and everybody else waits for one thing of theirs at most."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from goround.ids import DeviceId
from goround.web.problems import too_fast

MOST_WAITING = 32
"""Requests of one device that wait; a browser with many pages open asks for about ten."""


class _Line:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


class Turns:
    """Whose turn it is, of each device that asks something just now."""

    def __init__(self) -> None:
        self._lines: dict[DeviceId, _Line] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @asynccontextmanager
    async def of(self, device: DeviceId) -> AsyncIterator[None]:
        """Wait for a device's turn, or raise Denied where too much of it waits already."""
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
