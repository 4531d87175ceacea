"""Where a proposal stands, in one word, for those of a view's epoch (process.md 1.1).

There is no stored status: each is a question asked of what was said. `agreed` is a release
or a charter that everyone stands behind and that most have yet to hear of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from goround.collective.agreements import agreement_of
from goround.collective.decisions import decided, standing, tally
from goround.collective.effects import Adopt, Invite, Release, SetCharter
from goround.collective.members import taken_back
from goround.collective.proposals import changes, current, terms, versions, withdrawn
from goround.collective.record import remembered_of

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.collective.record import Completion, View
    from goround.ids import EventId

Status = Literal[
    "open", "blocked", "agreed", "decided", "withdrawn", "lapsed", "superseded", "ended"
]


@remembered_of
def decided_version(view: View, proposal: EventId) -> Entry | None:
    """Return the newest version of a proposal that is decided."""
    return next((v for v in reversed(versions(view, proposal)) if decided(view, v.id)), None)


@remembered_of
def completion_of(view: View, version: Entry) -> Completion | None:
    """Return the completion by which a version is decided: the first in order that stands."""
    order = view.record.entries
    found = list(standing(view, version.id))
    if not found and version.id in view.epoch.changes:
        known = view.record.completions.get(version.id, ())
        found = [c for c in known if c.event in view.past and c.epoch in view.epoch.chain]
    return min(found, key=lambda c: order[c.event].order, default=None)


@remembered_of
def status(view: View, proposal: EventId) -> Status:
    """Return where a proposal stands."""
    version = decided_version(view, proposal)
    if version is not None:
        return _status_of_decided(view, version)
    if withdrawn(view, proposal):
        return "withdrawn"
    version = current(view, proposal)
    if version is None or ground_has_gone(view, version):
        return "lapsed"
    counted = tally(view, version)
    return "blocked" if counted.blocks > counted.borne else "open"


def _status_of_decided(view: View, version: Entry) -> Status:
    change = changes(version)
    if isinstance(change, Release | SetCharter) and version.id not in view.epoch.changes:
        return "lapsed" if ground_has_gone(view, version) else "agreed"
    if isinstance(change, Invite) and taken_back(view, version.id):
        return "ended"
    if not any(isinstance(effect, Adopt) for effect in terms(version).effects):
        return "decided"
    found = agreement_of(view, version.id)
    return "decided" if found is None or found.state == "in force" else found.state


def ground_has_gone(view: View, version: Entry) -> bool:
    """Tell whether what a version would change is not there any more."""
    match changes(version):
        case SetCharter(from_=before):
            return before != view.epoch.charter_id and version.id not in view.epoch.changes
        case Release(member=member):
            return view.epoch.person(member) is None
        case Invite(key=key) if key in view.epoch.used_keys:
            return True
        case Invite():
            return bool(taken_back(view, version.id))
        case _:
            return False
