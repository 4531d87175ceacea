"""Two ways: where devices signed two histories, the collective can go on from one point twice.
Both ways hold only what everyone consented to; they differ in the order of things. Nothing is
merged by machine: people see who signed what, with the proof, talk, and choose."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from goround.collective.constitution import advance, successors
from goround.collective.decisions import decided
from goround.collective.devices import devices
from goround.collective.effects import Release
from goround.collective.members import Accept, Leave, TakeBack
from goround.collective.proposals import changes, proposal_of
from goround.collective.record import View
from goround.errors import NotGenuine
from goround.log.proofs import prove_fork
from goround.pages.charter_change import differences
from goround.pages.happening import parts
from goround.pages.names import name_of, names_of
from goround.pages.recalled import about_people
from goround.pages.twice import prove_twice
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.epoch import Epoch
    from goround.ids import EventId
    from goround.log.graph import Fork
    from goround.pages.genuine import Fetch
    from goround.pages.reading import Reading

Json = dict[str, Any]
Said = tuple[str, dict[str, str]]
"""A sentence, and what people wrote that goes into it."""


@about_people
def has_ways(reading: Reading) -> bool:
    """Tell whether the collective went on in two ways from some epoch of the reader's."""
    return bool(_partings(reading))


def _partings(reading: Reading) -> list[tuple[Epoch, list[Epoch]]]:
    view = reading.view
    ahead = [(epoch, successors(view.record, view.past, epoch)) for epoch in view.epoch.line()]
    return [(epoch, following) for epoch, following in ahead if len(following) > 1]


def ways(reading: Reading) -> list[list[Json]]:
    """Return the ways at each point from which there are several, the newest point first."""
    return [_at(reading, following) for _epoch, following in reversed(_partings(reading))]


def _at(reading: Reading, following: list[Epoch]) -> list[Json]:
    view = reading.view
    tips = {first.id: advance(view.record, view.past, first) for first in following}
    shared = set.intersection(*(set(tip.members) for tip in tips.values()))
    ways = [_way(reading, first, tips[first.id], shared) for first in following]
    held = [_decided_on(reading, tips[first.id]) for first in following]
    everywhere = set.intersection(*held)
    for way, decided_there in zip(ways, held, strict=True):
        way["decisions"] = _named(reading, decided_there - everywhere)
    return ways


def _decided_on(reading: Reading, tip: Epoch) -> set[EventId]:
    """Return which versions are decided for those who live on a way."""
    view = View(reading.view.record, reading.view.past, tip)
    return {name for name in view.record.completions if decided(view, name)}


def _named(reading: Reading, versions: set[EventId]) -> list[Json]:
    """Name decisions, in the line-up; the changes of members and charter stand in the steps."""
    entries = sorted(
        (reading.view.record.entries[name] for name in versions), key=lambda e: e.order
    )
    return [
        {"proposal": proposal_of(entry), "title": reading.word(entry.id, "title")}
        for entry in entries
        if changes(entry) is None
    ]


def _way(reading: Reading, first: Epoch, tip: Epoch, shared: set[PersonId]) -> Json:
    view = reading.view
    here = first.id in view.epoch.chain
    seals = view.record.seals.get(first.predecessor.id if first.predecessor else first.id, ())
    sealed = {view.person(s) for s in seals if getattr(s.fact, "change", "") == first.change}
    return {
        "epoch": first.id,
        "mine": here,
        "steps": [change_in_words(reading, e) for e in _from(tip, first)],
        "sealed_by": names_of(reading, sealed),
        "members": names_of(reading, tip.members),
        "only_here": names_of(reading, tip.members.keys() - shared),
        "rules": [] if here else differences(view.epoch.charter, tip.charter),
        "can_follow": reading.me in tip.members and not here,
    }


def _from(tip: Epoch, first: Epoch) -> list[Epoch]:
    line = tip.line()
    return line[line.index(first) :]


