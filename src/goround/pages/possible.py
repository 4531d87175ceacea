"""What the reader may do with a proposal as it stands, unasked too. Each is allowed by the rules as
far as is known here; whether it still is when it is signed, the rules say once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goround.collective.decisions import decided, is_spent, why_too_late
from goround.collective.effects import Invite, Release
from goround.collective.members import joining, leaving
from goround.collective.positions import Position
from goround.collective.proposals import (
    carriers,
    changes,
    current,
    proposal_of,
    versions,
    withdrawn,
)
from goround.collective.release import Hearing, heard_out
from goround.collective.reopening import Reopen, reopened, why_not_reopen
from goround.collective.status import decided_version, status
from goround.pages.course import can_close
from goround.pages.seats import concerned

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]
LIVE = ("open", "blocked")


class May(NamedTuple):
    """What the reader may do with a proposal as it stands."""

    speak: bool
    answer: bool
    more_time: bool
    worry: bool
    change: bool
    carry: bool
    let_go: bool
    close: bool
    hear: bool
    reopen: bool
    review: bool
    take_back: bool


NOTHING = May(*[False] * len(May._fields))


def may(reading: Reading, version: Entry, shown: Json, now: int) -> May:
    """Return what the reader may do."""
    view, me, proposal = reading.view, reading.me, proposal_of(version)
    is_member = me in view.epoch.members and me not in leaving(view)
    is_joining = me in joining(view)
    if me is None or not (is_member or is_joining):
        return NOTHING
    live, about_me = shown["status"] in LIVE, concerned(view, version) == me
    carries = me in carriers(view, proposal)
    holds = decided_version(view, proposal)
    return May(
        speak=True,
        answer=_can_answer(view, version, shown) and not about_me,
        more_time=not _asked_for_time(reading, version),
        worry=live,
        change=is_member and carries and _can_change(view, proposal, shown),
        carry=is_member and not carries and not about_me and _can_carry(shown),
        let_go=is_member and carries and shown["status"] in (*LIVE, "agreed"),
        close=is_member and live and can_close(view, version, me, now),
        hear=is_member and live and _can_hear(view, version, me),
        reopen=is_member and holds is not None and _can_reopen(view, holds),
        review=is_member and holds is not None and _can_review(view, holds),
        take_back=is_member and not about_me and _can_take_back(view, version, shown),
    )


def _can_answer(view: View, version: Entry, shown: Json) -> bool:
    if shown["status"] not in (*LIVE, "agreed", "decided"):
        return False
    is_newest = current(view, proposal_of(version)) == version
    gone = withdrawn(view, proposal_of(version))
    return is_newest and not gone and why_too_late(view, version) is None


def _asked_for_time(reading: Reading, version: Entry) -> bool:
    view = reading.view
    return any(
        isinstance(e.fact, Position) and e.fact.stance == "time" and view.person(e) == reading.me
        for known in versions(view, proposal_of(version))
        for e in view.said(Position, known.id)
    )


def _can_change(view: View, proposal: EventId, shown: Json) -> bool:
    if shown["status"] == "lapsed":
        return False
    return not any(_is_settled(view, version) for version in versions(view, proposal))


def _is_settled(view: View, version: Entry) -> bool:
    if is_spent(view, version):
        return True
    return decided(view, version.id) and not reopened(view, version.id)


def _can_carry(shown: Json) -> bool:
    return shown["status"] in (*LIVE, "withdrawn") or shown["reopened"]


def _can_hear(view: View, version: Entry, me: PersonId) -> bool:
    release = changes(version)
    if not isinstance(release, Release) or heard_out(view, version, release):
        return False
    said = {view.person(e) for e in view.said(Hearing, proposal_of(version))}
    others = set(view.epoch.members) - {concerned(view, version)}
    carrying = carriers(view, proposal_of(version))
    return me not in said and (me not in carrying or others <= carrying)


def _can_reopen(view: View, version: Entry) -> bool:
    allowed = why_not_reopen(view, Reopen(version.id)) is None
    return allowed and not reopened(view, version.id)


def _can_review(view: View, version: Entry) -> bool:
    is_in_use = status(view, proposal_of(version)) == "decided"
    return is_in_use and not changes(version)


def _can_take_back(view: View, version: Entry, shown: Json) -> bool:
    invite = changes(version)
    if not isinstance(invite, Invite) or shown["status"] != "decided":
        return False
    return invite.key not in view.epoch.used_keys


def can_confirm(
    reading: Reading, version: Entry, blocker: PersonId, confirmed: tuple[PersonId, ...]
) -> bool:
    """Tell whether the reader can say that they can state the concern behind a block."""
    me, view = reading.me, reading.view
    carrying = carriers(view, proposal_of(version))
    return me in view.epoch.members and me != blocker and me not in {*confirmed, *carrying}
