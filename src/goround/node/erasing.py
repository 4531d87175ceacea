"""Which words are erased here, asked only of what erases something.

It is asked whenever anything arrives, so it must not look through everything that was ever put
forward: each version is looked at once, and few of them erase anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.erasure import EraseOwn, erased, erases

if TYPE_CHECKING:
    from collections.abc import Callable

    from goround.collective.entry import Entry
    from goround.collective.record import Record, View
    from goround.ids import EventId
    from goround.replay import Replay
    from goround.store import Store


class Erasing:
    """What erases something in one record, and what of that was carried out already."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._looked = 0
        self._versions: list[Entry] = []
        self.gone: set[EventId] = set()
        """Events whose words are known to be off the disk."""

    def names(self, view: Callable[[], View]) -> set[EventId]:
        """Name the events whose words are erased; raises where nothing here can be judged."""
        known = self._record.all_versions
        self._versions += filter(erases, known[self._looked :])
        self._looked = len(known)
        is_any = self._versions or self._record.by_kind.get(EraseOwn)
        if is_any or self._record.founding is None:
            return erased(view(), self._versions)
        return set()

    def carry_out(self, names: set[EventId], store: Store, replay: Replay) -> None:
        """Take words off the disk and out of memory, each once."""
        for name in names - self.gone:
            if not store.is_erased(name):
                store.erase(name)
            replay.forget(name)
            self.gone.add(name)
