"""Two ways: where devices signed two histories, the collective can go on from one point twice.
Both ways hold only what everyone consented to; they differ in the order of things. Nothing is
merged by machine: people see who signed what, with the proof, talk, and choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.constitution import advance, successors
from goround.collective.effects import Release
from goround.collective.members import Accept, Leave, TakeBack
from goround.collective.proposals import changes
from goround.errors import NotGenuine
from goround.log.proofs import prove_fork
from goround.pages.charter_change import differences
from goround.pages.happening import parts
from goround.pages.names import name_of, names_of
from goround.pages.recalled import about_people
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
    return [_way(reading, first, tips[first.id], shared) for first in following]


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


def doubled(reading: Reading) -> list[Json]:
    """Return where two devices of one member sealed one epoch, neither knowing of the other."""
    view, found = reading.view, []
    for epoch in view.epoch.line():
        seals = [e for e in view.record.seals.get(epoch.id, ()) if e.id in view.past]
        for person in epoch.members:
            crossed = _crossed(reading, [e for e in seals if view.person(e) == person])
            if crossed:
                found.append({"name": name_of(reading, person), "events": crossed})
    return found


def _crossed(reading: Reading, seals: list[Entry]) -> list[EventId]:
    record = reading.view.record
    return [
        one.id
        for one in seals
        if any(
            one.device != other.device
            and not record.before(one, other)
            and not record.before(other, one)
            for other in seals
        )
    ]
