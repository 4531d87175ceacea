"""How much anybody may ask of a node: what strangers can cost it is bounded in memory and in time.
A bucket fills by the second and is emptied by asking; who finds it empty is told how long to wait.
The tables forget whoever was quiet the longest, so they cannot grow."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import NamedTuple

Clock = Callable[[], float]
"""Gives seconds that only ever grow."""

MOST_REMEMBERED = 10_000


class Rate(NamedTuple):
    """How much at once, and how much per second after that."""

    burst: float
    per_second: float


REFUSED_COSTS = 9


class Bounds(NamedTuple):
    """What one process allows."""

    wait: float = 20.0
    """Seconds in which a body has to be here."""
    budget: int = 24 * 1024 * 1024
    """Bytes of bodies that are held at once, from when they come until they are answered."""
    budget_of_one: int = 12 * 1024 * 1024
    """The same for one address."""
    small: int = 64 * 1024
    """Bytes of each body that find room in any case."""
    open: int = 32
    """Collectives that are open at once."""
    by_address: Rate = Rate(burst=600, per_second=20)
    """Requests. Several members can share one address; a refused request counts as ten."""
    by_device: Rate = Rate(burst=300, per_second=10)
    """Requests in a session."""
    time_by_device: Rate = Rate(burst=200, per_second=25)
    """Hundredths of a second of the node's time, in sessions: two seconds, and then a quarter."""
    events_by_device: Rate = Rate(burst=1000, per_second=10)
    """Events handed over outside a session."""
    bytes_by_address: Rate = Rate(burst=24 * 1024 * 1024, per_second=2 * 1024 * 1024)
    """Bytes of bodies; what comes faster is read more slowly."""
    too_fast_waits: float = 1.0
    """Seconds until somebody is told that they ask too much: whoever goes on asking waits."""


@dataclass(slots=True)
class _Bucket:
    left: float
    since: float


class Rates:
    """What each of many may still ask for."""

    def __init__(
        self,
        rate: Rate,
        clock: Clock = monotonic,
        most: int = MOST_REMEMBERED,
        debt: float = 0,
    ) -> None:
        self._rate = rate
        self._debt = debt
        self._clock = clock
        self._most = most
        self._buckets: dict[str, _Bucket] = {}

    def __len__(self) -> int:
        return len(self._buckets)

    def wait(self, who: str) -> int:
        """Give the whole seconds after which somebody may ask again; 0 is now."""
        return math.ceil(self.seconds(who))

    def seconds(self, who: str) -> float:
        """Give the time after which somebody may ask again, exactly."""
        return max(0.0, (1 - self._filled(who).left) / self._rate.per_second)

    def take(self, who: str, cost: float = 1) -> None:
        """Count what somebody asked for; a bucket is never emptied below nothing, or the debt."""
        bucket = self._filled(who)
        bucket.left = max(-self._debt, bucket.left - cost)

    def _filled(self, who: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.pop(who, None) or _Bucket(self._rate.burst, now)
        gained = (now - bucket.since) * self._rate.per_second
        bucket.left, bucket.since = min(self._rate.burst, bucket.left + gained), now
        self._buckets[who] = bucket  # last in line to be forgotten
        if len(self._buckets) > self._most:
            del self._buckets[next(iter(self._buckets))]
        return bucket


@lru_cache(MOST_REMEMBERED)
def network_of(address: str) -> str:
    """Give what one household has: an IPv4 address, or the first half of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return found.ipv4_mapped.compressed if found.ipv4_mapped else found.exploded[:19]
    return found.compressed