def change_in_words(reading: Reading, epoch: Epoch) -> Said:
    """Say what made an epoch of the one before."""
    view, change = reading.view, reading.view.record.entries[epoch.change]
    match change.fact:
        case Accept():
            return _("{who} joined."), {"who": name_of(reading, view.record.persons[change.id])}
        case Leave():
            return _("{who} left."), {"who": name_of(reading, view.record.persons[change.id])}
        case TakeBack():
            return parts(reading, change)
        case _:
            return _decided(reading, epoch, change)


def _decided(reading: Reading, epoch: Epoch, version: Entry) -> Said:
    effect, before = changes(version), epoch.predecessor
    if isinstance(effect, Release) and before:
        gone = before.person(effect.member)
        return _("We parted from {who}."), {"who": name_of(reading, gone)}
    return _("The charter changed: “{what}”."), {"what": reading.word(version.id, "title")}


def forked_others(reading: Reading) -> list[PersonId]:
    """Name the other members of whom a device that they did not retire signed two histories."""
    view = reading.view
    forked = set(view.record.forked)
    return [
        person
        for person in view.epoch.members
        if person != reading.me and forked.intersection(devices(view, person))
    ]


# --- Who signed two histories ------------------------------------------------


def forks(reading: Reading, fetch: Fetch) -> list[Json]:
    """Return where devices signed two histories, with a proof that anybody can check alone."""
    return [_fork(reading, fork, fetch) for fork in reading.replay.graph.forks()]


def _fork(reading: Reading, fork: Fork, fetch: Fetch) -> Json:
    view, record = reading.view, reading.view.record
    person = record.persons[fork.events[0]]
    return {
        "device": fork.device,
        "name": name_of(reading, person),
        "member": view.epoch.members.get(person) if person else None,
        "mine": person is not None and person == reading.me,
        "events": [
            {"id": event, "said": parts(reading, record.entries[event])} for event in fork.events
        ],
        "proof": _proof(fork, fetch),
    }


def _proof(fork: Fork, fetch: Fetch) -> str | None:
    """Write a proof from two of the events; None where the copy here is spoilt."""
    found = {event.id: event for event in fetch(fork.events)}
    try:
        return prove_fork(*(found[event] for event in fork.events[:2])).decode()
    except (KeyError, NotGenuine):
        return None


def doubled(reading: Reading, fetch: Fetch) -> list[Json]:
    """Return where two devices of one member sealed one epoch, neither knowing of the other."""
    view = reading.view
    found = [
        (person, crossed)
        for epoch in view.epoch.line()
        for person in epoch.members
        if (crossed := _crossed(reading, _sealed_by(view, epoch, person)))
    ]
    return [_doubled(reading, person, crossed, fetch) for person, crossed in found]


def _sealed_by(view: View, epoch: Epoch, person: PersonId) -> list[Entry]:
    seals = [seal for seal in view.record.seals.get(epoch.id, ()) if seal.id in view.past]
    return [seal for seal in seals if view.person(seal) == person]


def _doubled(
    reading: Reading, person: PersonId, crossed: list[tuple[Entry, Entry]], fetch: Fetch
) -> Json:
    seals = {seal.id: seal for pair in crossed for seal in pair}
    proofs = (prove_twice(reading, fetch, one, other) for one, other in crossed)
    return {
        "name": name_of(reading, person),
        "member": reading.view.epoch.members.get(person),
        "mine": person == reading.me,
        "devices": sorted({seal.device for seal in seals.values()}),
        "events": [{"id": seal.id, "said": parts(reading, seal)} for seal in seals.values()],
        "proof": next((proof for proof in proofs if proof), None),
    }


def _crossed(reading: Reading, seals: list[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the seals of two devices of which neither lies in the other's past, in pairs."""
    record = reading.view.record
    return [
        (one, other)
        for one, other in combinations(sorted(seals, key=lambda seal: seal.order), 2)
        if one.device != other.device
        and not record.before(one, other)
        and not record.before(other, one)
    ]
