"""Home and a proposal's page with years behind them, beside a bare page of the same size.

A node serves a made-up history over HTTP; members with a session of their own ask for their home
and for the page of an open proposal, one after the other over a connection that stays open. Beside
it, in turns, as many bytes are asked of Starlette and Jinja alone (bench/bare_page.py). Neither
side packs what it sends. A page is asked for again, as when somebody comes back to it, and drawn
anew each time, as when somebody comes to it first; then while other members append.
"""

from __future__ import annotations

import re
import threading
import time
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.asking import Asking
from bench.bare_page import SESSION
from bench.figure import Figure, at_most, percentile, spread
from bench.histories import Recipe, history
from bench.machine import scratch
from bench.served import node, serving
from goround.collective.positions import Position
from goround.collective.proposals import Propose, Say
from goround.ids import EventId
from goround.log.bundle import encode_line
from goround.log.event import sign_event
from goround.log.graph import Graph
from goround.store import Store
from goround.wire import act_of, write_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.asking import Answer
    from bench.histories import History
    from bench.served import Served
    from goround.collective.entry import Fact
    from goround.log.event import Event
    from goround.log.keys import DeviceKey

CORES = 2
EVENTS = 100_000
REPETITIONS = 3
ASKED = 60
"""How often a page is asked for in each repetition; a device may not ask much more."""
PER_SECOND = 20
"""Events that others append in a second."""
QUICK = {"events": 300, "repetitions": 1, "asked": 5}
POSTS = 2
OK, CREATED, TOO_MANY = 200, 201, 429
MOST_PAUSES = 30
PATIENCE = 1.0
"""Seconds until a device that asked too much may go on."""
PLAIN = at_most(3, aim=2)
LOUD = at_most(10)


class Waits(NamedTuple):
    """Seconds that answers took, of each kind, over all repetitions."""

    bare: list[float]
    again: list[float]
    anew: list[float]
    loud: list[float]


class Reader:
    """A member who reads, over a connection and from an address of their own."""

    def __init__(self, served: Served, made: History, key: DeviceKey, number: int) -> None:
        self.key = key
        self.asking = Asking(served, f"127.0.0.{number + 2}")
        self.at = f"/c/{made.collective}"
        self.cookie = self.asking.session(made.collective, key, served.origin)
        self._asked = 0

    def page(self, path: str) -> tuple[str, float]:
        """Return a page, and how long it took."""
        answer = self._answer(path)
        for _ in range(MOST_PAUSES):  # nobody reads as fast as this; it is not what is measured
            if answer.status != TOO_MANY:
                break
            time.sleep(PATIENCE)
            answer = self._answer(path)
        assert answer.status == OK, answer
        return answer.body.decode(), answer.seconds

    def _answer(self, path: str) -> Answer:
        return self.asking.get(self.at + path, {"Cookie": self.cookie})

    def anew(self, path: str) -> float:
        """Ask for a page that nobody has asked for, so that it is drawn."""
        self._asked += 1
        return self.page(f"{path}?asked={self._asked}")[1]


class Post(NamedTuple):
    """What somebody is about to say: a line, and of which device."""

    device: int
    line: bytes


def measure(
    events: int = EVENTS,
    repetitions: int = REPETITIONS,
    asked: int = ASKED,
) -> list[Figure]:
    made = history(Recipe(events))
    with scratch() as folder, ExitStack() as open_:
        home = made.copy(folder / "home")
        served = open_.enter_context(node(home.path))
        readers = [Reader(served, made, key, n) for n, key in enumerate(made.keys)]
        readers = [r for r in readers if 'data-as="member"' in r.page("/")[0]]
        posts = iter(signed(made, [reader.key for reader in readers[-POSTS:]], 5_000))
        paths = {"home": "/", "proposal": _open_proposal(readers[0])}
        found = []
        for number, (name, path) in enumerate(paths.items()):
            mine = readers[2 * number : 2 * number + 2]
            waits = _compared(mine, path, repetitions, asked, posts)
            found += _figures(name, events, waits)
        return found


def _open_proposal(reader: Reader) -> str:
    for state in ("open", "waiting"):
        page, _seconds = reader.page(f"/proposals?state={state}")
        found = re.search(r'/proposals/[\w-]{43}(?=")', page)
        if found:
            return found[0]
    message = "The made-up people have left nothing open."
    raise LookupError(message)


