"""Says in the local network that a node is here, and hears who else is (mDNS and DNS-SD, by the
library zeroconf). The name is chance and changes with each start; what is announced tells nobody
anything who does not know a collective already (sync/nearby.py). Rule H27 of docs/protocol.md."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from ipaddress import ip_address
from secrets import token_bytes, token_hex
from threading import BoundedSemaphore
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from zeroconf import ServiceBrowser, ServiceInfo, ServiceStateChange, Zeroconf

from goround.sync.nearby import NONCE, SERVICE, announce, read
from goround.sync.origins import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.node.nearby import Nearby

LASTS = 120
"""Seconds after which who went without a word counts as gone."""
PATIENCE = 1000
"""Milliseconds in which a node that said it is there has to say where."""
AT_A_TIME, MOST_ASKED = 4, 32
"""How many are asked at a time where they are, and how many more wait for it; others announce
themselves again."""


class Announcing:
    """What a node says of itself in a network, from its start to its end."""

    def __init__(self, nearby: Nearby, network: Zeroconf) -> None:
        self._nearby = nearby
        self._network = network
        self._name = token_hex(8)
        self._threads = ThreadPoolExecutor(AT_A_TIME)
        self._asking = BoundedSemaphore(MOST_ASKED)
        nearby.look()
        # A name of chance is nobody else's: nobody has to be asked first.
        network.register_service(self._said(), cooperating_responders=True)
        self._browser = ServiceBrowser(network, SERVICE, handlers=[self._heard])

    def renew(self) -> None:
        """Announce anew, where this home has come to have a device in another collective."""
        if self._nearby.look():
            self._network.update_service(self._said())

    def _said(self) -> ServiceInfo:
        parts = urlsplit(self._nearby.origin)
        return ServiceInfo(
            SERVICE,
            f"{self._name}.{SERVICE}",
            port=parts.port or 443,
            properties=announce(self._nearby.own, token_bytes(NONCE), token_bytes(NONCE)),
            server=f"{self._name}.local.",
            addresses=[ip_address(self._nearby.host).packed],
            host_ttl=LASTS,
            other_ttl=LASTS,
        )

    def _heard(
        self,
        zeroconf: Zeroconf,
        service_type: str,
        name: str,
        state_change: ServiceStateChange,
    ) -> None:
        if name.startswith(self._name):
            return
        if state_change is ServiceStateChange.Removed:
            self._nearby.vanished(name)
            return
        found = ServiceInfo(service_type, name)
        if found.load_from_cache(zeroconf):  # mostly a node says all of it at once
            self._note(name, found)
        elif self._asking.acquire(blocking=False):
            self._threads.submit(self._ask, found, name)

    def _ask(self, found: ServiceInfo, name: str) -> None:
        """Ask who did not say where they are; nobody else waits for that."""
        try:
            if found.request(self._network, PATIENCE):
                self._note(name, found)
        finally:
            self._asking.release()

    def close(self) -> None:
        """Hear nobody, and ask nobody, any more."""
        self._browser.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _note(self, name: str, found: ServiceInfo) -> None:
        lines = {key: value for key, value in found.decoded_properties.items() if value}
        announced = read(lines)
        for host in found.parsed_addresses()[:1]:
            if announced and found.port:
                shown = f"[{host}]" if ":" in host else host
                self._nearby.appeared(name, origin_of(f"https://{shown}:{found.port}"), announced)


@contextmanager
def announcing(nearby: Nearby) -> Iterator[Announcing]:
    """Be there for a network, and say goodbye at the end."""
    network = Zeroconf(interfaces=[nearby.host])
    try:
        said = Announcing(nearby, network)
        try:
            yield said
        finally:
            said.close()
    finally:
        network.close()
