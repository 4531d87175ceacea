"""What made-up people do from day to day: answer, worry, block and mend, change words, do tasks.

At each step one device wakes, learns what there is to learn (mostly), says that it heard of what
was decided, and its person does one thing. Most know the rest; some cross; some are cut off for a
while and go on signing; some are away.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bench.made.hub import MINUTE
from bench.made.people import People
from bench.made.proposals import Answer, Proposal, Raised, Task, Version
from bench.made.words import Writer
from goround.collective import concerns, positions, repair
from goround.collective.constitution import Heard
from goround.collective.effects import Adopt, End, NameTask
from goround.collective.proposals import Propose, Say, Withdraw
from goround.collective.proposals import Version as Next
from goround.collective.tasks import TaskStep

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.made.hub import Device, Said
    from bench.made.people import Member
    from goround.collective.charter import Matter
    from goround.collective.effects import AnyEffect
    from goround.collective.entry import Fact
    from goround.collective.tasks import Step
    from goround.wire import Words

STANCES = {"agree": 70, "reservations": 10, "leave-it": 12, "aside": 3, "time": 2, "block": 3}
LATER_STANCES = {"agree": 85, "reservations": 10, "leave-it": 5}
MATTERS: dict[Matter, int] = {"everyday": 60, "agreement": 25, "money": 15}
WITH_WORDS = {"agree": 0.15, "leave-it": 0.1}
"""How often somebody gives a reason with an answer; with the others always."""

ALL_LEARNED, SOME_LEARNED = 0.85, 0.95
CUT_OFF, AWAY, DRAWER = 0.004, 0.0015, 0.001
"""How often, at a step, a device is cut off, a member goes away, a second device is put by."""

WITH_TASK, REPLACES = 0.5, 0.15
MOST_VERSIONS = 4
DAY = 24 * 60 * MINUTE
YEAR = 365 * DAY


class Talk:
    """A table, what lies on it, and who is awake."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.writer = Writer(self.chance)
        self.people = People(seed, self.chance, self.writer)
        self.hub = self.people.hub
        self.live: list[Proposal] = []
        self.tasks: list[Task] = []
        self.agreements: list[Version] = []
        self.asleep: dict[Device, int] = {}
        self.silent: list[Device] = []
        self.steps = 0

    # What happens at a step.

    def step(self) -> None:
        self.steps += 1
        self.hub.now += int(self.chance.expovariate(1 / (40 * MINUTE)))
        self._wake()
        self._lose_touch()
        member, device = self.chance.choice(self._awake())
        self._learn(device)
        self._hear(member, device)
        self._act(member, device)
        if self.steps % 16 == 0:
            self._clear()

    def _awake(self) -> list[tuple[Member, Device]]:
        """Return who may say something next, with which device."""
        return [
            (member, device)
            for member in self.people.here
            for device in member.devices
            if device not in self.silent and (device.is_cut_off or device not in self.asleep)
        ]

    def _learn(self, device: Device) -> None:
        if device.is_cut_off:
            return
        draw = self.chance.random()
        if draw < ALL_LEARNED:
            self.hub.sync(device)
        elif draw < SOME_LEARNED:
            self.hub.sync(device, self.chance.randint(device.known, len(self.hub.row)))

    def _wake(self) -> None:
        for device in [one for one, until in self.asleep.items() if until <= self.steps]:
            del self.asleep[device]
            device.is_cut_off = False
            self.hub.sync(device)
        for member in self.people.here:
            if member.is_away and member.first not in self.asleep:
                self.people.come_back(member)

    def _lose_touch(self) -> None:
        members = self.people.here
        member = self.chance.choice(members)
        device = self.chance.choice(member.devices)
        draw = self.chance.random()
        if device in self.asleep or member.is_away:
            return
        if draw < CUT_OFF:
            device.is_cut_off = True
            self.asleep[device] = self.steps + self.chance.randint(20, 150)
        elif draw < CUT_OFF + AWAY and 3 * sum(one.is_away for one in members) < len(members) - 2:
            self._go_away(member)
        elif draw < CUT_OFF + AWAY + DRAWER and device is not member.first:
            self.asleep[device] = self.steps + self.chance.randint(200, 3000)

    def _go_away(self, member: Member) -> None:
        until = self.steps + self.chance.randint(100, 2000)
        for device in member.devices:
            if device.is_cut_off:
                device.is_cut_off = False
                self.hub.sync(device)
            self.asleep[device] = until
        self.people.go_away(member)

    def wake_all(self) -> None:
        """Let everybody be there, before what they do together."""
        self.asleep.clear()
        self.people.gather()

    def fall_silent(self, device: Device) -> None:
        """Let a device say nothing any more, as one that was put into a drawer."""
        device.is_cut_off = False
        self.hub.sync(device)
        self.silent.append(device)

    def _clear(self) -> None:
        """Take from the table what is over for everybody who may speak of it."""
        awake = [device for _, device in self._awake()]
        self.live = [one for one in self.live if not all(map(one.is_over, awake))]
        self.tasks = self.tasks[-20:]

    # Saying.

    def _say(self, device: Device, fact: Fact, words: Words | None = None) -> Said:
        said = self.hub.sign(device, fact, words)
        self._complete(device)
        return said

    def _complete(self, device: Device) -> None:
        """Note what the newest event of a device completes."""
        said, members = device.last, self.people.here
        least = sum(not one.is_away for one in members) - 1
        for proposal in self.live:
            version = proposal.current(device)
            if version is None or said is None or len(version.answers) < least:
                continue
            if not proposal.is_over(device) and version.is_ready(device, members):
                version.completions.append(said)
                self._carry_out(proposal, version)

    def _carry_out(self, proposal: Proposal, version: Version) -> None:
        if len(version.completions) > 1:
            return
        if any(isinstance(effect, NameTask) for effect in proposal.effects):
            self.tasks.append(Task(version))
        if any(isinstance(effect, Adopt) for effect in proposal.effects):
            self.agreements.append(version)

    def _hear(self, member: Member, device: Device) -> None:
        """Let a sealing device say what it heard: that completes what crossed."""
        if device is not member.first:
            return
        for proposal in self.live:
            version = proposal.current(device)
            if version and self._is_news(proposal, version, device):
                self._say(device, Heard(version.said.id))
                return

    def _is_news(self, proposal: Proposal, version: Version, device: Device) -> bool:
        known = [said for said in version.completions if device.knows(said)]
        if known:
            return not any(device.has_told(said) for said in known)
        return not proposal.is_over(device) and version.is_ready(device, self.people.here)

    # One thing at a time.

    def _act(self, member: Member, device: Device) -> None:
        moves: list[tuple[float, Callable[[Member, Device], bool]]] = [
            (0.7, self._answer),
            (0.5, self._confirm),
            (0.2, self._relent),
            (0.3, self._reword),
            (0.3, self._settle),
            (0.3, self._do_task),
            (0.1, self._worry),
            (0.35, self._propose),
        ]
        for often, move in moves:
            if self.chance.random() < often and move(member, device):
                return
        self._talk(device)

    def _open(self, device: Device) -> list[tuple[Proposal, Version]]:
        found = ((one, one.current(device)) for one in self.live if not one.is_over(device))
        return [(proposal, version) for proposal, version in found if version]

    def _answer(self, member: Member, device: Device) -> bool:
        open_ = [(p, v) for p, v in self._open(device) if member not in v.stances(device)]
        if not open_:
            return False
        proposal, version = self.chance.choice(open_)
        careful = version is proposal.versions[0] and len(self.people.here) > 3
        stances = LATER_STANCES if self._is_disputed(version, device) or not careful else STANCES
        stance = self.chance.choices(list(stances), list(stances.values()))[0]
        self._take(member, device, version, "agree" if member is proposal.author else stance)
        return True

    def _is_disputed(self, version: Version, device: Device) -> bool:
        stances = {answer.stance for answer in version.stances(device).values()}
        return bool(stances & {"block", "time", "aside"})

    def _take(self, member: Member, device: Device, version: Version, stance: str) -> None:
        silent = self.chance.random() > WITH_WORDS.get(stance, 1)
        words = {} if silent else {"because": self.writer.text(6, 60)}
        said = self.hub.sign(device, positions.Position(version.said.id, stance), words)  # type: ignore[arg-type]
        version.answers.append(Answer(said, member, stance))
        if stance == "block":
            version.blocks.append(Raised(said, member))
        self._complete(device)

    def _relent(self, member: Member, device: Device) -> bool:
        """Let whoever stands in the way come round, after a while."""
        for _, version in self._open(device):
            own = version.stances(device).get(member)
            if own and own.stance in {"block", "time", "aside"} and self._is_old(own.said):
                self._take(member, device, version, "reservations")
                return True
        return False

    def _is_old(self, said: Said) -> bool:
        return said.row + 40 < len(self.hub.row)

    def _confirm(self, member: Member, device: Device) -> bool:
        for proposal, version in self._open(device):
            for block in version.blocks:
                unable = {proposal.author, block.member, *block.answered}
                if member not in unable and device.knows(block.said):
                    block.answered.append(member)
                    words = {"because": self.writer.text(8, 30)}
                    self._say(device, repair.Confirm(block.said.id), words)
                    return True
        return False

    def _settle(self, member: Member, device: Device) -> bool:
        for _, version in self._open(device):
            for worry in version.worries:
                if worry.member is member and not worry.answered and device.knows(worry.said):
                    worry.answered.append(member)
                    self._say(device, concerns.Settled(worry.said.id))
                    return True
        return False

    def _worry(self, member: Member, device: Device) -> bool:
        open_ = self._open(device)
        if not open_:
            return False
        _, version = self.chance.choice(open_)
        words = {"text": self.writer.text(10, 60)}
        said = self._say(device, concerns.Concern(version.said.id), words)
        version.worries.append(Raised(said, member))
        return True

    def _reword(self, member: Member, device: Device) -> bool:
        """Let an author answer with new words, or let go."""
        for proposal, version in self._open(device):
            if proposal.author is not member or not self._is_disputed(version, device):
                continue
            if len(proposal.versions) == MOST_VERSIONS:
                words = {"because": self.writer.text(5, 20)}
                proposal.withdrawn = self._say(device, Withdraw(proposal.id), words)
            else:
                self._put_version(device, proposal, version)
            return True
        return False

    def _put_version(self, device: Device, proposal: Proposal, last: Version) -> None:
        fact = Next(
            proposal.id, last.said.id, proposal.matter, proposal.effects, proposal.review, 0
        )
        words = self._words_for(proposal.title, proposal.effects)
        proposal.versions.append(Version(self.hub.sign(device, fact, words)))
        self._complete(device)

    def _words_for(self, title: str, effects: tuple[AnyEffect, ...]) -> Words:
        words: Words = {"title": title, "text": self.writer.text(25, 160)}
        if any(isinstance(effect, NameTask) for effect in effects):
            words["effects"] = [{"what": self.writer.title()} for _ in effects]
        return words

    def _propose(self, member: Member, device: Device) -> bool:
        if len(self.live) > len(self.people.here) + 4:
            return False
        matter = self.chance.choices(list(MATTERS), list(MATTERS.values()))[0]
        effects = self._effects(matter, device)
        review = self.hub.now + YEAR if matter == "agreement" else 0
        title = self.writer.title()
        said = self.hub.sign(
            device, Propose(matter, effects, review, 0), self._words_for(title, effects)
        )
        self.live.append(Proposal(member, matter, effects, review, [Version(said)], title))
        self._complete(device)
        return True

    def _effects(self, matter: Matter, device: Device) -> tuple[AnyEffect, ...]:
        if matter == "everyday":
            by = self.hub.now + 7 * DAY
            return (NameTask(by),) if self.chance.random() < WITH_TASK else ()
        if matter == "money":
            return ()
        old = [one for one in self.agreements[-20:] if one.is_decided(device)]
        if old and self.chance.random() < REPLACES:
            return (End(self.chance.choice(old).said.id), Adopt())
        return (Adopt(),)

    def _do_task(self, member: Member, device: Device) -> bool:
        for task in self.tasks:
            if not task.version.is_decided(device) or task.holder not in {None, member}:
                continue
            if task.taken is None:
                task.holder, task.taken = member, self._step(device, task, "take")
                return True
            if device.knows(task.taken) and self._is_old(task.taken):
                self._step(device, task, "done")
                self.tasks.remove(task)
                return True
        return False

    def _step(self, device: Device, task: Task, step: Step) -> Said:
        return self._say(device, TaskStep(f"{task.version.said.id}.0", step))

    def _talk(self, device: Device) -> None:
        """Say something about a proposal, or answer what somebody said."""
        about = self._open(device)
        if not about:
            return
        proposal, version = self.chance.choice(about)
        thread = [said for said in proposal.thread if device.knows(said)]
        on = self.chance.choice([version.said, *thread[-4:]])
        said = self._say(device, Say(on.id), {"text": self.writer.text(5, 60)})
        proposal.thread.append(said)
