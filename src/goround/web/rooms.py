"""How a member comes to see a page: a cookie that was given for a signed nonce says which device
reads, and the page is drawn from what that device's person may know. Without it the page is a door
that a script opens by signing anew; nothing about the collective stands on it."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from weakref import ref

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goround.collective.devices import owner
from goround.collective.entry import PersonId
from goround.collective.members import joining
from goround.ids import CollectiveId, DeviceId, EventId
from goround.log.event import Event
from goround.log.past import Past
from goround.node.copies import Copy, Kind, known_copies
from goround.node.home import Home
from goround.node.replica import Replica
from goround.pages.names import collective_name, name_of
from goround.pages.reading import Reading
from goround.pages.ways import has_ways
from goround.replay import Replay
from goround.web.drawing import draw
from goround.web.lately import Lately
from goround.web.problems import Denied
from goround.web.readers import shown_to
from goround.web.rights import FoundingRight
from goround.web.sessions import Sessions

MINUTE = 60_000
ROOM = 4 * 1024 * 1024
"""Bytes of pages that are remembered."""


class Here(NamedTuple):
    """What the frame of every page of a collective shows."""

    collective: CollectiveId
    name: str
    base: str
    path: str
    me: str
    my_id: str | None
    is_member: bool
    is_joining: bool
    has_ways: bool
    events: int
    is_put_back: bool
    """Whether this is drawn in the reader's own home, and that was put back to something older."""


class Visit(NamedTuple):
    """One look of one device at one collective; `events` gives what was said, as it was signed.

    `host` is whose home this node runs in, `copies` what is known there of other copies, and `note`
    gives what is remembered here beside the collective.
    """

    reading: Reading
    device: DeviceId
    path: Mapping[str, str]
    query: QueryParams
    here: Here
    origin: str
    now: int
    events: Callable[[Sequence[EventId]], Iterator[Event]]
    host: PersonId | None
    copies: Callable[[], dict[Kind, Copy]]
    note: Callable[[str], str | None]


class Page(NamedTuple):
    """What is drawn: a template, what it is filled with, and the status of the answer."""

    template: str
    values: Mapping[str, Any]
    status: int = 200


class Drawn(NamedTuple):
    """A page as it was sent, and what it was drawn from."""

    replay: ref[Replay]
    of: tuple[int, ...]
    body: bytes
    status: int


class _Known(NamedTuple):
    """A reading, and how much there was when it was made."""

    of: tuple[int, int, int]
    reading: Reading


Draw = Callable[[Visit], Page]
Beside = Callable[[CollectiveId], int]
"""Gives what changes whenever something does that a page shows, and that no event says."""
Endpoint = Callable[[Request], Awaitable[Response]]


def nothing_else(_collective: CollectiveId) -> int:
    """Say that a page shows nothing but what was said."""
    return 0


class Drawing(NamedTuple):
    """How a page is drawn, and what it shows beside what was said."""

    page: Draw
    beside: Beside


