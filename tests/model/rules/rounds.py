"""How a next epoch is sealed: one word per member and round, two thirds, and a lock between rounds.

Nothing here knows of events: a view is what somebody has seen of the words that were given in one
epoch. The exhaustive search and the judge of whole histories both ask these functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

NOTHING = ""


class Word(NamedTuple):
    """A nomination or seal; `knowing`: its giver knew that the other of two had left."""

    member: str
    round: int
    change: str
    knowing: bool = False


class View(NamedTuple):
    """The words that somebody has seen in one epoch, and who of a pair has signed leaving."""

    size: int
    nominations: frozenset[Word]
    seals: frozenset[Word]
    left: frozenset[str] = frozenset()


class Rounds:
    """The rules of nominating and sealing in one epoch."""

    def quorum(self, size: int) -> int:
        """Two thirds, rounded up."""
        return -(-2 * size // 3)

    def enough(self, view: View, words: Iterable[Word]) -> bool:
        """Tell whether two thirds speak here, or the one who is left of two."""
        givers = {word.member for word in words}
        alone = bool(givers) and view.size == 2 and bool(view.left - givers)
        return alone or len(givers) >= self.quorum(view.size)

    def at(self, words: Iterable[Word], number: int) -> list[Word]:
        """Return the words of one round."""
        return [word for word in words if word.round == number]

    def named(self, words: Iterable[Word]) -> set[str]:
        """Return the changes that some words name."""
        return {word.change for word in words} - {NOTHING}

    def carried(self, view: View, number: int) -> set[str]:
        """Return the changes that two thirds nominated in one round."""
        words = self.at(view.nominations, number)
        return {
            change
            for change in self.named(words)
            if self.enough(view, (w for w in words if w.change == change))
        }

    def in_force(self, size: int, seals: Iterable[Word]) -> set[str]:
        """Return the changes that two thirds sealed in one round."""
        by_round: dict[tuple[int, str], set[Word]] = {}
        for word in seals:
            if word.change != NOTHING:
                by_round.setdefault((word.round, word.change), set()).add(word)
        return {
            change for (_, change), words in by_round.items() if self.force(size, frozenset(words))
        }

    def force(self, size: int, words: frozenset[Word]) -> bool:
        """Tell whether these seals of one change in one round put it in force."""
        if size == 2 and any(word.knowing for word in words):
            return True
        return len({word.member for word in words}) >= self.quorum(size)

    def opened(self, view: View, number: int) -> bool:
        """Tell whether a round may be nominated in."""
        if number == 0:
            return True
        over = self.enough(view, self.at(view.seals, number - 1))
        return over and not self.in_force(view.size, view.seals)

    def locked(self, view: View, number: int) -> set[str]:
        """Return what the round before binds this one to; empty where it binds to nothing."""
        return self.named(self.at(view.seals, number - 1)) if number else set()

    def spoke(self, words: Iterable[Word], member: str, number: int) -> bool:
        """Tell whether a member gave such a word in this round or a later one."""
        return any(word.member == member and word.round >= number for word in words)

    def why_not_nominate(
        self, view: View, member: str, number: int, change: str, *, ripe: bool
    ) -> str:
        """Return why this nomination is not allowed here, or nothing."""
        if member in view.left and view.size == 2:
            return "left"
        if self.spoke(view.nominations, member, number) or self.spoke(view.seals, member, number):
            return "spoke already"
        if not self.opened(view, number):
            return "round not open"
        locked = self.locked(view, number)
        if locked:
            return "" if change in locked else "locked"
        return "" if ripe and change != NOTHING else "not ripe"

    def why_not_seal(self, view: View, member: str, number: int, change: str) -> str:
        """Return why this seal is not allowed here, or nothing."""
        if member in view.left and view.size == 2:
            return "left"
        later = self.spoke(view.nominations, member, number + 1)
        if later or self.spoke(view.seals, member, number):
            return "spoke already"
        carried = self.carried(view, number)
        if change != NOTHING:
            return "" if change in carried else "not nominated"
        if carried:
            return "something is nominated"
        over = self.enough(view, self.at(view.nominations, number))
        return "" if over else "round not over"

    def next_word(self, view: View, member: str, ripe: list[str]) -> tuple[str, int, str] | None:
        """Return what an honest device says by itself now: (kind, round, change)."""
        if self.in_force(view.size, view.seals):
            return None
        rounds = {word.round for word in view.nominations | view.seals} | {0}
        for number in sorted(rounds | {max(rounds) + 1}, reverse=True):
            for change in [*sorted(self.carried(view, number)), NOTHING]:
                if not self.why_not_seal(view, member, number, change):
                    return ("seal", number, change)
            wanted = sorted(self.locked(view, number)) or ripe
            for change in wanted[:1]:
                if not self.why_not_nominate(view, member, number, change, ripe=True):
                    return ("nominate", number, change)
        return None
