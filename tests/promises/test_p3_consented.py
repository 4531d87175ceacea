"""P3: nothing takes effect unless everyone whom the rule asks for signed that version.

The witness here is deliberately simpler than the rules: whoever is a member before a change
and has not signed their leaving must have signed something that supports exactly that version.
How each way of cheating fails, and for which reason, is told in tests/stories (forging).
"""

from __future__ import annotations

from hypothesis import given

from goround.collective.effects import Invite, Release
from goround.collective.entry import PersonId
from goround.collective.epoch import Epoch
from goround.collective.members import Accept, Leave, TakeBack
from goround.collective.positions import SUPPORT
from goround.collective.proposals import changes
from goround.collective.record import Record
from goround.ids import EventId
from tests.collective.model_histories import fold_history
from tests.model.events import ModelEvent
from tests.promises.lives import lives


def version_behind(record: Record, change: EventId) -> EventId | None:
    fact = record.entries[change].fact
    if isinstance(fact, Leave | TakeBack):
        return None
    return fact.version if isinstance(fact, Accept) else change


def spared(record: Record, epoch: Epoch, version: EventId) -> PersonId | None:
    match changes(record.entries[version]):
        case Release(member=member):
            return epoch.person(member)
        case Invite(replaces=member) if member:
            return epoch.person(member)
        case _:
            return None


def has_left(record: Record, person: PersonId) -> bool:
    return any(record.persons[e.id] == person for e in record.by_kind.get(Leave, ()))


@given(life=lives())
def test_nobody_comes_under_a_change_that_they_did_not_stand_behind(
    life: list[ModelEvent],
) -> None:
    record, _ = fold_history(life)
    for epoch in record.epochs.values():
        version = version_behind(record, epoch.change) if epoch.predecessor else None
        if version is None or epoch.predecessor is None:
            continue
        asked = epoch.predecessor.members.keys() - {spared(record, epoch.predecessor, version)}
        supporters = {g.person for g in record.given[version] if g.stance in SUPPORT}
        assert all(who in supporters or has_left(record, who) for who in asked)


@given(life=lives())
def test_only_somebody_who_leaves_or_a_decision_of_all_others_ends_a_membership(
    life: list[ModelEvent],
) -> None:
    record, _ = fold_history(life)
    for epoch in record.epochs.values():
        if epoch.predecessor is None:
            continue
        change = record.entries[epoch.change]
        for person in epoch.predecessor.members.keys() - epoch.members.keys():
            left = isinstance(change.fact, Leave) and record.persons[change.id] == person
            version = version_behind(record, epoch.change)
            agreed = version and spared(record, epoch.predecessor, version) == person
            assert left or agreed


@given(life=lives())
def test_a_decision_holds_a_word_for_it_and_none_given_to_another_version(
    life: list[ModelEvent],
) -> None:
    record, pasts = fold_history(life)
    for version, completions in record.completions.items():
        for completion in completions:
            known = pasts.past(completion.event)
            words = [g for g in record.given[version] if g.entry.id in known]
            assert any(g.stance in ("agree", "reservations") for g in words)
            assert all(
                getattr(g.entry.fact, "version", version) in (version, "")
                or isinstance(g.entry.fact, Accept)
                for g in words
            )
