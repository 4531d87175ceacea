"""The sessions that devices have at nodes: a token for each, kept for the origin that gave it."""

from typing import Protocol

from goround.ids import CollectiveId, DeviceId


class Tokens(Protocol):
    """Keeps the sessions that devices have, each at the origin that gave it."""

    def get(self, origin: str, collective: CollectiveId, device: DeviceId) -> str | None:
        """Return the newest one that was kept."""

    def keep(self, origin: str, collective: CollectiveId, device: DeviceId, token: str) -> None:
        """Keep one in the place of the one before."""


class InMemory:
    """Keeps sessions for as long as it is there itself."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, CollectiveId, DeviceId], str] = {}

    def get(self, origin: str, collective: CollectiveId, device: DeviceId) -> str | None:
        return self._kept.get((origin, collective, device))

    def keep(self, origin: str, collective: CollectiveId, device: DeviceId, token: str) -> None:
        self._kept[origin, collective, device] = token
