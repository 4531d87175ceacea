"""Stories in plain words, told by the product: this is their language.

A file has a title, a line that says which rule or promise it tells, and scenes, each under a line
that begins with `==`. Each scene begins anew, with nobody in it:

    == A block needs a reason
    anna founds "Bread"
    anna invites ben; ben joins
    anna proposes stove: "Buy a wood stove"
    ben blocks stove                  !! Blocking and standing aside need a reason in words.
    ben blocks stove: "Too dear this year"
    => stove: blocked

- **Somebody does something.** Who, what, and in quotes after a colon what they write. Several
  people (`anna and ben agree to stove`, `everyone agrees to stove`) do it one after the other, and
  `;` parts sentences on one line. `ben's phone` is another device of ben's. `sentences.py` and, for
  what a proposal brings along, `putting.py` hold everything that people can do.
- **`!!`** after a sentence: the product refuses to sign that, for this reason (its sentence, or its
  short name). Nothing is signed.
- **`ben nevertheless …  => void: reason`**: ben's program was changed and signs it all the same. It
  was refused before, for that reason, and everybody who gets it counts it for nothing.
  `=> needless: reason`: it was refused before, and whoever signs it all the same changes nothing.
- **`cleo forges "ben agrees to stove"  => refused: signature`**: the bytes themselves are not
  genuine, and nobody takes them in. `cleo passes on stove with other words: "…"` likewise.
- **`--`** is what happens around: who is in touch, what the clocks say. `stage.py` has them all.
  Unless a story says otherwise everybody is in touch, and each device does what it does by itself.
- **`=>`** is what is so, for everybody who is in touch; `=> ben sees stove: open` asks one person,
  whether in touch or not. `claims.py` has everything that can be asked. `=> everyone sees the same`
  asks that all devices print the same state, byte for byte.
- `#` begins a remark. `(awaits: why)` after a scene's title: the product does not do this yet.

Whatever a story tells, each scene ends with a look at whether everything that was signed comes to
the same when it arrives in another order, or twice (promise P2), and throughout what a device has
shown as decided stays decided (promise P4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

import pytest

from goround.collective.constitution import successors
from goround.collective.reasons import Reason
from goround.errors import NotGenuine
from goround.log.event import Content, Event, open_event
from goround.log.keys import DeviceKey
from goround.pages.state import state_bytes
from goround.replay import Replay
from tests.stories import claims, stage
from tests.stories.sentences import act_for
from tests.stories.world import IN_TOUCH, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from goround.ids import EpochId, EventId
    from tests.stories.world import Act, Device

WHO = re.compile(
    r"(?P<who>everyone|(?:[\w-]+(?:'s \w+)?)(?:(?:, | and )[\w-]+(?:'s \w+)?)*)"
    r" (?P<against>nevertheless )?(?P<said>.+)"
)
TEXT = re.compile(r': "(?P<text>[^"]*)"')
FORGED = re.compile(r'(?P<who>.+) forges "(?P<said>.+)"\Z')
OTHER_WORDS = re.compile(r"(?P<who>.+) passes on (?P<what>.+) with other words\Z")
FOUNDING = re.compile(
    r'(?P<who>[\w-]+) (?:nevertheless )?founds "(?P<name>[^"]+)"'
    r"(?P<newer> by the rules of a newer Goround)?" + stage.RULES
)
OUTCOME = re.compile(
    r"\s*(?:!!\s*(?P<reason>.+)|=> void: (?P<void>.+)"
    r"|=> needless: (?P<vain>.+)|=> refused: (?P<slug>.+))\Z"
)


# --- Files ---------------------------------------------------------------------------------------


@dataclass
class Scene:
    """One story: its title, why it cannot be told yet (if so), and its numbered lines."""

    file: str
    title: str
    awaits: str = ""
    lines: list[tuple[int, str]] = field(default_factory=list)

    def expected(self) -> Iterator[Reason]:
        """Every reason that this scene shows to be given."""
        for _, line in self.lines:
            outcome = OUTCOME.search(line)
            if outcome and not line.startswith("=>") and not outcome["slug"]:
                yield reason_called(outcome["reason"] or outcome["void"] or outcome["vain"])


def scenes_in(path: Path) -> list[Scene]:
    """Read a file of stories."""
    title, promise, *lines = path.read_text("utf-8").splitlines()
    assert title.strip(), f"{path.name} has no title"
    assert promise.strip(), f"{path.name} does not say what it tells"
    scenes: list[Scene] = []
    for number, raw in enumerate(lines, 3):
        line = re.sub(r"(^|\s)#\s.*", "", raw).strip()
        if line.startswith("=="):
            scenes.append(_scene(path.stem, line))
        elif line:
            assert scenes, f"{path.name}:{number} stands before the first scene"
            scenes[-1].lines.append((number, line))
    return scenes


def _scene(file: str, line: str) -> Scene:
    found = re.fullmatch(r"== (?P<title>.+?)(?: \(awaits: (?P<awaits>.+)\))?", line)
    assert found, f"{file}: {line!r} is not a title"
    return Scene(file, found["title"], found["awaits"] or "")


def reason_called(text: str) -> Reason:
    """Find a reason by its sentence or its short name."""
    wanted = text.strip()
    for reason in Reason:
        if wanted in (reason.value, reason.sentence):
            return reason
    message = f"there is no reason called {wanted!r}"
    raise LookupError(message)


# --- Telling -------------------------------------------------------------------------------------


def tell(scene: Scene, seed: int = 0) -> World:
    """Let a scene happen, and look at it from all sides at the end."""
    world = happens(scene, seed)
    look_from_all_sides(world)
    return world


def happens(scene: Scene, seed: int = 0) -> World:
    """Let a scene happen, for whoever looks at something else in it."""
    world = World(seed)
    for number, line in scene.lines:
        try:
            _tell_line(world, line)
        except Exception as error:
            message = f"{scene.file}.story:{number}: {line}\n{type(error).__name__}: {error}"
            raise AssertionError(message) from error
    return world


def _tell_line(world: World, line: str) -> None:
    if line.startswith("--"):
        stage.direct(world, line[2:].strip())
    elif line.startswith("=>"):
        for said in _parted(line[2:]):
            _claim(world, said)
    else:
        outcome = OUTCOME.search(line)
        *before, last = _parted(line[: outcome.start()] if outcome else line)
        for said in before:
            _do(world, said)
        _do_with(world, last, outcome)


def _parted(text: str) -> list[str]:
    parts = re.findall(r'(?:[^;"]|"[^"]*")+', text)
    return [part.strip() for part in parts if part.strip()]


def _do_with(world: World, said: str, outcome: re.Match[str] | None) -> None:
    if outcome is None:
        _do(world, said)
    elif outcome["slug"]:
        _is_refused(world, said, outcome["slug"].strip())
    elif outcome["void"] or outcome["vain"]:
        expected = reason_called(outcome["void"] or outcome["vain"])
        _is_signed_in_vain(world, said, expected, expected if outcome["void"] else None)
    else:
        _is_not_signed(world, said, reason_called(outcome["reason"]))


def _do(world: World, said: str) -> None:
    if _founds(world, said) is not None:
        return
    for device, act in _acts(world, said):
        refusal = world.utter(device, act)[1]
        assert refusal is None, f"{device.name} may not: {refusal} ({refusal.sentence})"


def _founds(world: World, said: str) -> EventId | None:
    founding = FOUNDING.fullmatch(said)
    if founding:
        stage.found(world, founding["who"], founding["name"], founding["rules"], founding["newer"])
        return world.names["the founding"]
    return None


def _acts(world: World, said: str) -> Iterator[tuple[Device, Act]]:
    found = WHO.fullmatch(said)
    assert found, f"this is not a sentence: {said!r}"
    text = TEXT.search(found["said"])
    rest = TEXT.sub("", found["said"], count=1).strip()
    for device in _devices(world, found["who"], rest):
        yield device, act_for(world, device, rest, text["text"] if text else "")


def _devices(world: World, who: str, rest: str) -> list[Device]:
    if who != "everyone":
        return [_somebody(world, name, rest) for name in stage.names_in(who)]
    first = next(device for device in world.devices.values() if device.group == IN_TOUCH)
    return [world.device(world.called(person)) for person in first.view().epoch.members]


def _somebody(world: World, name: str, rest: str) -> Device:
    if name not in world.devices and rest.startswith("joins"):
        return stage.arrive(world, name)
    return world.device(name)


def _is_not_signed(world: World, said: str, expected: Reason) -> None:
    for device, act in _acts(world, said):
        reason = world.why_refused(device, world.sign(device, act))
        assert reason == expected, f"it is refused because: {reason and reason.value}"


def _is_signed_in_vain(world: World, said: str, expected: Reason, void: Reason | None) -> None:
    assert " nevertheless " in said, "this was refused before: say nevertheless"
    founding = _founds(world, said)
    if founding:
        assert {d.replay.void(founding) for d in world.devices.values()} == {void}
        return
    for device, act in _acts(world, said.replace(" nevertheless ", " ")):
        event, refusal = world.utter(device, act)
        assert refusal == expected, f"it is refused because: {refusal and refusal.value}"
        for other in world.together(device.group):
            assert other.replay.void(event.id) == void, f"{other.name} sees that differently"


# --- Forging -------------------------------------------------------------------------------------


def _is_refused(world: World, said: str, slug: str) -> None:
    text = TEXT.search(said)
    forged = FORGED.fullmatch(said)
    event = _forged(world, forged) if forged else _reworded(world, TEXT.sub("", said), text)
    for device in world.devices.values():
        with pytest.raises(NotGenuine) as refusal:
            device.take(open_event(event.raw, event.signature, event.content))
        assert refusal.value.reason == slug, f"{device.name} refuses it otherwise"


def _forged(world: World, found: re.Match[str]) -> Event:
    """Sign somebody else's act with one's own key."""
    ((device, act),) = _acts(world, found["said"])
    return world.sign(
        device, act, DeviceKey(world.device(found["who"]).key.seed, device.key.public)
    )


def _reworded(world: World, said: str, text: re.Match[str] | None) -> Event:
    """Put other words into an event that somebody signed."""
    found = OTHER_WORDS.fullmatch(said.strip())
    assert found, f"this is not a sentence: {said!r}"
    assert text, "other words have to be said"
    known = world.device(found["who"]).events
    event = next(e for e in known if e.id == world.find(found["what"]))
    assert event.content
    words = event.content.words[:-2] + text["text"].encode() + b'"}'
    return Event(
        event.id, event.header, event.raw, event.signature, Content(event.content.salt, words)
    )


# --- Claiming ------------------------------------------------------------------------------------


def _claim(world: World, said: str) -> None:
    if said == "everyone sees the same":
        states = {state_bytes(d.replay, d.key.public) for d in world.together(IN_TOUCH)}
        assert len(states) == 1, "they do not"
        return
    found = re.fullmatch(r"(?P<who>[^:]+?) sees? (?P<said>.+)", said)
    names = stage.names_in(found["who"]) if found else []
    observers = [world.device(name) for name in names] or world.together(IN_TOUCH)
    assert observers, "nobody is in touch: say who sees it"
    for device in observers:
        claims.check(world, device, found["said"] if found else said)


def look_from_all_sides(world: World) -> None:
    """Check that all that was signed comes to the same in whatever order it arrives (P2)."""
    events = {event.id: event for device in world.devices.values() for event in device.events}
    if not events or world.names["the founding"] in world.void():
        return
    states: dict[EpochId | None, set[bytes]] = {}
    replay = Replay.of(world.collective)
    for order in _orders(events, world.seed):
        replay = Replay.of(world.collective)
        for event in order:
            replay.add(event)
        _agrees_with_devices(world, replay)
        states.setdefault(replay.way, set()).add(state_bytes(replay))
    same = all(len(found) == 1 for found in states.values())
    assert same, "the same events in another order come to something else"
    assert len(states) == 1 or _has_two_ways(replay), "another order leads another way"


def _has_two_ways(replay: Replay) -> bool:
    record, everything = replay.record, replay.graph.everything()
    return any(len(successors(record, everything, e)) > 1 for e in [*record.epochs.values()])


def _orders(events: dict[EventId, Event], seed: int) -> Iterator[Iterable[Event]]:
    """Give the events in their own order, and in one as far from it as causes allow."""
    yield sorted(events.values(), key=lambda event: (event.header.lamport, event.id))
    chance, done, order = Random(seed), set[str](), list[Event]()
    waiting = sorted(events.values(), key=lambda event: event.id)
    while waiting:
        ready = [e for e in waiting if {*e.header.seen, e.header.prev} <= done | {""}]
        late = chance.choice([ready[0], ready[-1]])
        waiting.remove(late)
        done.add(late.id)
        order += [late, late]
    yield order


def _agrees_with_devices(world: World, replay: Replay) -> None:
    for device in world.devices.values():
        for event in device.events:
            assert device.replay.void(event.id) == replay.void(event.id), (
                f"{device.name} sees {event.header.act['type']} differently"
            )
