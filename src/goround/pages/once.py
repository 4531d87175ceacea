"""What is said of one proposal to one reader, worked out once for as long as it stays the same.

It is worked out anew when the register has worked out the proposal's row anew, when somebody
took another name, when words were erased, and when a day has come that it depends on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from goround.collective.members import Accept, Name
from goround.pages.register import register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from goround.pages.reading import Reading
    from goround.pages.register import Register
    from goround.pages.rows import Row

Answer = TypeVar("Answer")
ALWAYS = 2**63
MOST = 20_000
"""Answers that are remembered; then all are forgotten at once."""


class _Known(NamedTuple):
    """An answer, what it was worked out of, and between which times (ms) it holds."""

    stamp: object
    since: int
    until: int
    answer: Any


class Once(NamedTuple):
    """One reader's look at the register, at one time (ms)."""

    reading: Reading
    register: Register
    now: int

    @classmethod
    def at(cls, reading: Reading, now: int) -> Once:
        """Look at the register as it is."""
        return cls(reading, register(reading), now)

    def ask(
        self,
        row: Row,
        question: Callable[[Reading, Row, int], Answer],
        days: Callable[[Reading, Row], Iterable[int]],
    ) -> Answer:
        """Return what a question comes to, asked now or before; `days` may change the answer."""
        known, place = self.register.answers, (question, self.reading.me, row.proposal)
        found: _Known | None = known.get(place)
        stamp = (self.register.stamps[row.proposal], *_words(self.reading))
        if found and found.stamp == stamp and found.since <= self.now < found.until:
            return found.answer  # type: ignore[no-any-return]
        if len(known) >= MOST:
            known.clear()
        answer = question(self.reading, row, self.now)
        known[place] = _Known(stamp, *_between(days(self.reading, row), self.now), answer)
        return answer


def _words(reading: Reading) -> tuple[int, ...]:
    """Return what changes with names, and with words that were erased."""
    named = reading.view.record.by_kind
    return (reading.replay.rewritten, len(named.get(Name, ())), len(named.get(Accept, ())))


def _between(days: Iterable[int], now: int) -> tuple[int, int]:
    """Return the days before and after now, between which nothing depends on the time."""
    known = sorted(days)
    return (
        max((day for day in known if day <= now), default=-ALWAYS),
        min((day for day in known if day > now), default=ALWAYS),
    )
