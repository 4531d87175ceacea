"""From one member's act to the change on another's open page.

One member hands over an event. Another one's page is open: it listens to the stream, hears that
there is something new, and fetches the page again, drawn anew, as the script of the page does. Time
is taken from before the event is sent: until the other hears of it, and until the changed page is
there. Beside it, in turns, the same is asked of a bare echo of server-sent events (bench/echo.py)
with a page of as many bytes, and of the node while all other members' pages are open too.
"""

from __future__ import annotations

import queue
import socket
import threading
import time
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.asking import Asking
from bench.figure import Figure, at_most, percentile, spread
from bench.histories import Recipe, history
from bench.machine import scratch
from bench.pages import Reader, signed
from bench.served import node, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.histories import History
    from bench.pages import Post
    from bench.served import Served

CORES = 2
EVENTS = 100_000
REPETITIONS = 5
ACTS = 40
WARM = 3
"""Acts before time is taken: what the first of all finds out, the others find ready."""
PAUSE = 0.35
"""Seconds between two acts: an open page fetches nothing more often than every 300 ms."""
GIVES_UP = 30.0
QUICK = {"events": 300, "repetitions": 1, "acts": 4}
P50, P99 = at_most(100, unit="ms"), at_most(300, unit="ms")
"""What people take for at once, and what they do not mind."""


class Times(NamedTuple):
    """Milliseconds from acts until they were heard of, and until the changed page was there."""

    heard: list[float]
    shown: list[float]


class Follower:
    """An open page: it listens in a thread of its own, and fetches what it hears of."""

    def __init__(self, origin: Served, at: str, page: str, cookie: str, own: str) -> None:
        self._asking = Asking(origin, own)
        self._page, self._headers = at + page, {"Cookie": cookie}
        self.seen: queue.Queue[tuple[float, float]] = queue.Queue()
        where = ("127.0.0.1", origin.port)
        self._line = socket.create_connection(where, GIVES_UP, source_address=(own, 0))
        head = (
            f"GET {at}/live HTTP/1.1\r\nHost: 127.0.0.1:{origin.port}\r\nCookie: {cookie}\r\n\r\n"
        )
        self._line.sendall(head.encode())
        self._thread = threading.Thread(target=self._follow)
        self._thread.start()

    def _follow(self) -> None:
        with self._line.makefile("rb") as lines:
            try:
                for line in lines:
                    if b'"changed"' in line:
                        heard = time.perf_counter()
                        self._asking.get(self._page, self._headers)
                        self.seen.put((heard, time.perf_counter()))
            except OSError:
                return  # it was closed: nobody looks any more

    def saw(self, since: float) -> tuple[float, float]:
        """Return when it heard first after a moment, and when it had the changed page."""
        while True:
            heard, shown = self.seen.get(timeout=GIVES_UP)
            if heard > since:
                return heard, shown

    def close(self) -> None:
        self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._line.close()


@contextmanager
def followed(readers: list[tuple[Served, str, str, str, str]]) -> Iterator[list[Follower]]:
    """Let pages be open, each of which was drawn once."""
    followers = [Follower(*reader) for reader in readers]
    try:
        for follower in followers:
            follower.seen.get(timeout=GIVES_UP)
        yield followers
    finally:
        for follower in followers:
            follower.close()


def measure(events: int = EVENTS, repetitions: int = REPETITIONS, acts: int = ACTS) -> list[Figure]:
    made = history(Recipe(events))
    ours, all_ours, bare = Times([], []), Times([], []), Times([], [])
    with scratch() as folder, ExitStack() as open_:
        served = open_.enter_context(node(made.copy(folder / "home").path))
        readers = _members(served, made)
        posts = signed(made, [readers[0].key], WARM + 2 * repetitions * acts)
        pages = [(served, r.at, "/", r.cookie, f"127.0.1.{n}") for n, r in enumerate(readers, 1)]
        size = len(readers[-1].page("/")[0].encode())
        echo = open_.enter_context(serving("bench.echo", str(size)))
        echoed = [(echo, "", "/", "a=b", "127.0.1.99")]
        _act(Times([], []), served, readers[0].at, pages[1:], _lines(posts, WARM))
        for _ in range(repetitions):
            _act(bare, echo, "", echoed, [b"x" * 700] * acts)
            _act(ours, served, readers[0].at, pages[1:2], _lines(posts, acts))
            _act(all_ours, served, readers[0].at, pages[1:], _lines(posts, acts))
    return [*_figures(ours, bare, events), _crowd(all_ours, len(pages) - 1)]


def _members(served: Served, made: History) -> list[Reader]:
    """Return those who are members, each with a session."""
    found = []
    for number, key in enumerate(made.keys):
        reader = Reader(served, made, key, number)
        if 'data-as="member"' in reader.page("/")[0]:
            found.append(reader)
    return found


def _lines(posts: Iterator[Post], many: int) -> list[bytes]:
    return [next(posts).line for _ in range(many)]


def _act(
    times: Times,
    served: Served,
    at: str,
    pages: list[tuple[Served, str, str, str, str]],
    lines: list[bytes],
) -> None:
    """Hand over one line after the other, and wait until every open page has changed."""
    with Asking(served, "127.0.0.200") as asking, followed(pages) as followers:
        for line in lines:
            began = time.perf_counter()
            answer = asking.post(f"{at}/events", line, "application/x-ndjson")
            assert answer.status == 201, answer
            for follower in followers:
                heard, shown = follower.saw(began)
                times.heard.append(1000 * (heard - began))
                times.shown.append(1000 * (shown - began))
            time.sleep(PAUSE)


def _figures(ours: Times, bare: Times, events: int) -> list[Figure]:
    return [
        _figure("live.p50", ours.shown, bare.shown, events, 50),
        _figure("live.p99", ours.shown, bare.shown, events, 99),
        _figure("live.heard.p50", ours.heard, bare.heard, events, 50),
        _figure("live.heard.p99", ours.heard, bare.heard, events, 99),
    ]


def _figure(name: str, ours: list[float], bare: list[float], events: int, share: int) -> Figure:
    value, floor = percentile(ours, share), percentile(bare, share)
    target = P50 if share < 99 else P99
    until = "another hears of it" if "heard" in name else "another's open page shows it"
    often = "half" if share < 99 else "99 of 100"
    return Figure(
        name=name,
        value=value,
        unit="ms",
        floor=floor,
        ratio=value / floor,
        target=str(target),
        met=target.met_by(value),
        sentence=(
            f"With {events:,} events behind it, {often} of what a member does takes {value:.0f} ms "
            f"or less until {until}; {floor:.0f} ms in a bare echo with a page of the same size."
        ),
        spread=spread(ours),
    )


def _crowd(times: Times, pages: int) -> Figure:
    value = percentile(times.shown, 99)
    return Figure(
        name="live.crowd.p99",
        value=value,
        unit="ms",
        floor=None,
        ratio=None,
        target=str(P99),
        met=P99.met_by(value),
        sentence=(
            f"With {pages} pages open at once, 99 of 100 show what somebody did within {value:.0f} "
            f"ms, and half of them within {median(times.shown):.0f} ms."
        ),
        spread=spread(times.shown),
    )
