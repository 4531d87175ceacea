"""A feed for a member's own feed reader, which has no cookie and no key: its address holds a
secret, which opens nothing but reading what waits for that member and what was decided lately. A
member has one; making a new one ends the one before, and so does retiring the device that made it.
The secret is kept as a hash, beside the collective and never in its log. Rule H21 of
docs/protocol.md."""

import re
import secrets
from hashlib import sha256
from typing import NamedTuple
from xml.etree import ElementTree as ET

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goround.collective.devices import owner, retired
from goround.ids import CollectiveId, DeviceId, decode
from goround.node.replica import Replica
from goround.pages.feed import Entry, entries, feed_title, said_at
from goround.pages.reading import Reading
from goround.sentences import _
from goround.web.bodies import JSON
from goround.web.problems import Denied
from goround.web.rooms import Room, Visit, reading_of

KIND = "application/atom+xml"
NOTE = "feed "
_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in XML at all, not even escaped."""


class Kept(NamedTuple):
    """What is remembered of a feed's address: whose it is, and which device made it."""

    secret: str
    device: DeviceId


def pages(room: Room) -> list[Route]:
    """Return the addresses of feeds."""
    feeds = Feeds(room)
    return [
        Route("/c/{collective}/feed", feeds.read),
        Route("/c/{collective}/feed", feeds.renew, methods=["POST"]),
        Route("/c/{collective}/feed/end", feeds.end, methods=["POST"]),
    ]


class Feeds:
    """The feeds of the members of all collectives here."""

    def __init__(self, room: Room) -> None:
        self._sessions = room.sessions
        self._noted = room.noted
        self._clock = room.clock

    async def renew(self, request: Request) -> Response:
        """Make a new address for a member's feed; the one before opens nothing any more."""
        collective, device = self._sessions.reader(request)
        secret = secrets.token_urlsafe(24)
        await self._sessions.with_replica(
            collective, lambda replica: _remember(replica, device, Kept(_hashed(secret), device))
        )
        self._noted[collective] += 1
        url = f"{self._sessions.origin}/c/{collective}/feed?key={secret}"
        return Response(msgspec.json.encode({"url": url}), 201, media_type=JSON)

    async def end(self, request: Request) -> Response:
        """Let a member's feed be read by nobody any more."""
        collective, device = self._sessions.reader(request)
        await self._sessions.with_replica(
            collective, lambda replica: _remember(replica, device, None)
        )
        self._noted[collective] += 1
        return Response(status_code=204)

    async def read(self, request: Request) -> Response:
        """Give the feed to whoever has its address."""
        collective = self._sessions.collective(request)
        shown = _hashed(request.query_params.get("key", ""))
        now, base = self._clock(), f"{self._sessions.origin}/c/{collective}"
        drawn = await self._sessions.with_replica(
            collective, lambda replica: _drawn(replica, shown, base, now)
        )
        return Response(drawn, media_type=KIND)


def has_feed(visit: Visit) -> bool:
    """Tell whether a member has an address that opens their feed still."""
    kept = _kept(visit.note(NOTE + visit.reading.me)) if visit.reading.me else None
    return kept is not None and not retired(visit.reading.view, kept.device)


def _kept(note: str | None) -> Kept | None:
    return Kept(*note.split(" ")) if note else None  # type: ignore[arg-type]


def _hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _remember(replica: Replica, device: DeviceId, kept: Kept | None) -> None:
    reading = reading_of(replica, device)
    if reading.me is None:
        raise _unknown()
    note = None if kept is None else " ".join(kept)
    replica.store.set_note(NOTE + reading.me, note)


def _drawn(replica: Replica, shown: str, base: str, now: int) -> bytes:
    device = _found(replica, shown)
    try:
        reading = reading_of(replica, device)
    except Denied:
        raise _unknown() from None
    return _written(reading, base, now)


def _found(replica: Replica, shown: str) -> DeviceId:
    """Return the device that made this address, or raise Denied."""
    view = replica.view()
    people = [*view.epoch.former, *{owner(view, device) for device in view.record.firsts}]
    for person in people:
        kept = _kept(replica.store.note(NOTE + person)) if person else None
        if kept and secrets.compare_digest(kept.secret, shown):
            return kept.device
    raise _unknown()


def _unknown() -> Denied:
    sentence = _("This address of a feed was renewed or taken back; your devices page has another.")
    return Denied(403, "feed", sentence)


# ------------------------------------------------------------------------------------------- Atom


def _written(reading: Reading, base: str, now: int) -> bytes:
    told = entries(reading, now)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", _name(reading.replay.collective, f"feed:{reading.me}"))
    _add(feed, "title", feed_title(reading))
    _add(feed, "updated", said_at(max((entry.at for entry in told), default=0)))
    _link(feed, f"{base}/")
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "Goround")
    for entry in told:
        _add_entry(feed, entry, base, reading.replay.collective)
    drawn: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return drawn


def _add_entry(feed: ET.Element, entry: Entry, base: str, collective: CollectiveId) -> None:
    element = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(element, "id", _name(collective, entry.name))
    _add(element, "title", entry.title)
    _add(element, "updated", said_at(entry.at))
    _link(element, f"{base}{entry.path}")
    if entry.text:
        _add(element, "summary", entry.text)


def _add(element: ET.Element, name: str, text: str) -> None:
    ET.SubElement(element, f"{{{_ATOM}}}{name}").text = _NO_XML.sub("", text)


def _link(element: ET.Element, address: str) -> None:
    ET.SubElement(element, f"{{{_ATOM}}}link", {"href": address})


def _name(collective: CollectiveId, about: str) -> str:
    """Name something for ever and everywhere, without saying which collective it is about."""
    return f"urn:sha256:{sha256(decode(collective) + about.encode()).hexdigest()}"
