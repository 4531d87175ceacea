"""Who may read for a while: a device that answered a nonce gets a pass, a random word that it shows
with each request. Nonces cost no memory until a genuine answer comes, because the node recognises
its own; passes are kept as hashes, in memory only, and bound to one collective and one device.
A pass lasts
as long as it is used. Rules H6 and H7 of docs/protocol.md."""

import hmac
import secrets
from collections.abc import Iterator
from hashlib import sha256
from time import monotonic
from typing import NamedTuple

from goround.ids import CollectiveId, DeviceId, decode, encode
from goround.web.limits import Clock
from goround.web.problems import Denied

NONCE_LASTS = 60
"""Seconds in which a nonce can be answered."""
PASS_LASTS = 12 * 60 * 60
"""Seconds in which a pass opens after it was last used."""
MOST_PASSES = 2000
MOST_PER_DEVICE = 8
MOST_SPENT = 20_000

_RANDOM = 12
_TIME = 4
_MAC = 16


class Pass(NamedTuple):
    """What a pass opens, for whom, and until when on the node's clock."""

    collective: CollectiveId
    device: DeviceId
    until: float


class Nonces:
    """Nonces are made of a time, chance, and a seal that only this process can make: 32 bytes."""

    def __init__(self, clock: Clock = monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._spent: dict[bytes, float] = {}

    def draw(self, collective: CollectiveId) -> str:
        """Give a nonce to sign for this collective."""
        told = int(self._clock()).to_bytes(_TIME, "big") + secrets.token_bytes(_RANDOM)
        return encode(told + self._seal(collective, told))

    def _seal(self, collective: CollectiveId, told: bytes) -> bytes:
        sealed = hmac.new(self._key, decode(collective) + told, sha256).digest()
        return sealed[:_MAC]

    def read(self, collective: CollectiveId, text: str) -> bytes:
        """Read a nonce that came back, or raise Denied: not ours, too old, or spent."""
        try:
            nonce = decode(text)
        except ValueError:
            raise _stale() from None
        told, sealed = nonce[:-_MAC], nonce[-_MAC:]
        age = self._clock() - int.from_bytes(told[:_TIME], "big")
        is_ours = hmac.compare_digest(sealed, self._seal(collective, told))
        if not is_ours or not -1 <= age <= NONCE_LASTS or nonce in self._spent:
            raise _stale()
        return nonce

    def spend(self, nonce: bytes) -> None:
        """Let a nonce that was answered genuinely never be answered again."""
        now = self._clock()
        for old in list(_first_over(self._spent, now)):
            del self._spent[old]
        if len(self._spent) >= MOST_SPENT:
            raise Denied(503, "busy", "Too many are coming in just now; try again in a minute.")
        self._spent[nonce] = now + NONCE_LASTS + 1


def _first_over(spent: dict[bytes, float], now: float) -> Iterator[bytes]:
    """Name those whose time is over: they were put in by time."""
    for nonce, until in spent.items():
        if until > now:
            return
        yield nonce


def _stale() -> Denied:
    return Denied(401, "nonce", "This nonce is not of this node, too old, or was answered already.")


class Passes:
    """The passes of one process; all end with it."""

    def __init__(self, clock: Clock = monotonic) -> None:
        self._clock = clock
        self._passes: dict[bytes, Pass] = {}

    def __len__(self) -> int:
        return len(self._passes)

    def give(self, collective: CollectiveId, device: DeviceId) -> str:
        """Give a new pass; of too many, the oldest are forgotten, a device's own ones first."""
        word = secrets.token_urlsafe(32)
        own = [at for at, held in self._passes.items() if held.device == device]
        for old in own[: max(0, len(own) - MOST_PER_DEVICE + 1)]:
            del self._passes[old]
        if len(self._passes) >= MOST_PASSES:
            del self._passes[next(iter(self._passes))]
        self._passes[_kept(word)] = Pass(collective, device, self._clock() + PASS_LASTS)
        return word

    def holder(self, word: str, collective: CollectiveId) -> DeviceId:
        """Tell whose pass this is, or raise Denied where it does not open this collective.

        It lasts from here on once more.
        """
        found = self._passes.get(_kept(word))
        if found is None or not self._opens(found, collective):
            raise Denied(401, "session", "Reading needs a session, and this one is none or over.")
        self._passes[_kept(word)] = found._replace(until=self._clock() + PASS_LASTS)
        return found.device

    def opens(self, word: str, collective: CollectiveId) -> bool:
        """Tell whether a pass opens a collective, without making it last."""
        found = self._passes.get(_kept(word))
        return found is not None and self._opens(found, collective)

    def _opens(self, found: Pass, collective: CollectiveId) -> bool:
        return found.until >= self._clock() and found.collective == collective

    def forget(self, word: str) -> None:
        """Let a pass open nothing any more."""
        self._passes.pop(_kept(word), None)


def _kept(word: str) -> bytes:
    return sha256(word.encode("utf-8", "surrogateescape")).digest()
