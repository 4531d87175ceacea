"""The local numbers of proposals: what people type for one, here and nowhere else.

A proposal gets its number when it first comes into the file, for good, whichever program wrote it
there; so numbers only grow, and each is read from the file once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.store import Store


class Numbers:
    """The numbers that one file gives, and which proposals have theirs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[EventId, str] = {}
        self._numbered = 0

    def known(self) -> Mapping[EventId, str]:
        """Return the number of each proposal, also of those that another program put in."""
        for proposal, number in self._store.numbers(after=len(self._known)).items():
            self._known[proposal] = str(number)
        return self._known

    def give(self, proposals: Sequence[Entry]) -> None:
        """Give each of these, which are all that are here, its number."""
        if self._numbered == len(proposals):
            return
        known = self.known()
        with self._store.writing():
            for entry in proposals[self._numbered :]:
                if entry.id not in known:
                    self._store.number(entry.id)
        self._numbered = len(proposals)

    def take_back(self) -> None:
        """Look again at every proposal: what was written last is not in the file after all."""
        self._numbered = 0