class Room:
    """Where the pages of the collectives of one node are drawn."""

    def __init__(self, sessions: Sessions, home: Home, right: FoundingRight) -> None:
        self.home = home
        self.sessions = sessions
        self.right = right
        self.shelf = sessions.shelf
        self.origin = sessions.origin
        self.clock = home.clock
        self._lately: Lately[Drawn] = Lately(ROOM)
        self.noted: defaultdict[CollectiveId, int] = defaultdict(int)
        """How often a note was made beside a collective, which no event says."""

    def page(self, draw_page: Draw, beside: Beside = nothing_else) -> Endpoint:
        """Make an address of what draws a page for somebody who may read it.

        It draws from the visit, and perhaps from what is kept beside the collective: the same page
        is not drawn twice in a minute in which nothing has arrived, and nothing changed there.
        """
        drawing = Drawing(draw_page, beside)

        async def endpoint(request: Request) -> Response:
            named: str = request.path_params["collective"]
            if not self.shelf.has(named):
                return draw("nothing.html", {"origin": self.origin}, 404)
            collective = CollectiveId(named)
            try:
                _collective, device = self.sessions.reader(request)
                return await self.sessions.turns.take(
                    request,
                    device,
                    lambda: self._draw(drawing, request, collective, device),
                )
            except Denied as denied:
                if denied.status in (401, 403):
                    was_here = self.sessions.cookie in request.cookies
                    return self.closed(collective, denied.status, str(denied), was_here=was_here)
                raise

        return endpoint

    def closed(
        self, collective: CollectiveId, status: int, why: str, *, was_here: bool = False
    ) -> Response:
        """Draw the door that a script opens by signing.

        A cookie that opens nothing any more still tells whoever lost their key that they had one.
        """
        values = {"collective": collective, "origin": self.origin, "why": why, "status": status}
        return draw("opening.html", values | {"was_here": was_here}, status)

    def _draw(
        self, drawing: Drawing, request: Request, collective: CollectiveId, device: DeviceId
    ) -> Response:
        asked = (collective, device, request.url.path, request.url.query)
        with self.shelf.taken(collective) as replica:
            minute, beside = self.clock() // MINUTE, drawing.beside(collective)
            replay, of = replica.replay, (*_there(replica), minute, beside)
            known = self._lately.find(asked)
            if known is not None and known.replay() is replay and known.of == of:
                return HTMLResponse(known.body, known.status)
            visit = self._visit(request, replica, device)
            page = drawing.page(visit)
        values = {"here": visit.here, "origin": self.origin, **page.values}
        answer = draw(page.template, values, page.status)
        body = bytes(answer.body)
        self._lately.keep(asked, Drawn(ref(replay), of, body, page.status), len(body))
        return answer

    def _visit(self, request: Request, replica: Replica, device: DeviceId) -> Visit:
        reading = reading_of(replica, device)
        return Visit(
            reading,
            device,
            {name: str(part) for name, part in request.path_params.items()},
            request.query_params,
            _here(reading, request.url.path, replica),
            self.origin,
            self.clock(),
            lambda names: replica.events([n for n in names if n in reading.replay.graph]),
            replica.person,
            lambda: known_copies(replica),
            replica.store.note,
        )


def reading_of(replica: Replica, device: DeviceId) -> Reading:
    """Return what a device's person may read; raises Denied where that is nothing.

    As long as nothing arrives it is the same reading, which has worked out much already.
    """
    kept: dict[DeviceId, _Known] = replica.replay.kept.setdefault(Reading, {})
    known, numbers = kept.get(device), replica.numbers()
    there = _there(replica)
    if known is not None and known.of == there:
        return known.reading
    replay = part_of(replica, shown_to(replica.replay, device))
    view = replay.view(device)
    reading = Reading(replay, view, owner(view, device), numbers)
    kept[device] = _Known(there, reading)
    return reading


def _there(replica: Replica) -> tuple[int, int, int]:
    """Return what changes when anything arrives, when words go, and when a proposal is numbered."""
    return len(replica.graph), replica.replay.rewritten, len(replica.numbers())


def part_of(replica: Replica, shown: Past | None) -> Replay:
    """Fold again only what may be read, unless that was done; everything is folded already."""
    if shown is None:
        return replica.replay
    kept: dict[object, Replay] = replica.replay.kept.setdefault(Replay, {})
    place = (shown.seen, replica.replay.rewritten)
    if place not in kept:
        kept.clear()  # it may be large, and whoever went reads seldom
        part = Replay.of(replica.collective)
        part.add_all(replica.events([name for name in replica.graph if name in shown]))
        kept[place] = part
    return kept[place]


def without_erased(whole: Replay, part: Replay, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Write what comes from a part, without words that are erased in the whole meanwhile."""
    known = whole.rewritten
    for piece in pieces:
        yield piece
        if whole.rewritten != known:
            known = whole.rewritten
            for name in part.contents.keys() - whole.contents.keys():
                part.forget(name)


def _here(reading: Reading, path: str, replica: Replica) -> Here:
    view, me = reading.view, reading.me
    return Here(
        collective=reading.replay.collective,
        name=collective_name(reading),
        base=f"/c/{reading.replay.collective}",
        path=path,
        me=name_of(reading, me),
        my_id=view.epoch.members.get(me) if me else None,
        is_member=me in view.epoch.members,
        is_joining=me in joining(view),
        has_ways=has_ways(reading),
        events=len(reading.replay.graph),
        is_put_back=me is not None and me == replica.person and replica.restored.is_noticed,
    )


def nothing(visit: Visit) -> Page:
    """Say that a collective has nothing at this address."""
    return Page("missing.html", {"path": visit.here.path}, 404)