def _compared(
    readers: list[Reader], path: str, repetitions: int, asked: int, posts: Iterator[Post]
) -> Waits:
    """Ask in turns, so that what else the machine does meets all of them alike."""
    quiet, loud = readers
    size = len(quiet.page(path)[0].encode())
    waits = Waits([], [], [], [])
    with serving("bench.bare_page", str(size)) as bare, Asking(bare) as asking:
        for _ in range(repetitions):
            waits.bare.extend(_bare(asking) for _ in range(asked))
            waits.again.extend(quiet.page(path)[1] for _ in range(asked))
            waits.anew.extend(quiet.anew(path) for _ in range(asked))
            with appending(quiet, posts, PER_SECOND):
                waits.loud.extend(loud.page(path)[1] for _ in range(asked))
    return waits


def _bare(asking: Asking) -> float:
    answer = asking.get("/", {"Cookie": f"session={SESSION}"})
    assert answer.status == OK, answer
    return answer.seconds


# --- While others append -----------------------------------------------------


@contextmanager
def appending(reader: Reader, posts: Iterator[Post], per_second: int) -> Iterator[None]:
    """Let others hand over so many events in a second, one after the other, as long as it takes."""
    ends = threading.Event()
    refused: list[object] = []

    def post() -> None:
        begins, sent = time.perf_counter(), 0
        while not ends.is_set():
            answer = asking.post(f"{reader.at}/events", next(posts).line, "application/x-ndjson")
            if answer.status != CREATED:
                refused.append(answer)
            sent += 1
            ends.wait(max(0.0, begins + sent / per_second - time.perf_counter()))

    with Asking(reader.asking.served, "127.0.0.99") as asking:
        thread = threading.Thread(target=post)
        thread.start()
        try:
            yield
        finally:
            ends.set()
            thread.join()
    assert not refused, refused[0]


def signed(made: History, keys: list[DeviceKey], many: int) -> Iterator[Post]:
    """Sign ahead what members say: now and then something new, and about it all the rest."""
    graph = Graph(made.collective)
    with Store.open(made.file) as store:
        for _row, event in store.since():
            graph.add(event)
    newest = EventId("")
    for number in range(many):
        key = keys[number % len(keys)]
        fact, words = _said(number, newest)
        event = _sign(graph, key, fact, words)
        newest = event.id if isinstance(fact, Propose) else newest
        yield Post(number % len(keys), encode_line(event))


def _said(number: int, newest: EventId) -> tuple[Fact, dict[str, object]]:
    if number % 10 == 0:
        title = f"Something new, number {number}"
        return Propose("everyday", (), 0, 0), {"title": title, "text": "We have talked about it."}
    if number % 10 in (1, 2):
        return Position(newest, "agree"), {}
    return Say(newest), {"text": f"I thought about it {number} times."}


def _sign(graph: Graph, key: DeviceKey, fact: Fact, words: dict[str, object]) -> Event:
    place = graph.next_place(key.public)
    event = sign_event(
        key,
        collective=graph.collective,
        place=place,
        at=1_900_000_000_000 + place.lamport,
        act=act_of(fact),
        words=write_words(words),
    )
    graph.add(event)
    return event


# --- What it comes to --------------------------------------------------------


def _figures(name: str, events: int, waits: Waits) -> list[Figure]:
    called = {"home": "Home", "proposal": "The page of an open proposal"}[name]
    behind = f"{called} of a collective with {events:,} events behind it"
    floor = median(waits.bare)
    kinds = {
        "p50": (median(waits.again), PLAIN, f"{behind}, when somebody comes back to it"),
        "anew": (median(waits.anew), PLAIN, f"{behind}, drawn anew each time"),
        "p99": (
            percentile(waits.loud, 99),
            LOUD,
            f"{behind}, the slowest but one in a hundred while others append {PER_SECOND} a second",
        ),
    }
    values = {"p50": waits.again, "anew": waits.anew, "p99": waits.loud}
    return [
        Figure(
            name=f"pages.{name}.{kind}",
            value=round(value * 1000, 2),
            unit="ms",
            floor=round(floor * 1000, 2),
            ratio=round(value / floor, 2),
            target=f"{target} times a bare page",
            met=target.met_by(round(value / floor, 2)),
            sentence=(
                f"{words}, takes {value * 1000:.1f} ms, {value / floor:.1f} times the"
                f" {floor * 1000:.1f} ms of a bare page with as many bytes."
            ),
            spread=tuple(round(v * 1000, 2) for v in spread(values[kind])),  # type: ignore[arg-type]
        )
        for kind, (value, target, words) in kinds.items()
    ]
