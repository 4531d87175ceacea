"""What was said around a proposal, each answer under what it answers: under a concern, under a
suggestion, or in the thread of the proposal itself. Answers to answers are shown a few steps deep;
what goes deeper stands beside the last step, so that a phone can show it and nobody can dig a hole
that no page comes out of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.concerns import Settled, concerns, is_settled
from goround.collective.proposals import Suggest, versions
from goround.pages.names import name_of
from goround.pages.reading import iso
from goround.pages.talk import talk

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]
DEEPEST = 2
"""Steps below what is answered first."""


class Thread:
    """All that was said about one proposal, parted by what it is about."""

    def __init__(self, reading: Reading, proposal: EventId) -> None:
        self._reading = reading
        self._hosts: dict[str, Json] = {}
        self._known = versions(reading.view, proposal)
        self.all: list[Json] = []
        self.said: list[Json] = []
        self._talk: list[Json] = []
        found = [c for v in self._known for c in concerns(reading.view, v.id)]
        self.concerns = [self._concern(entry) for entry in found]
        found = [s for v in self._known for s in reading.view.said(Suggest, v.id)]
        self.suggestions = [self._about(entry) for entry in found]
        for said in talk(reading, proposal):
            self._put(said)

    def _put(self, said: Json) -> None:
        """Put what was said under what it is on; its own answers, where there is room for them."""
        host = self._hosts.get(said["on"])
        entry = self._reading.view.record.entries[said["id"]]
        node = self._node(entry, depth=host["depth"] + 1 if host else 0)
        (host["answers"] if host else self.said).append(node)
        self._talk.append(node)
        self._hosts[said["id"]] = host if host and node["depth"] > DEEPEST else node

    def _node(self, entry: Entry, depth: int) -> Json:
        reading = self._reading
        person = reading.view.person(entry)
        node: Json = {
            "id": entry.id,
            "by": name_of(reading, person),
            "mine": person == reading.me,
            "at": iso(entry.at),
            "text": reading.word(entry.id, "text"),
            "erased": reading.is_erased(entry.id),
            "depth": depth,
            "answers": [],
        }
        self.all.append(node)
        return node

    def _about(self, entry: Entry) -> Json:
        node = self._node(entry, depth=0)
        named = getattr(entry.fact, "version", "")
        numbers = [n for n, v in enumerate(self._known, 1) if v.id == named]
        node["number"] = numbers[0] if numbers else None
        node["current"] = bool(self._known) and self._known[-1].id == named
        self._hosts[entry.id] = node
        return node

    def _concern(self, entry: Entry) -> Json:
        node, view = self._about(entry), self._reading.view
        words = [self._reading.word(e.id, "because") for e in view.said(Settled, entry.id)]
        node["settled"] = is_settled(view, entry)
        node["met_by"] = next(filter(None, words), "")
        return node

    def find(self, event: str) -> Json | None:
        """Return what was said with an event, if it was said here."""
        return next((node for node in self.all if node["id"] == event), None)

    @property
    def newest(self) -> Json | None:
        """What was asked or answered last, if anything."""
        return max(self._talk, key=lambda node: node["at"] or "", default=None)
