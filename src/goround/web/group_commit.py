"""Group commit: what is handed over while a commit is under way is judged and stored together in
the next one. A disk gives its word so many times a second, however much it is given at once; so
the more people say something at the same time, the less each of them waits for it.

Each post has a verdict of its own, all or none of it, and gets it once the commit has returned. Of
one device one post goes into a commit, so a device that floods waits for itself; and the signatures
of a post that is much are looked at before it stands in the line, where nobody else waits for that.
Whoever comes when too much waits already is told to come again, and nothing of theirs is kept."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from anyio import CapacityLimiter, to_thread

from goround.errors import GoroundError, NotGenuine
from goround.ids import CollectiveId, DeviceId
from goround.log.event import Event
from goround.log.history import check_every
from goround.node.replica import Receipt, Replica
from goround.web.journal import note_fault
from goround.web.live import Live, News, news_for
from goround.web.problems import Denied
from goround.web.shelf import Shelf

MOST_TOGETHER = 64
"""Events of a commit, unless a single post has more."""
MUCH = 8
"""Events of a post from which on it goes into a commit of its own."""
MOST_WAITING = 512
"""Posts that wait in one process."""
STEPS = 3
"""Steps from a request's bytes to its place in the line."""
THREADS = 8
"""Collectives that are written to at the same time."""

Verdict = Receipt | Exception


class Post:
    """What one request hands over, and what becomes of it."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events
        self.devices = {event.header.device for event in events}
        self.is_looked_at = False
        """Tells whether its signatures were found good already."""
        self.verdict: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()

    def tell(self, verdict: Verdict) -> None:
        """Let whoever waits go on; they may have gone already."""
        if self.verdict.done():
            return
        if isinstance(verdict, Exception):
            self.verdict.set_exception(verdict)
        else:
            self.verdict.set_result(verdict)


class Stored(NamedTuple):
    """What became of some posts, and what listeners are told; None where nothing is known."""

    verdicts: list[Verdict]
    news: News | None


class GroupCommit:
    """What is being handed over at one node."""

    def __init__(self, shelf: Shelf, live: Live) -> None:
        self._shelf = shelf
        self._live = live
        self._waiting: dict[CollectiveId, list[Post]] = {}
        self._count = 0
        self._threads = CapacityLimiter(THREADS)
        self._looking = asyncio.Lock()
        self._looked_at: Counter[DeviceId] = Counter()
        """Devices of which something is being looked at, or waits for that: their order is kept."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def hand_over(self, collective: CollectiveId, events: Sequence[Event]) -> Receipt:
        """Return once these are on the disk; raises what was wrong with them."""
        if self._count >= MOST_WAITING:
            raise _busy()
        post = Post(events)
        self._count += 1
        try:
            if _is_much(post) or self._looked_at.keys() & post.devices:
                await self._line_up_looked_at(collective, post)
            else:
                self._line_up(collective, post)
            return await post.verdict
        finally:
            self._count -= 1

    async def _line_up_looked_at(self, collective: CollectiveId, post: Post) -> None:
        """Look at signatures first, one post after the other; raises NotGenuine."""
        self._looked_at += Counter(post.devices)
        try:
            async with self._looking:
                await to_thread.run_sync(check_every, post.events, limiter=self._threads)
                post.is_looked_at = True
                self._line_up(collective, post)
        finally:
            self._looked_at -= Counter(post.devices)

    def _line_up(self, collective: CollectiveId, post: Post) -> None:
        if collective in self._waiting:  # a commit is under way
            self._waiting[collective].append(post)
            return
        self._waiting[collective] = [post]
        task = asyncio.create_task(self._commit_all(collective))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _commit_all(self, collective: CollectiveId) -> None:
        """Commit as long as anything waits."""
        much = False
        while self._waiting[collective]:
            await _others_come()
            waiting = self._waiting[collective]
            posts, self._waiting[collective] = together(waiting, much=much)
            much = not _is_much(posts[0])
            listening = self._live.devices(collective)
            stored = await to_thread.run_sync(
                self._store, collective, posts, listening, limiter=self._threads
            )
            for post, verdict in zip(posts, stored.verdicts, strict=True):
                post.tell(verdict)
            if stored.news:
                self._live.tell(collective, stored.news)
        del self._waiting[collective]

    def _store(
        self, collective: CollectiveId, posts: Sequence[Post], listening: Iterable[DeviceId]
    ) -> Stored:
        """Judge and keep some posts in one commit, and sign what follows from them."""
        wrong = [_why_not_genuine(post) for post in posts]
        genuine = [post.events for post, error in zip(posts, wrong, strict=True) if error is None]
        kept, news = self._keep(collective, genuine, listening)
        verdicts = iter(kept)
        return Stored([error or next(verdicts) for error in wrong], news)

    def _keep(
        self,
        collective: CollectiveId,
        posts: Sequence[Sequence[Event]],
        listening: Iterable[DeviceId],
    ) -> tuple[Sequence[Verdict], News | None]:
        if not posts:
            return [], None
        try:
            with self._shelf.taken(collective) as replica:
                verdicts = replica.receive_each(posts)
                _tend(replica)
                return verdicts, news_for(replica, listening)
        except GoroundError as error:  # the disk, say: it is the same for all of them
            return [error] * len(posts), None
        except Exception as error:  # noqa: BLE001 - a fault of the program that one of them found
            if len(posts) == 1:
                return [error], None
            alone = [self._keep(collective, [post], listening) for post in posts]
            return [verdict for (verdict,), _news in alone], alone[-1][1]


async def _others_come() -> None:
    """Let those whose requests are here already come along: each commit costs the same."""
    for _ in range(STEPS):
        await asyncio.sleep(0)


def together(waiting: Sequence[Post], *, much: bool = False) -> tuple[list[Post], list[Post]]:
    """Part those that go into the next commit, in the order in which they came, from the rest.

    Whoever hands over much at once goes alone, and in turn with all others: they wait for it once,
    and not for everything that the same device has in the line. `much` says whose turn it is.
    """
    first = _first_much(waiting)
    if first and (much or all(map(_is_much, waiting))):
        return [first], [post for post in waiting if post is not first]
    chosen: list[Post] = []
    left: list[Post] = []
    events, devices = 0, set[DeviceId]()
    for post in waiting:
        is_full = bool(chosen) and events + len(post.events) > MOST_TOGETHER
        if is_full or _is_much(post) or devices & post.devices:
            left.append(post)
        else:
            chosen.append(post)
            events += len(post.events)
        devices |= post.devices
    return (chosen, left) if chosen else ([left[0]], left[1:])


def _first_much(waiting: Iterable[Post]) -> Post | None:
    """Find who hands over much, and has nothing in the line that has to be here before."""
    before = set[DeviceId]()
    for post in waiting:
        if _is_much(post) and not before & post.devices:
            return post
        before |= post.devices
    return None


def _is_much(post: Post) -> bool:
    return len(post.events) > MUCH


def _why_not_genuine(post: Post) -> NotGenuine | None:
    if post.is_looked_at:
        return None
    try:
        check_every(post.events)
    except NotGenuine as error:
        return error
    return None


def _tend(replica: Replica) -> None:
    """Sign what carries no opinion; where that fails, what was handed over is kept all the same."""
    try:
        replica.tend()
    except Exception as error:  # noqa: BLE001 - it is tried again with whatever comes next
        note_fault(error)


def _busy() -> Denied:
    return Denied(503, "busy", "Too much is being handed over just now.", {"Retry-After": "2"})
