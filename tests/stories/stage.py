"""What happens around the people of a story: who is in touch, what the clocks say, who listens.

These are the lines that begin with two dashes. They sign nothing themselves, except where a story
begins with a collective that is there already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goround.collective.charter import DEFAULTS, Found
from goround.ids import CollectiveId, encode
from goround.log.event import FOUNDING, sign_event
from goround.replay import Replay
from goround.wire import act_of, write_words
from tests.stories.sentences import act_for
from tests.stories.world import DAY, IN_TOUCH

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stories.world import Device, World

DIRECTIONS: list[tuple[re.Pattern[str], Callable[..., None]]] = []
RULES = r"(?P<rules>(?:, with the rule \w+ = \w+)*)"


def direction(pattern: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a function follow the directions that fit a pattern."""

    def keep(follow: Callable[..., None]) -> Callable[..., None]:
        DIRECTIONS.append((re.compile(pattern + r"\Z"), follow))
        return follow

    return keep


def direct(world: World, said: str) -> None:
    for pattern, follow in DIRECTIONS:
        found = pattern.match(said)
        if found:
            follow(world, **found.groupdict())
            return
    message = f"no story knows the direction {said!r}"
    raise LookupError(message)


def names_in(text: str) -> list[str]:
    return [name for name in re.split(r", | and ", text.strip()) if name]


# --- Beginning -----------------------------------------------------------------------------------


def found(world: World, founder: str, name: str, rules: str, newer: str | None = None) -> None:
    """Let somebody found a collective."""
    changed = re.findall(r"with the rule (\w+) = (\w+)", rules)
    charter = {**DEFAULTS, **{rule: int(v) if v.isdecimal() else v for rule, v in changed}}
    device = world.make(founder)
    event = sign_event(
        device.key,
        collective=CollectiveId(""),
        place=FOUNDING,
        at=world.now,
        act=act_of(Found(encode(world.draw("nonce")), charter, 2 if newer else 1)),
        words=write_words({"name": name, "person": founder}),
        salt=world.draw("salt"),
    )
    world.collective = CollectiveId(event.id)
    device.replay = Replay.of(world.collective)
    device.take(event)
    world.names["the founding"] = event.id


@direction(r'(?P<people>.+) are together in "(?P<name>[^"]+)"' + RULES)
def _together(world: World, people: str, name: str, rules: str) -> None:
    first, *others = names_in(people)
    found(world, first, name, rules)
    for number, newcomer in enumerate(others, 1):
        _let_in(world, newcomer, [first, *others][:number])


def _let_in(world: World, newcomer: str, here: list[str]) -> None:
    inviter, *others = (world.device(name) for name in here)
    _say(world, inviter, f"invites {newcomer}")
    for member in others:
        _say(world, member, f"agrees to {newcomer}'s invitation")
    arrive(world, newcomer)
    _say(world, world.device(newcomer), "joins")
    for member in others[:1]:
        _say(world, member, f"welcomes {newcomer}")
    epoch = inviter.view().epoch
    assert len(epoch.members) == len(here) + 1, f"{newcomer} did not get in"


def _say(world: World, device: Device, said: str) -> None:
    reason = world.utter(device, act_for(world, device, said, ""))[1]
    assert reason is None, f"{device.name} {said}: {reason}"


def arrive(world: World, name: str, group: str = IN_TOUCH) -> Device:
    """Give somebody from outside a device and a copy of the log."""
    device = world.make(name, group)
    world.exchange(group)
    return device


@direction(r"(?P<who>[\w-]+) gets hold of the log")
def _stranger(world: World, who: str) -> None:
    arrive(world, who)


@direction(r"(?P<who>[\w-]+) is a puppet of (?P<whom>.+)")
def _puppet(world: World, who: str, whom: str) -> None:
    arrive(world, who, world.device(whom).group)


@direction(r"(?P<who>[\w-]+)'s key is copied")
def _copied(world: World, who: str) -> None:
    copy = world.make(f"{who}'s copy", f"{who}'s copy", world.device(who).key)
    copy.hear(world.device(who))


# --- Who is in touch -----------------------------------------------------------------------------


@direction(r"(?P<who>.+) (?:is|are) offline")
def _offline(world: World, who: str) -> None:
    for name in names_in(who):
        world.device(name).group = name


@direction(r"(?P<sides>.+ \| .+)")
def _apart(world: World, sides: str) -> None:
    for side in sides.split("|"):
        for name in names_in(side):
            world.device(name).group = side.strip()


@direction(r"(?P<who>.+?) syncs?")
def _sync(world: World, who: str) -> None:
    names = list(world.devices) if who == "everyone" else names_in(who)
    for name in names:
        world.device(name).group = IN_TOUCH
    world.exchange()


@direction(r"(?P<who>.+) hears from (?P<whom>.+)")
def _hears(world: World, who: str, whom: str) -> None:
    world.device(who).hear(world.device(whom))
    world.exchange(world.device(who).group)


# --- Clocks, and devices by themselves -----------------------------------------------------------


@direction(r"(?P<days>\d+) days? pass(?:es)?")
def _pass(world: World, days: str) -> None:
    world.now += int(days) * DAY


@direction(r"(?P<who>.+)'s clock is (?P<days>\d+) days (?P<way>ahead|behind)")
def _clock(world: World, who: str, days: str, way: str) -> None:
    world.device(who).ahead = int(days) * DAY * (1 if way == "ahead" else -1)


@direction(r"devices do nothing by themselves")
def _by_hand(world: World) -> None:
    world.by_themselves = False


@direction(r"devices do by themselves what they do")
def _by_themselves(world: World) -> None:
    world.by_themselves = True
    world.exchange()


@direction(r"the devices? of (?P<who>.+) (?:is|are) asleep")
def _asleep(world: World, who: str) -> None:
    for name in names_in(who):
        world.device(name).silent = True


@direction(r"the devices? of (?P<who>.+) wakes? up")
def _awake(world: World, who: str) -> None:
    for name in names_in(who):
        world.device(name).silent = False
    world.exchange()
