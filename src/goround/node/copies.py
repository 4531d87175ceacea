"""Where else a collective is kept: noted whenever another copy was equal with this one, for the day
on which somebody asks whether it would survive the loss of this disk. The notes lie beside the log
and go nowhere, of each kind the last one; when a place was equal is known to places.py."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from goround.collective.devices import owner
from goround.errors import Unreachable
from goround.ids import DeviceId
from goround.pages.addressing import in_words
from goround.pages.finding import attention, fine
from goround.pages.names import name_of
from goround.pages.unseen import DAY
from goround.sentences import _, ngettext
from goround.sync.origins import is_of_one_computer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.log.event import Event
    from goround.node.places import Place
    from goround.node.replica import Replica
    from goround.pages.finding import Finding
    from goround.pages.reading import Reading

NOTED_EVERY = 10 * 60 * 1000
"""Milliseconds before the same is noted again: each note is written to the disk."""
OLD = 30 * DAY
"""After so many milliseconds nobody knows any more whether a copy is still there."""


class Kind(StrEnum):
    """What kind of other copy there is."""

    ELSEWHERE = "elsewhere"
    HERE = "here"  # at an address of this machine, so mostly on the same disk
    FILE = "file"
    READ = "read"  # a file that somebody gave us, who has what stands in it


class Copy(msgspec.Struct, frozen=True, array_like=True):
    """When a copy was equal, with how many events, and whose it is: a node's, a device's."""

    at: int
    events: int
    whose: str = ""


def note_read(replica: Replica, events: Iterable[Event], now: int) -> None:
    """Note that whoever wrote these events into a file has them, and all on which they rest."""
    past = replica.graph.union(event.id for event in events)
    _note(replica, Kind.READ, Copy(now, sum(event in past for event in replica.graph)))


def note_copy(replica: Replica, kind: Kind, now: int, whose: str = "") -> None:
    """Note that a copy is equal with this one."""
    _note(replica, kind, Copy(now, len(replica.graph), whose))


def _note(replica: Replica, kind: Kind, copy: Copy) -> None:
    """Note a copy; not at all where nothing can be written."""
    now, whose = copy.at, copy.whose
    with suppress(Unreachable):
        known = _read(replica, kind)
        is_told = known and (known.events, known.whose) == (copy.events, whose)
        if known and is_told and 0 <= now - known.at < NOTED_EVERY:
            return
        replica.store.set_note(_key(kind), msgspec.json.encode(copy).decode())


def known_copies(replica: Replica, places: Iterable[Place] = ()) -> dict[Kind, Copy]:
    """Return the last copy of each kind: at a place, of a device that asked, or in a file."""
    noted = [(kind, copy) for kind in Kind if (copy := _read(replica, kind))]
    found = [*noted, *((_kind_of(p), _copy_at(p)) for p in places if p.equal)]
    return dict(sorted(found, key=lambda one: one[1].at))


def _kind_of(place: Place) -> Kind:
    return Kind.HERE if is_of_one_computer(place.address) else Kind.ELSEWHERE


def _copy_at(place: Place) -> Copy:
    return Copy(place.equal, place.events, place.address)


def _key(kind: Kind) -> str:
    return f"copy {kind}"


def _read(replica: Replica, kind: Kind) -> Copy | None:
    note = replica.store.note(_key(kind))
    return msgspec.json.decode(note, type=Copy) if note else None


# --- In sentences ------------------------------------------------------------


def second_copy(reading: Reading, copies: dict[Kind, Copy], now: int) -> Finding:
    """Say where a second copy is, and whether it may be an old one."""
    by_age = sorted(copies, key=lambda kind: (kind is Kind.HERE, -copies[kind].at))
    if not by_age:
        return attention("copy", _("No other copy is known of here."), _make_one())
    kind = by_age[0]
    copy = copies[kind]
    fresh = len(reading.replay.graph) - copy.events
    says = f"{_where(reading, kind, copy)} {_since(fresh)}"
    if kind is Kind.HERE:
        return attention("copy", f"{says} {_on_one_disk()}", _make_one())
    if fresh and copy.at < now - OLD:
        return attention("copy", says, _make_one())
    return fine("copy", says)


def told(reading: Reading, copies: dict[Kind, Copy]) -> list[str]:
    """Say where each copy is, one beside the log last."""
    by_age = sorted(copies, key=lambda kind: (kind is Kind.HERE, -copies[kind].at))
    where = {kind: _where(reading, kind, copies[kind]) for kind in by_age}
    return [f"{says} {_on_one_disk()}" if k is Kind.HERE else says for k, says in where.items()]


def is_elsewhere(copies: Iterable[Kind]) -> bool:
    """Tell whether any copy would still be there if this machine were lost."""
    return any(kind is not Kind.HERE for kind in copies)


def _make_one() -> str:
    return _(
        "Sync with somebody (goround sync ADDRESS), or write a file and keep it on another disk "
        "(goround bundle write FILE)."
    )


def _where(reading: Reading, kind: Kind, copy: Copy) -> str:
    day = in_words(copy.at)
    if kind is Kind.FILE:
        return _("Everything was written into a file on {day}.").format(day=day)
    if kind is Kind.READ:
        sentence = _(
            "A file was read here on {day}: it is a copy while it is kept, and whoever wrote it "
            "has one."
        )
        return sentence.format(day=day)
    if copy.whose.startswith("http"):
        sentence = _("Another copy was equal with this one on {day}: that of {node}.")
        return sentence.format(day=day, node=copy.whose)
    name = name_of(reading, owner(reading.view, DeviceId(copy.whose)))
    sentence = _("Another copy was equal with this one on {day}: on a device of {name}.")
    return sentence.format(day=day, name=name)


def _since(fresh: int) -> str:
    if not fresh:
        return _("Nothing has come since.")
    return ngettext(
        "{count} event has come since.", "{count} events have come since.", fresh
    ).format(count=fresh)


def _on_one_disk() -> str:
    return _("It is on this machine too, and would be lost with it.")
