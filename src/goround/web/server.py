"""The server as a process: what it answers beside people, and how it stops. Told to stop, it takes
nothing new, lets streams end, finishes what is under way, and closes its files; told twice, it ends
at once, and so it does where something does not end by itself. Nothing is lost by that: what was
acknowledged is on the disk already (P7)."""

import os
import socket
import threading
from collections.abc import Callable
from time import monotonic
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from goround.node.staying_equal import StayingEqual
from goround.web.journal import What, note

AT_ONCE = 0.5
"""Seconds in which one who stops it may tell it twice: a terminal does, and `make` passes it on."""
WAITING = 512
"""Connections that may wait to be taken. The library would take as many of them at a time."""
LONGEST_STOP = 10.0
"""Seconds after which a node that was told to stop has stopped, whatever is under way."""

Leave = Callable[[int], None]
"""Ends the process at once, with a number."""


class Server(uvicorn.Server):
    """A server that answers at one address, and perhaps at another one beside it."""

    def __init__(self, config: uvicorn.Config, leave: Leave = os._exit) -> None:
        super().__init__(config)
        self._leave = leave
        self._told = 0.0
        self._beside: list[Beside] = []
        self._staying: StayingEqual | None = None

    def beside(self, config: uvicorn.Config, listening: socket.socket) -> None:
        """Answer at another address too, from the first moment to the last."""
        self._beside.append(Beside(config, listening))

    def stay_equal(self, staying: StayingEqual) -> None:
        """Keep what is here equal with other places as well, as long as it answers."""
        self._staying = staying

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or []:
            listening.listen(WAITING)
        for other in self._beside:
            await other.begin()
        if self._staying:
            self._staying.begin()
        note(What.STARTED)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        app = self.config.app
        if isinstance(app, Starlette):
            app.state.live.close()
        note(What.STOPPING, {"connections": len(self.server_state.connections)})
        if self._staying:  # before the files are closed
            await run_in_threadpool(self._staying.end)
        await super().shutdown(sockets)
        for other in self._beside:
            await other.end()
        note(What.STOPPED)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the library's
        if self.should_exit:
            if monotonic() - self._told > AT_ONCE:
                self._leave(128 + sig)
            return
        self.should_exit, self._told = True, monotonic()
        ending = threading.Timer(LONGEST_STOP, self._leave, [0])
        ending.daemon = True
        ending.start()


class Beside:
    """What answers at another address of the same process."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket) -> None:
        self._server = uvicorn.Server(config)
        self._listening = listening

    async def begin(self) -> None:
        self._server.config.load()
        self._server.lifespan = self._server.config.lifespan_class(self._server.config)
        await self._server.startup([self._listening])

    async def end(self) -> None:
        await self._server.shutdown([self._listening])
