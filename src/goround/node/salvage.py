"""What can be had of a damaged file: everything genuine in it, put in order again. What rests on
nothing that is lost stands by itself; the rest is kept apart, until somebody gives what it rests
on. Words that were erased are left where they lie."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from goround.collective.erasure import EraseOwn, erased
from goround.errors import MissingParents, NotACollective, NotGenuine, Unreachable, why
from goround.log.bundle import FORMAT, LARGEST_LINE, decode_line
from goround.log.event import check_signature
from goround.log.passphrase import is_encrypted
from goround.replay import Replay
from goround.sentences import _
from goround.store.carving import Carved, carve
from goround.store.copying import read_a_copy
from goround.sync.bundle_file import read
from goround.wire import fact_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from goround.ids import CollectiveId, DeviceId, EventId
    from goround.log.event import Event


class Salvaged(NamedTuple):
    """What was found of one collective, in causal order."""

    replay: Replay
    whole: list[Event]
    """What rests on nothing that is missing."""
    rest: list[Event]
    """What does."""
    missing: set[EventId]
    """What is known to be missing, because something names it."""
    wordless: set[EventId]
    """Events whose words could not be read, though nobody erased them."""
    is_whole: bool = False
    """Whether nothing is wrong with the file after all."""


def salvage(path: Path) -> Salvaged:
    """Read a damaged file or bundle; raises Unreachable where there is nothing in it."""
    try:
        _check_not_encrypted(path)
        found = _in_a_bundle(path) or carve(path)
    except OSError as error:
        raise Unreachable(
            _("The file {path} could not be read: {why}.").format(path=path, why=why(error))
        ) from None
    events = _with_words(found, list(_sure_ones(found)))
    if not events:
        raise NotACollective(
            _("There is nothing of a collective in {path}; it is left as it is.").format(path=path)
        )
    (collective, _count), *_others = Counter(e.collective for e in events).most_common(1)
    ours = [event for event in events if event.collective == collective]
    salvaged = _in_order(collective, ours, found.erased)
    return salvaged._replace(is_whole=_is_whole(path, salvaged))


def _check_not_encrypted(path: Path) -> None:
    with path.open("rb") as file:
        if is_encrypted(file.readline(LARGEST_LINE)):
            told = _("What was damaged in an encrypted file stays lost; {path} is left as it is.")
            raise Unreachable(told.format(path=path))


def is_bundle(path: Path) -> bool:
    """Tell whether a file begins as a bundle does."""
    with path.open("rb") as file:
        return FORMAT.encode() in file.readline(200)


def _is_whole(path: Path, found: Salvaged) -> bool:
    """Tell whether the file can be read in order, and holds what was found in it and no more."""
    if found.rest or found.wordless:
        return False
    try:
        here = read(path).events if is_bundle(path) else read_a_copy(path)
    except (NotGenuine, Unreachable, OSError):
        return False
    return {event.id for event in here} == {event.id for event in found.whole}


# --- Reading -----------------------------------------------------------------


def _in_a_bundle(path: Path) -> Carved | None:
    """Read the lines of a bundle that are whole; None where this is none."""
    if not is_bundle(path):
        return None
    with path.open("rb") as file:
        carved = Carved({}, {}, {}, set())
        for line in file:
            event = _event_in(line)
            if event is not None:
                carved.sure.setdefault(event.id, event)
                if event.content is not None:
                    carved.words.setdefault(event.header.commit, event.content)
    return carved


def _event_in(line: bytes) -> Event | None:
    """Return the event that a line holds, without its words where they are not the ones."""
    try:
        event = decode_line(line)
        check_signature(event)
    except NotGenuine:
        return _bare_event_in(line)
    return event


def _bare_event_in(line: bytes) -> Event | None:
    try:
        header, signature, *_words = msgspec.json.decode(line, type=list[str])
        event = decode_line(msgspec.json.encode([header, signature, "", ""]))
        check_signature(event)
    except (NotGenuine, msgspec.DecodeError, UnicodeDecodeError, ValueError):
        return None
    return event


def _sure_ones(found: Carved) -> Iterator[Event]:
    """Yield what was kept; of what may never have been, only what contradicts nothing.

    A device that began to sign something and was cut off signs another thing in its place.
    """
    yield from found.sure.values()
    taken: set[tuple[DeviceId, int]] = {_place(event) for event in found.sure.values()}
    for event in found.unsure.values():
        if _place(event) not in taken:
            taken.add(_place(event))
            yield event


def _place(event: Event) -> tuple[DeviceId, int]:
    return event.header.device, event.header.seq


def _with_words(found: Carved, events: Iterable[Event]) -> list[Event]:
    return [
        msgspec.structs.replace(event, content=found.words.get(event.header.commit))
        if event.header.commit and event.id not in found.erased
        else event
        for event in events
    ]


# --- Putting in order --------------------------------------------------------


def _in_order(collective: CollectiveId, events: list[Event], gone: set[EventId]) -> Salvaged:
    replay, whole, rest = Replay.of(collective), [], []
    for event in sorted(events, key=lambda e: (e.header.lamport, e.id)):
        try:
            replay.add(event)
        except MissingParents:
            rest.append(event)
        except NotGenuine:
            continue  # it was signed, and is no event of this collective all the same
        else:
            whole.append(event)
    gone = gone | _erased(replay, rest)
    kept = [[_without_words(e) if e.id in gone else e for e in part] for part in (whole, rest)]
    here = {event.id for event in (*whole, *rest)}
    named = {name for e in rest for name in (e.header.prev, *e.header.seen) if name}
    bare = {e.id for part in kept for e in part if e.header.commit and e.content is None}
    return Salvaged(replay, kept[0], kept[1], named - here, bare - gone)


def _erased(replay: Replay, rest: list[Event]) -> set[EventId]:
    """Name the events whose words nobody is to read again; of what is in no order, each own."""
    gone = erased(replay.view()) if replay.record.founding else set()
    devices = {event.id: event.header.device for event in rest}
    for event in rest:
        fact = fact_of(event.header.act)
        if isinstance(fact, EraseOwn) and devices.get(fact.event) == event.header.device:
            gone.add(fact.event)
    return gone


def _without_words(event: Event) -> Event:
    return msgspec.structs.replace(event, content=None)
