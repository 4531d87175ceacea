"""The sealing rule alone, at random: few members step by step, many with liars among them."""

from __future__ import annotations

import random

from tests.model.events import bits
from tests.model.rules.rounds import Rounds
from tests.model.sealing import RIPE, Epoch, Talk


def walk_at_random(rules: Rounds, size: int, seed: int, steps: int = 40) -> int:
    """Let a few honest members take one random step after the other."""
    chance = random.Random(seed)
    epoch = Epoch(rules, size, 0, 2, leaving=False)
    table = epoch.start()
    for step in range(steps):
        following = list(epoch.next_tables(table))
        if not following:
            return step
        spoken = [t for t in following if t.said != table.said]
        table = chance.choice(spoken if spoken and chance.random() < 0.7 else following)
        epoch.check(table)
    return steps


def search_at_random(rules: Rounds, size: int, seed: int, *, progress: bool = True) -> int:
    """Let many members speak at random, as many forking and silent as the quorum bears."""
    chance = random.Random(seed)
    forking = chance.randint(0, (size - 1) // 3)
    silent = chance.randint(0, size - forking - -(-2 * size // 3))
    epoch = Epoch(rules, size, silent, 99, leaving=False)
    honest = list(range(forking, size - silent))
    room = Room(Talk(epoch), chance, forking, honest)
    for _ in range(20 * size):
        room.happen()
    epoch.check(room.talk.table())
    if progress:
        epoch.check_progress(room.talk.table(), honest)
    return len(room.talk.said)


class Room:
    """Honest members in two camps that hear little of each other, and liars who talk to both."""

    def __init__(self, talk: Talk, chance: random.Random, forking: int, honest: list[int]) -> None:
        self.talk = talk
        self.chance = chance
        self.forking = forking
        self.honest = honest
        self.camp = {member: chance.random() < 0.5 for member in honest}
        self.leak = chance.choice((0.02, 0.1, 0.5))
        self.attention = chance.choice((0.08, 0.2, 0.4))
        self.loyal = chance.choice((0.5, 0.8, 1))
        self.heard = {True: 0, False: 0}

    def happen(self) -> None:
        """Let one member see something and perhaps speak: honest ones once, liars on any past."""
        member = self.chance.choice([*self.honest, *range(self.forking)])
        if member < self.forking:
            self.lie(member)
        else:
            self.speak(member)

    def speak(self, member: int) -> None:
        """Let an honest member see a little, mostly of its own camp, and speak if it is due."""
        talk, camp = self.talk, self.camp[member]
        past = talk.known[member]
        heard = self.heard[camp if self.chance.random() > self.leak else not camp]
        for i in bits(heard):
            word = talk.said[i]
            if word is not None and self.chance.random() < self.attention:
                past |= word.past | 1 << i
        talk.known[member] = past
        view = talk.epoch.view(talk.table(), past)
        ripe = list(RIPE) if camp == (self.chance.random() < self.loyal) else list(reversed(RIPE))
        word_now = talk.epoch.rules.next_word(view, str(member), ripe)
        if word_now is not None:
            talk.known[member] = talk.say(member, word_now, past)
            self.heard[camp] |= talk.known[member]

    def lie(self, member: int) -> None:
        """Let a liar say to one camp what the rule allows there, as if nothing else were said."""
        talk, camp = self.talk, self.chance.random() < 0.5
        seen = 0
        share = self.chance.random()
        for i in bits(self.heard[camp]):
            word = talk.said[i]
            if word is not None and self.chance.random() < share:
                seen |= word.past | 1 << i
        view = talk.epoch.view(talk.table(), seen)
        talk.epoch.rounds = talk.newest_round() + 2
        found = list(talk.epoch.allowed(view, member))
        if found:
            self.heard[camp] |= talk.say(member, self.chance.choice(found), seen)
