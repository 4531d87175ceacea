"""Histories that the browser's fold is asked about, and what Python's says of them: stories, told
by real events, and lives of the model, also with whatever somebody signs out of mischief. Each is
fed event by event; at some stops along the way everything that both can be asked is asked, as each
device sees it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from goround.collective.decisions import decided
from goround.collective.erasure import erased
from goround.collective.keeping import next_of
from goround.ids import CollectiveId
from goround.log.event import Event
from goround.log.header import FORMAT, Header
from goround.replay import Replay
from goround.wire import act_of
from tests.collective.model_histories import product_act
from tests.model.histories import random_history
from tests.model.lives import Remnants
from tests.promises.lives import other_order
from tests.promises.test_anything_goes import Mischief
from tests.stories.telling import happens, scenes_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goround.collective.entry import Entry
    from goround.ids import DeviceId
    from tests.model.events import ModelEvent

Json = dict[str, Any]
STORIES = sorted((Path(__file__).parents[1] / "stories").glob("*.story"))


class History(NamedTuple):
    """One collective's events in an order of arrival, and after how many of them to ask."""

    title: str
    collective: str
    events: list[Json]
    stops: list[int]


class Fed(Replay):
    """A replay that is told of each event whether its proof holds."""

    def feed(self, given: Json) -> None:
        self._given = given
        self.add(_event_of(given, self.collective))

    def entry(self, event: Event) -> Entry:
        return replace(super().entry(event), proved=self._given["proved"])


def _event_of(given: Json, collective: CollectiveId) -> Event:
    """Put an event together of which nobody asks for the bytes."""
    founds = given["id"] == collective
    header = Header(
        FORMAT,
        CollectiveId("" if founds else collective),
        given["device"],
        given["seq"],
        given["prev"],
        tuple(given["seen"]),
        given["lamport"],
        given["at"],
        given["act"],
        "A" * 43 if given["words"] else "",
        1 if given["words"] else 0,
    )
    return Event(given["id"], header, b"", b"", None)


# --- What Python says ----------------------------------------------------------------------------


def said_by_python(history: History) -> Json:
    """Return why each event is void, and what each device sees at each stop."""
    replay = Fed.of(CollectiveId(history.collective))
    assert isinstance(replay, Fed)
    seen: list[Json] = []
    for count, given in enumerate(history.events, 1):
        replay.feed(given)
        if count in history.stops:
            seen.append(_asked(replay))
    return {"void": {event: reason.value for event, reason in replay.record.void.items()}} | {
        "seen": seen
    }


def _asked(replay: Fed) -> Json:
    if replay.record.founding is None:
        return {}
    return {device: _seen_by(replay, device) for device in replay.graph.heads()}


def _seen_by(replay: Fed, device: DeviceId) -> Json:
    view = replay.view(device)
    fact = next_of(view, device, replay.graph.past(replay.graph.heads_of(device)[0]))
    return {
        "next": json.dumps(act_of(fact), separators=(",", ":")) if fact else None,
        "epoch": view.epoch.id,
        "members": dict(view.epoch.members),
        "charter": [view.epoch.charter_id, dict(view.epoch.charter.rules)],
        "decided": [v.id for v in replay.record.all_versions if decided(view, v.id)],
        "erased": sorted(erased(view)),
    }


# --- Histories -----------------------------------------------------------------------------------


def stories(files: Sequence[Path] = tuple(STORIES)) -> Iterator[History]:
    """Tell every story, and give what its devices know, in the order in which it came to them."""
    for path in files:
        for scene in scenes_in(path):
            devices = happens(scene).devices.values() if not scene.awaits else ()
            known = {frozenset(event.id for event in device.events): device for device in devices}
            for device in known.values():
                events = [told(device.replay.record.entries[e.id], e) for e in device.events]
                title = f"{scene.file}: {scene.title} ({device.name})"
                if events:
                    yield History(title, events[0]["id"], events, stops_at(len(events), 10, 16))


def told(entry: Entry, event: Event) -> Json:
    header = event.header
    return {
        "id": event.id,
        "device": header.device,
        "seq": header.seq,
        "prev": header.prev,
        "seen": list(header.seen),
        "lamport": header.lamport,
        "at": header.at,
        "act": header.act,
        "words": entry.words,
        "proved": entry.proved,
    }


SIZES = (1, 2, 3, 3, 4, 5, 6, 8, 12)


def lives(seeds: Iterable[int], steps: int) -> Iterator[History]:
    """Let collectives live for so many steps, some with somebody who lies, some heard of late."""
    for seed in seeds:
        members = SIZES[seed % len(SIZES)]
        life = random_history(seed, members, steps, adversary=seed % 2 == 1)
        if seed % 3 == 0:
            life = other_order(life, random.Random(seed))
        yield of_model(f"life {seed} of {members}", life)


def remnants(seeds: Iterable[int], steps: int) -> Iterator[History]:
    """Let collectives live that some leave, to decide for the others later."""
    for seed in seeds:
        members = SIZES[seed % len(SIZES)]
        life = random_history(seed, members, steps, adversary=True, kind=Remnants)
        yield of_model(f"remnants {seed} of {members}", life)


def mischief(seeds: Iterable[int], steps: int, acts: int) -> Iterator[History]:
    """Let them live, and then let anybody sign anything at all, forks included."""
    for seed in seeds:
        members = SIZES[seed % len(SIZES)]
        somebody = Mischief(random_history(seed, members, steps, adversary=seed % 2 == 1), seed)
        for _ in range(acts):
            somebody.sign()
        yield of_model(f"mischief {seed} among {members}", somebody.events)


def of_model(title: str, events: Iterable[ModelEvent], every: int = 8) -> History:
    """Write a history of the model as the fold is fed."""
    fed: list[Json] = [
        {
            "id": event.id,
            "device": event.device,
            "seq": event.seq,
            "prev": event.prev,
            "seen": sorted(event.seen),
            "lamport": event.lamport,
            "at": event.at,
            "act": product_act(event.act),
            "words": event.words,
            "proved": event.proved,
        }
        for event in events
    ]
    return History(title, fed[0]["id"], fed, stops_at(len(fed), every))


def stops_at(length: int, every: int, last: int = 1) -> list[int]:
    """Stop after every so many events, and after each of the last ones."""
    return sorted({*range(every, length, every), *range(max(1, length - last + 1), length + 1)})
