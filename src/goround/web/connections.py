"""Who has a connection. There is room for so many, and for so many of one address; nobody keeps one
on which nothing is asked, or from which no answer is fetched. Where all places are taken, whoever
has fewest gets one, and one is given up of whoever has most, as long as nothing is being answered
on it. Who comes too often is not even heard."""

import asyncio
import socket
from collections import Counter
from functools import partial
from ipaddress import ip_address, ip_network
from time import monotonic
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import get_remote_addr

from goround.sync.problem import CONTENT_TYPE, problem
from goround.web.journal import What, note
from goround.web.limits import Bounds, Rates, network_of

MOST_CONNECTIONS = 256
MOST_OF_ONE = 64
"""Connections of one address."""
SILENT = 20.0
"""Seconds after which a connection is given up on which no whole head of a request has come."""
TURNED_AWAY = 2.0
"""Seconds in which whoever finds no place can ask, to be told so."""
GONE = 60_000
"""Milliseconds in which what was sent has to arrive; a stream sends something all the time."""
FRESH = 1.0
"""Seconds in which whoever came may begin to ask, before their place goes to somebody else."""


class Places:
    """Who has a connection to one server, and how many each network has."""

    def __init__(self) -> None:
        self._here: dict[Patient, str] = {}
        self._of: Counter[str] = Counter()
        self._coming = Rates(Bounds().by_address)
        self.turned_away = 0

    def comes_too_often(self, network: str) -> bool:
        """Tell whether somebody connects more often than they may ask."""
        if self._coming.wait(network):
            return True
        self._coming.take(network)
        return False

    def has_room(self, network: str, *, is_passed_on: bool) -> bool:
        """Tell whether somebody finds a place; one may be given up for them."""
        if self._of[network] >= MOST_OF_ONE and not is_passed_on:
            return False
        return len(self._here) < MOST_CONNECTIONS or self._make_room(network)

    def _make_room(self, network: str) -> bool:
        """Give up the connection that is missed the least, if somebody has more of them."""
        waiting = [one for one in self._here if not one.is_working]
        if not waiting:
            return False
        least = max(waiting, key=lambda one: (self._of[self._here[one]], not one.asked, -one.since))
        is_fair = self._of[self._here[least]] > self._of[network]
        if not is_fair and (least.asked or monotonic() - least.since < FRESH):
            return False
        self.leave(least)
        least.transport.abort()
        return True

    def take(self, connection: "Patient", network: str) -> None:
        self._here[connection] = network
        self._of[network] += 1

    def leave(self, connection: "Patient") -> None:
        network = self._here.pop(connection, None)
        if network is None:
            return
        self._of[network] -= 1
        if not self._of[network]:
            del self._of[network]


def protocol() -> Any:  # noqa: ANN401 - what uvicorn makes its connections with
    """Return what makes the connections of one server."""
    return partial(Door, Places())


class Door(asyncio.Protocol):
    """What a connection meets first; whoever finds no place costs no more than this."""

    def __init__(self, places: Places, config: uvicorn.Config, **given: Any) -> None:  # noqa: ANN401 - uvicorn's own
        self._places = places
        self._config = config
        self._given = given
        self._leaving: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        client = get_remote_addr(transport)
        network = network_of(client[0]) if client else ""
        is_passed_on = client is not None and self._is_passed_on(client[0])
        if not is_passed_on and self._places.comes_too_often(network):
            transport.abort()
        elif self._places.has_room(network, is_passed_on=is_passed_on):
            _set_up(transport)
            inside = Patient(self._config, **self._given)
            transport.set_protocol(inside)
            inside.come_in(self._places, network, transport)
        else:
            self._turn_away(transport)

    def _is_passed_on(self, address: str) -> bool:
        """Tell whether a server in front has sent this: all that it sends has its one address."""
        if not self._config.proxy_headers:
            return False
        found = ip_address(address)
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in ip_network(known) for known in self._config.forwarded_allow_ips)

    def _turn_away(self, transport: asyncio.Transport) -> None:
        """Wait a little until they ask, so that they hear why."""
        note(What.NO_PLACE)
        self._transport = transport
        self._places.turned_away += 1
        if self._places.turned_away > MOST_CONNECTIONS:
            transport.abort()
        else:
            loop = asyncio.get_running_loop()
            self._leaving = loop.call_later(TURNED_AWAY, transport.close)

    def data_received(self, _data: bytes) -> None:
        self._transport.write(_NO_PLACE)
        self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        if hasattr(self, "_transport"):
            self._places.turned_away -= 1
        if self._leaving:
            self._leaving.cancel()


class Patient(H11Protocol):
    """A connection that is given up where no request comes, or no answer is fetched."""

    _deadline: asyncio.TimerHandle | None = None
    _unfetched: int | None = None
    _places: Places | None = None
    asked = False
    since = 0.0

    def come_in(self, places: Places, network: str, transport: asyncio.Transport) -> None:
        """Take a place, from now until the connection is lost."""
        places.take(self, network)
        self._places, self.since = places, monotonic()
        self.connection_made(transport)
        self._wait(SILENT)

    @property
    def is_working(self) -> bool:
        """Tell whether a request is here as a whole, and is being answered."""
        cycle = self._request
        return bool(cycle and not cycle.response_complete and not cycle.more_body)

    @property
    def _request(self) -> Any:  # noqa: ANN401 - the library's own
        """Return the request that is being answered, or was; None before the first."""
        return getattr(self, "cycle", None)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        self._stop_waiting()
        self.asked = True
        super().on_response_complete()  # which waits for the next request, for as long as is idle

    def connection_lost(self, exc: Exception | None) -> None:
        if self._places:
            self._places.leave(self)
        self._stop_waiting()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Wait for a request, from when the one before was answered; not for our own answer."""
        if self._request and not self._request.response_complete:
            self._stop_waiting()
        elif self._deadline is None:
            self._wait(SILENT)

    def _wait(self, seconds: float) -> None:
        self._deadline = self.loop.call_later(seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self._unfetched = None

    def _give_up(self) -> None:
        """Close, once an answer that is still being fetched is fetched; end it where it is not."""
        left = self.transport.get_write_buffer_size()
        if left and self._unfetched is not None and left >= self._unfetched:
            self.transport.abort()
            return
        self._unfetched = left
        self.transport.close()
        if left:
            self._wait(SILENT)


def _set_up(transport: asyncio.Transport) -> None:
    """Let small answers go out at once, and a connection be given up whose other end is gone.

    asyncio sees to the first only where a socket was opened with its protocol named. Without it a
    body that follows its head waits for 40 ms, until the other end says that it has the head.
    """
    line = transport.get_extra_info("socket")
    if line is None:
        return
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GONE)


def _no_place() -> bytes:
    told = problem(503, "busy", "Too many are connected just now; try again in a few seconds.")
    head = (
        f"HTTP/1.1 503 Service Unavailable\r\nContent-Type: {CONTENT_TYPE}\r\n"
        f"Content-Length: {len(told.body)}\r\nRetry-After: 5\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + told.body


_NO_PLACE = _no_place()
