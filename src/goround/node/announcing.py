"""Says in the local network that a node is here, and hears who else is (mDNS and DNS-SD, by the
library zeroconf). The name is chance and changes with each start; what is announced tells nobody
anything who does not know a collective already (sync/nearby.py). Rule H27 of docs/protocol.md."""

from __future__ import annotations

from contextlib import contextmanager
from ipaddress import ip_address
from secrets import token_bytes, token_hex
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


class Announcing:
    """What a node says of itself in a network, from its start to its end."""

    def __init__(self, nearby: Nearby, network: Zeroconf) -> None:
        self._nearby = nearby
        self._network = network
        self._name = token_hex(8)
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
        found = zeroconf.get_service_info(service_type, name, PATIENCE)
        if found is not None:
            self._note(name, found)

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
        yield Announcing(nearby, network)
    finally:
        network.close()
