"""The sealing rule alone: every way in which a few members can speak.

A table holds the words that were given in one epoch, each with the words its giver had seen. Words
are bits again. An honest member gives each kind of word once in a round, as the rule lets what they
have seen; two changes are ripe from the start, and of two members a leaving once it is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.broken import Broken, require
from tests.model.events import bits
from tests.model.rules.rounds import NOTHING, Rounds, View, Word

RIPE = ("a", "b")


class Said(NamedTuple):
    """A word of a member, and what they had seen."""

    kind: str
    member: int
    round: int
    change: str
    past: int


class Table(NamedTuple):
    """The words given, by place, and what each member has seen of them."""

    said: tuple[Said | None, ...]
    known: tuple[int, ...]


class Epoch:
    """One epoch of `size` members, of whom the last `silent` say nothing."""

    def __init__(
        self, rules: Rounds, size: int, silent: int, rounds: int, *, leaving: bool
    ) -> None:
        self.rules = rules
        self.size = size
        self.awake = range(size - silent)
        self.rounds = rounds
        self.leaving = leaving

    def start(self) -> Table:
        """Return a table at which nobody has spoken."""
        return Table((None,) * (self.size * (2 * self.rounds + 1)), (0,) * self.size)

    def place(self, kind: str, member: int, number: int) -> int:
        """Return where an honest member's word goes: one of a kind and round."""
        own = member * (2 * self.rounds + 1)
        if kind == "leave":
            return own
        return own + 1 + 2 * number + (kind == "seal")

    def words(self, table: Table, known: int) -> list[Said]:
        """Return the words in what somebody has seen."""
        return [word for i in bits(known) if (word := table.said[i]) is not None]

    def view(self, table: Table, known: int) -> View:
        """Return what the rule is asked about."""
        words = self.words(table, known)
        return View(
            self.size,
            frozenset(self.word(table, w) for w in words if w.kind == "nominate"),
            frozenset(self.word(table, w) for w in words if w.kind == "seal"),
            frozenset(str(w.member) for w in words if w.kind == "leave"),
        )

    def word(self, table: Table, said: Said) -> Word:
        """Return a word as the rule sees it."""
        left = {w.member for w in self.words(table, said.past) if w.kind == "leave"}
        return Word(str(said.member), said.round, said.change, bool(left - {said.member}))

    def ripe(self, view: View) -> list[str]:
        """Return the changes that are ripe, lowest first."""
        return [*RIPE, *(f"leaving of {m}" for m in sorted(view.left))]

    def allowed(self, view: View, member: int) -> Iterator[tuple[str, int, str]]:
        """Yield every word that the rule lets a member say."""
        rules, me = self.rules, str(member)
        changes = self.ripe(view)
        for number in range(self.rounds):
            for change in changes:
                if not rules.why_not_nominate(view, me, number, change, ripe=True):
                    yield ("nominate", number, change)
            for change in (*changes, NOTHING):
                if not rules.why_not_seal(view, me, number, change):
                    yield ("seal", number, change)

    def next_tables(self, table: Table) -> Iterator[Table]:
        """Yield what can happen next: somebody speaks, or sees one more word."""
        for member in self.awake:
            known = table.known[member]
            view = self.view(table, known)
            if not self.rules.in_force(self.size, view.seals):
                for kind, number, change in self.allowed(view, member):
                    yield self.speak(table, Said(kind, member, number, change, known))
                if self.leaving and str(member) not in view.left:
                    yield self.speak(table, Said("leave", member, 0, "", known))
            for i, word in enumerate(table.said):
                if word is not None and not known >> i & 1:
                    yield self.see(table, member, word.past | 1 << i)

    def speak(self, table: Table, word: Said) -> Table:
        """Return the table with one word more."""
        place = self.place(word.kind, word.member, word.round)
        said = (*table.said[:place], word, *table.said[place + 1 :])
        return self.see(Table(said, table.known), word.member, 1 << place)

    def see(self, table: Table, member: int, words: int) -> Table:
        """Return the table with somebody having seen more."""
        known = list(table.known)
        known[member] |= words
        return Table(table.said, tuple(known))

    def check(self, table: Table) -> None:
        """Check that one successor at most is in force."""
        everything = sum(1 << i for i, word in enumerate(table.said) if word is not None)
        found = self.rules.in_force(self.size, self.view(table, everything).seals)
        require("one_successor", len(found) < 2, f"{sorted(found)} of {self.size}")

    def check_progress(self, table: Table, awake: list[int]) -> None:
        """Check that who is awake, having exchanged everything, soon has a successor."""
        known = 0
        for member in awake:
            known |= table.known[member]
        words = {(w.member, w.kind, w.round): w for w in self.words(table, known)}
        first = max((w.round for w in words.values()), default=0)
        talk = Talk(self, table)
        left = talk.settle(awake, known)
        if self.size == 2 and len(left) == 2:
            return
        found = talk.in_force()
        require("in_force_soon", found, f"nothing among {awake} of {self.size}")
        soon = talk.newest_round() <= first + 2
        require("in_force_soon", soon, f"round {talk.newest_round()} after {first}")


class Talk:
    """The words of a table in a list, to go on speaking without end."""

    def __init__(self, epoch: Epoch, table: Table | None = None) -> None:
        self.epoch = epoch
        self.said: list[Said | None] = list(table.said) if table else []
        self.known = list(table.known) if table else [0] * epoch.size

    def table(self) -> Table:
        """Return the table so far."""
        return Table(tuple(self.said), tuple(self.known))

    def say(self, member: int, word: tuple[str, int, str], past: int) -> int:
        """Add a word on a past."""
        self.said.append(Said(word[0], member, word[1], word[2], past))
        return past | 1 << (len(self.said) - 1)

    def settle(self, awake: list[int], known: int) -> frozenset[str]:
        """Let the honest exchange everything and speak until they are quiet; return who left."""
        for _ in range(60):
            spoken = known
            for member in awake:
                view = self.epoch.view(self.table(), known)
                ripe = self.epoch.ripe(view)
                word = self.epoch.rules.next_word(view, str(member), ripe)
                if word is not None:
                    spoken |= self.say(member, word, known)
            if spoken == known:
                self.known = [known] * self.epoch.size
                return self.epoch.view(self.table(), known).left
            known = spoken
        raise Broken("everybody_becomes_quiet", "still talking")

    def in_force(self) -> set[str]:
        """Return what is in force to whom has seen everything that the awake know."""
        view = self.epoch.view(self.table(), self.known[0])
        return self.epoch.rules.in_force(self.epoch.size, view.seals)

    def newest_round(self) -> int:
        """Return the last round in which anybody spoke."""
        return max((w.round for w in self.said if w is not None), default=0)


def search(epoch: Epoch, most: int | None = None, *, progress: bool = True) -> int:
    """Visit every table that can come to be, or `most` of them; return how many there were."""
    start = epoch.start()
    seen = {start}
    waiting = [start]
    while waiting and (most is None or len(seen) < most):
        table = waiting.pop()
        epoch.check(table)
        if progress:
            epoch.check_progress(table, list(epoch.awake))
        for following in epoch.next_tables(table):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return len(seen)
