"""Up to where each collective of a home is written: asked often, of many files, whoever writes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from goround.errors import GoroundError
from goround.store.watching import Watch

if TYPE_CHECKING:
    from goround.ids import CollectiveId
    from goround.node.home import Home


class Written:
    """Looks at several files; one that is exchanged under its name is opened anew."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._watches: dict[CollectiveId, tuple[int, Watch]] = {}

    def row(self, collective: CollectiveId) -> int:
        """Give the row of what arrived last; 0 where that cannot be told just now."""
        try:
            return self._watch(collective).newest_row()
        except (GoroundError, OSError):
            self.forget(collective)
            return 0

    def _watch(self, collective: CollectiveId) -> Watch:
        path = self._home.file(collective)
        which, known = path.stat().st_ino, self._watches.get(collective)
        if known and known[0] == which:
            return known[1]
        self.forget(collective)
        watch = Watch(path)
        self._watches[collective] = which, watch
        return watch

    def forget(self, collective: CollectiveId) -> None:
        """Look at a collective no more."""
        known = self._watches.pop(collective, None)
        if known:
            with suppress(GoroundError):
                known[1].close()

    def close(self) -> None:
        """Look at nothing more."""
        for collective in list(self._watches):
            self.forget(collective)
