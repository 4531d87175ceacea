"""The page that says where the collective lives. Whose home this is sees every place, and names or
drops one; whoever reads here as a guest sees where they read. Rule H25 of docs/protocol.md."""

from typing import Any, Literal

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goround.collective.devices import owner
from goround.errors import BadUse
from goround.ids import CollectiveId, DeviceId
from goround.node.copies import is_elsewhere, told
from goround.node.home import Home
from goround.node.places import Place, Places, origin_at
from goround.node.replica import Replica
from goround.node.serving import check_not_own
from goround.pages.names import name_of
from goround.pages.places import not_reached, only_here, seen_equal
from goround.sentences import _
from goround.web.bodies import JSON, Bodies
from goround.web.problems import Denied
from goround.web.readers import shown_to
from goround.web.rooms import Page, Room, Visit

LARGEST = 4096
"""Bytes of a body that names a place."""


class Asked(msgspec.Struct, frozen=True):
    """What somebody wants: that an address is a place, or is one no more."""

    address: str
    step: Literal["add", "drop"]


def pages(room: Room) -> list[Route]:
    """Return the address of this page."""

    def draw(visit: Visit) -> Page:
        collective, nearby = visit.here.collective, room.home.nearby
        known = room.home.places(collective).all()
        found = nearby.places(collective) if nearby else []
        named = {place.address for place in known}
        others = [place for place in found if place.address not in named]
        return _page(visit, known, others, is_in_room=nearby is not None)

    def stamp(collective: CollectiveId) -> int:
        nearby = room.home.nearby
        return room.home.places(collective).stamp() + (nearby.stamp() if nearby else 0)

    return [Route("/c/{collective}/places", room.page(draw, stamp))]


def _page(visit: Visit, known: list[Place], nearby: list[Place], *, is_in_room: bool) -> Page:
    reading, host = visit.reading, visit.host
    is_at_home = host is not None and reading.me == host
    copies = visit.copies() if is_at_home else {}
    return Page(
        "places.html",
        {
            "is_at_home": is_at_home,
            "host": name_of(reading, host) if host else "",
            "places": [_row(visit, place) for place in known] if is_at_home else [],
            "nearby": [_row(visit, place) for place in nearby] if is_at_home else [],
            "is_in_room": is_in_room,
            "copies": told(reading, copies),
            "is_safe": is_elsewhere(copies),
            "only_here": only_here(reading, is_copied=is_elsewhere(copies)),
        },
    )


def _row(visit: Visit, place: Place) -> dict[str, Any]:
    is_behind = place.events < visit.here.events
    return {
        "address": place.address,
        "equal": seen_equal(place.equal, visit.now, is_behind=is_behind),
        "silent": not_reached(place.silent, place.why, visit.now),
    }


class Naming:
    """Lets those to whom this home belongs name places, and drop them."""

    def __init__(self, room: Room, bodies: Bodies) -> None:
        self._room = room
        self._bodies = bodies

    async def change(self, request: Request) -> Response:
        """Do what was asked, where the device is one of whose home this is."""
        sessions, home = self._room.sessions, self._room.home
        collective, device = sessions.reader(request)
        async with self._bodies.read(request, JSON, LARGEST) as body:
            asked = _read(body)
        await sessions.with_replica(collective, lambda replica: _check_at_home(replica, device))
        await run_in_threadpool(_change, home, home.places(collective), asked)
        return Response(status_code=204)


def _read(body: bytes) -> Asked:
    try:
        return msgspec.json.decode(body, type=Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        sentence = "A place is named with address, and step: add or drop."
        raise Denied(400, "place", sentence) from None


def _check_at_home(replica: Replica, device: DeviceId) -> None:
    host, shown = replica.person, shown_to(replica.replay, device)
    if host is None or shown is not None or owner(replica.view(), device) != host:
        sentence = _("Places are named by those to whom this home belongs.")
        raise Denied(403, "not-at-home", sentence)


def _change(home: Home, places: Places, asked: Asked) -> None:
    try:
        if asked.step == "drop":
            places.drop(asked.address)
            return
        check_not_own(home, origin_at(asked.address))
        places.add(asked.address, home.clock())
    except BadUse as error:
        raise Denied(422, "place", str(error)) from None
