"""What was made lately and may be wanted again, as far as there is room; the oldest goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Lately(Generic[Made]):
    """Remembers things by what they are made of; `held` of the `room` is taken."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.held = 0
        self._known: OrderedDict[Hashable, tuple[Made, int]] = OrderedDict()
        self._lock = Lock()

    def find(self, name: Hashable) -> Made | None:
        """Return what was kept under a name, if it is there still."""
        with self._lock:
            found = self._known.get(name)
            if found is None:
                return None
            self._known.move_to_end(name)
            return found[0]

    def keep(self, name: Hashable, made: Made, size: int) -> Made:
        """Keep something of some size, instead of what had this name; return it."""
        with self._lock:
            self._forget(name)
            if size <= self.room:
                self._known[name] = (made, size)
                self.held += size
            while self.held > self.room:
                self._forget(next(iter(self._known)))
        return made

    def _forget(self, name: Hashable) -> None:
        if name in self._known:
            self.held -= self._known.pop(name)[1]
