"""Made-up histories of any size, as realistic as we can make them, with real signatures.

A recipe gives the same history in every run. Signing takes a while, so a history is kept as a home
in a folder for such files, under a name that the recipe and the source of this generator give:
changing either makes a new one. Nobody is asked to believe that the made-up people keep to the
rules: whatever folds one asks `check_judged` how much of it counts.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import suppress
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bench.machine import working_folder
from bench.made.talk import Talk
from goround.collective.charter import DEFAULTS
from goround.ids import CollectiveId
from goround.log.header import FORMAT
from goround.log.keys import DeviceKey
from goround.node.home import Home
from goround.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.made.people import Member
    from goround.log.event import Event
    from goround.replay import Replay

MOST_VOID = 0.005
CHARTER_CHANGES = 8


class Recipe(msgspec.Struct, frozen=True):
    """How many events, by how many members, of whom some have a second device.

    Where people `come_and_go`, the last of them joins after a third, and one leaves after two. The
    first second device says nothing in the last half any more, the next nothing in the last
    hundredth, and so what they say then can arrive late (late.py).
    """

    events: int
    members: int = 6
    second_devices: int = 2
    come_and_go: bool = True
    seed: int = 1

    @property
    def devices(self) -> int:
        return self.members + self.second_devices


class History(msgspec.Struct, frozen=True):
    """A history in a home of its own, and the keys of all devices, the founder's first."""

    home: Path
    collective: CollectiveId
    keys: list[DeviceKey]
    silent: list[DeviceKey]
    """Those that fell silent, as `silences` says."""

    @property
    def file(self) -> Path:
        return Home(self.home).file(self.collective)

    def copy(self, folder: Path) -> Home:
        """Make a home of it that may be written to, as of the founder's device.

        It is cold, also where somebody has opened the kept one: what was judged is not copied.
        """
        shutil.copytree(self.home, folder, ignore=shutil.ignore_patterns("cache"))
        return Home(folder)

    def beginning(self, events: int, folder: Path) -> Home:
        """Make a home of its first so many events; whoever said them knew no others."""
        home = Home(folder)
        home.file(self.collective).parent.mkdir(parents=True)
        with Store.open(self.file) as store:
            some = (event for _, event in islice(store.since(), events))
            Store.create(home.file(self.collective), some).close()
        return home


class _Made(msgspec.Struct, frozen=True):
    """What is kept beside a home."""

    collective: CollectiveId
    keys: list[bytes]
    silent: list[bytes]


def history(recipe: Recipe) -> History:
    """Return a history, made now or kept from a run before."""
    kept = working_folder() / f"{recipe.events}-{_name(recipe)}"
    if not kept.exists():
        _make(recipe, kept)
    made = msgspec.json.decode((kept / "made.json").read_bytes(), type=_Made)
    keys, silent = (list(map(DeviceKey.from_seed, seeds)) for seeds in (made.keys, made.silent))
    return History(kept / "home", made.collective, keys, silent)


def _name(recipe: Recipe) -> str:
    here = Path(__file__).parent
    sources = [Path(__file__), *sorted((here / "made").glob("*.py"))]
    digest = sha256(msgspec.json.encode((FORMAT, recipe, dict(DEFAULTS))))
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _make(recipe: Recipe, kept: Path) -> None:
    """Make a history beside where it is kept, so that an interrupted one is never found."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".new-") as folder:
        unborn = Path(folder, "made")
        talk = Talk(recipe.seed)
        collective = talk.hub.collective
        home = Home(unborn / "home")
        home.file(collective).parent.mkdir(parents=True)
        Store.create(home.file(collective), islice(lived(talk, recipe), recipe.events)).close()
        keys = talk.people.keys
        home.keyring(collective).keep_device(keys[0])
        silent = [device.key for device in talk.silent]
        made = _Made(collective, [key.seed for key in keys], [key.seed for key in silent])
        (unborn / "made.json").write_bytes(msgspec.json.encode(made))
        with suppress(OSError):  # another run made the same meanwhile
            unborn.rename(kept)


def lived(talk: Talk, recipe: Recipe) -> Iterator[Event]:
    """Yield what people say, in the order in which it was sent, without an end."""
    for _ in range(1, recipe.members - recipe.come_and_go):
        talk.people.admit()
    for member in talk.people.here[: recipe.second_devices]:
        talk.people.add_device(member)
    plans = _plans(talk, recipe)
    while True:
        talk.step()
        if plans and len(talk.hub.row) >= plans[0][0]:
            talk.wake_all()
            plans.pop(0)[1]()
        yield from talk.hub.sent
        talk.hub.sent.clear()


def _plans(talk: Talk, recipe: Recipe) -> list[tuple[int, Callable[[], None]]]:
    """Say after how many events the charter changes, and somebody comes and goes."""
    people, part = talk.people, recipe.events // CHARTER_CHANGES

    def change() -> None:
        people.change_charter({"everyday_notice": talk.chance.randint(1, 5)})

    plans = [(part * n + part // 2, change) for n in range(CHARTER_CHANGES)]
    if recipe.come_and_go:
        plans.append((recipe.events // 3, people.admit))
        plans.append((2 * recipe.events // 3, lambda: people.part(people.here[-2])))
    for row, member in zip(silences(recipe), people.here, strict=False):
        plans.append((row, partial(_put_by, talk, member)))
    return sorted(plans, key=lambda plan: plan[0])


def silences(recipe: Recipe) -> list[int]:
    """Say after how many events second devices fall silent."""
    events = recipe.events
    return [events // 2, events - events // 100][: recipe.second_devices]


def _put_by(talk: Talk, member: Member) -> None:
    talk.fall_silent(member.devices[-1])


def check_judged(replay: Replay) -> None:
    """Raise where the made-up people broke the rules so often that a figure would mean nothing."""
    void = len(replay.record.void) / len(replay.graph)
    assert void <= MOST_VOID, f"{void:.1%} of a made-up history is void"


def main(events: str = "100000") -> None:
    """Make a history, and say what is in it."""
    made = history(Recipe(int(events)))
    print(f"{made.file} ({made.file.stat().st_size / 2**20:.0f} MiB)")


if __name__ == "__main__":
    main(*sys.argv[1:])
