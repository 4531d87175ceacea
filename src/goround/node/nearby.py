"""What a node that serves a room finds there: other nodes that announce one of its collectives,
each a place for as long as it is announced. All of it is in memory, and nothing of it is believed:
whoever is found is called, and shows then that a member's device stands behind it (proving.py)."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import msgspec

from goround.errors import Damaged, Unreachable
from goround.log.proofs import prove_certificate
from goround.node.places import LONGEST_WHY, MOST, Place, changed_at
from goround.sync.nearby import call, is_near, shared
from goround.sync.tokens import InMemory

if TYPE_CHECKING:
    from goround.ids import CollectiveId, DeviceId
    from goround.log.keys import DeviceKey
    from goround.node.home import Home
    from goround.sync.nearby import Announced
    from goround.sync.tokens import Tokens

MOST_ANNOUNCED = 200
"""Nodes of which it is remembered what they announce."""


MOST_OF_ONE = 8
"""Of these, nodes at one address, or with what was announced before: who does not know a collective
can only repeat what others announced of it, and a stranger's many names push nobody else out."""


class _Found(NamedTuple):
    address: str
    announced: Announced
    collectives: frozenset[CollectiveId]


class Nearby:
    """What was found, for as long as the node serves at an origin with a certificate."""

    def __init__(self, home: Home, origin: str, certificate: bytes) -> None:
        self.origin = origin
        self.own: frozenset[CollectiveId] = frozenset()
        self._home = home
        self._certificate = certificate
        self._lock = Lock()
        self._found: dict[str, _Found] = {}
        self._met: dict[tuple[CollectiveId, str], Place] = {}
        self._tokens: dict[bytes, Tokens] = {}
        self._changes = 0
        self._read: tuple[int, ...] = ()

    @property
    def host(self) -> str:
        """Return the address of this machine at which it serves."""
        return urlsplit(self.origin).hostname or ""

    def stamp(self) -> int:
        """Return what changes whenever anything here does."""
        return self._changes

    # -------------------------------------------------------------------------- what we announce

    def look(self) -> bool:
        """Learn which collectives this home has a device in; tell whether that has changed."""
        folders = (self._home.path / "keys", self._home.path / "collectives")
        read = tuple(map(changed_at, folders))
        if read == self._read:
            return False
        own = frozenset(name for name in self._home.collectives() if self._key(name))
        self._read, has_changed = read, own != self.own
        with self._lock:
            self.own = own
            self._found = {name: self._matched(*found[:2]) for name, found in self._found.items()}
            self._changed()
        return has_changed

    def _key(self, collective: CollectiveId) -> DeviceKey | None:
        try:
            return self._home.keyring(collective).device
        except (Damaged, Unreachable):  # who looks at it is told
            return None

    def answer(self, nonce: bytes, called: str) -> tuple[DeviceId, str] | None:
        """Say as a device that the certificate here is ours, to who knows the collective (H28)."""
        for collective in self.own:
            key = (
                self._key(collective)
                if call(collective, nonce, self._certificate) == called
                else None
            )
            if key:
                shown = self.origin, self._certificate
                return key.public, prove_certificate(key, collective, nonce, *shown)
        return None

    # ------------------------------------------------------------------------------ what we find

    def appeared(self, name: str, address: str, announced: Announced) -> None:
        """Note what a node announces; never of this one, nor of an address far away."""
        if address == self.origin or not is_near(urlsplit(address).hostname or "", self.host):
            self.vanished(name)
            return
        with self._lock:
            found, before = self._matched(address, announced), self._found.pop(name, None)
            if has_room := self._has_room(found):  # also for what a known name announces now
                self._found[name] = found
            if has_room or before:
                self._changed()

    def _has_room(self, fresh: _Found) -> bool:
        """Make room, if need be, for who shares a collective, in the place of who shares none."""
        host, nonce = urlsplit(fresh.address).hostname, fresh.announced.nonce
        there = [name for name, f in self._found.items() if urlsplit(f.address).hostname == host]
        if sum(found.announced.nonce == nonce for found in self._found.values()) >= MOST_OF_ONE:
            return False
        if len(there) >= MOST_OF_ONE:  # anybody can announce anybody's address
            return self._in_place_of(there, fresh)
        return len(self._found) < MOST_ANNOUNCED or self._in_place_of(list(self._found), fresh)

    def _in_place_of(self, names: list[str], fresh: _Found) -> bool:
        strangers = (name for name in names if not self._found[name].collectives)
        least = next(strangers, None) if fresh.collectives else None
        return least is not None and self._found.pop(least) is not None

    def vanished(self, name: str) -> None:
        """Forget what a node announced."""
        with self._lock:
            if self._found.pop(name, None):
                self._changed()

    def _matched(self, address: str, announced: Announced) -> _Found:
        return _Found(address, announced, frozenset(shared(announced, self.own)))

    def _changed(self) -> None:
        """Count a change, and keep places of what is found alone; what is known of them stays."""
        self._changes += 1
        met: dict[tuple[CollectiveId, str], Place] = {}
        for found in self._found.values():
            for collective in found.collectives:
                at = collective, found.address
                met[at] = self._met.get(at) or Place(found.address, self._home.clock())
        self._met = met

    def collectives(self) -> set[CollectiveId]:
        """Return the collectives that were found elsewhere."""
        return {collective for collective, _address in self._met}

    def places(self, collective: CollectiveId) -> list[Place]:
        """Return where a collective was found, and how that went: no more than are called.

        Who was equal comes first, and whom nobody vouched for last.
        """
        known = [place for (name, _a), place in self._met.items() if name == collective]
        return sorted(known, key=lambda place: (not place.equal, place.silent))[:MOST]

    # ------------------------------------------------------------------------------- how it went

    def tokens(self, certificate: bytes) -> Tokens:
        """Return the sessions at the node that shows a certificate."""
        with self._lock:
            if len(self._tokens) >= MOST_ANNOUNCED:
                self._tokens.clear()
            return self._tokens.setdefault(certificate, InMemory())

    def note_equal(self, collective: CollectiveId, address: str, events: int, now: int) -> None:
        """Note that the copy there is equal."""
        self._note(collective, address, equal=now, events=events, silent=0, why="")

    def note_silent(self, collective: CollectiveId, address: str, told: str, now: int) -> None:
        """Note that nobody was reached there, or nobody whom we know."""
        self._note(collective, address, silent=now, why=told[:LONGEST_WHY])

    def _note(self, collective: CollectiveId, address: str, **known: int | str) -> None:
        at = collective, address
        with self._lock:
            if at in self._met:
                self._met[at] = msgspec.structs.replace(self._met[at], **known)
                self._changes += 1
