"""What everybody answered on a version, in the order of the round, and what crossed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.positions import answers
from goround.collective.record import View
from goround.ids import DeviceId
from goround.pages.names import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import Completion, Given
    from goround.pages.reading import Reading

Json = dict[str, Any]


def at_completion(view: View, completion: Completion) -> View:
    """Return the view in which a version's rule was met."""
    record = view.record
    return View(record, record.pasts.past(completion.event), record.epochs[completion.epoch])


def positions(reading: Reading, version: Entry, completion: Completion | None) -> list[Json]:
    """Return everybody's position on a version, and beside a decision what crossed with it."""
    view = reading.view
    if completion is None:
        given = answers(view, version.id)
        return [_position(reading, given[who], crossed=False) for who in _order(view, given)]
    then = answers(at_completion(view, completion), version.id)
    later = {p: g for p, g in answers(view, version.id).items() if then.get(p) != g}
    shown = [_position(reading, then[who], crossed=False) for who in _order(view, then)]
    return shown + [_position(reading, later[who], crossed=True) for who in _order(view, later)]


def _order(view: View, people: Mapping[PersonId, Given]) -> list[PersonId]:
    place = {person: number for number, person in enumerate(view.epoch.members)}
    return sorted(people, key=lambda person: (place.get(person, len(place)), person))


def _position(reading: Reading, given: Given, *, crossed: bool) -> Json:
    record = reading.view.record
    member = reading.view.epoch.members.get(given.person)
    return {
        "id": given.entry.id,
        "member": member or _former_member(record.firsts[DeviceId(given.person)]),
        "name": name_of(reading, given.person),
        "position": given.stance,
        "because": reading.word(given.entry.id, "because") or None,
        "crossed": crossed,
    }


def _former_member(entries: list[Entry]) -> str:
    return min(entries, key=lambda e: e.order).id
