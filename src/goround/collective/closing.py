"""Deadlines are witnessed, not believed: members sign that a date has passed.

Closing counts when more than half of those who are not away signed it and the median of
their claimed times is past the date. It opens a window for those unheard, which is ended
in the same way by members who knew that it was open; then matters whose charter says so
pass without them (design 4.2; process.md 1.7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from goround.collective.charter import PROTECTED
from goround.collective.entry import Fact
from goround.collective.members import away, staying
from goround.collective.positions import Position
from goround.collective.proposals import (
    find_version,
    proposal_of,
    terms,
    versions,
)
from goround.collective.reasons import Reason
from goround.collective.record import remembered_of
from goround.collective.references import EventRef

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View

DAY = 24 * 60 * 60 * 1000


# --- Facts -------------------------------------------------------------------


class Close(Fact, frozen=True, tag="close"):
    """Somebody signed that a version's date has passed."""

    about: ClassVar[str] = "version"
    version: EventRef


# --- State -------------------------------------------------------------------


def date_of(view: View, version: Entry) -> int:
    """Return when a version may be closed (ms): not before its notice has passed (C53)."""
    charter, matter = view.epoch.charter, terms(version).matter
    notice = version.at + charter.number(f"{matter}_notice") * DAY
    more = charter.number("more_time_days") * DAY if asked_for_time(view, version) else 0
    return max(terms(version).until, notice) + more


@remembered_of
def asked_for_time(view: View, version: Entry) -> bool:
    """Tell whether somebody asked for more time on any version of the proposal."""
    said = (e for v in versions(view, proposal_of(version)) for e in view.said(Position, v.id))
    return any(
        isinstance(e.fact, Position)
        and e.fact.stance == "time"
        and view.person(e) in view.epoch.members
        for e in said
    )


@remembered_of
def closed(view: View, version: Entry) -> bool:
    """Tell whether a version's date has passed, as the members witness it (C55)."""
    if terms(version).matter in PROTECTED:
        return False
    closes = view.said(Close, version.id)
    first = [e for e in closes if not _knew(view, e, version)]
    return _witnessed(view, first, date_of(view, version))


def window_ended(view: View, version: Entry) -> bool:
    """Tell whether the window for those unheard has ended too (C55)."""
    if not closed(view, version):
        return False
    second = [e for e in view.said(Close, version.id) if _knew(view, e, version)]
    days = view.epoch.charter.number(f"{terms(version).matter}_window")
    return _witnessed(view, second, date_of(view, version) + days * DAY)


def _knew(view: View, close: Entry, version: Entry) -> bool:
    """Tell whether whoever signed knew that the date had passed; asked once per epoch and close."""
    known, place = view.record.knew_closed, (view.epoch.id, close.id)
    if place not in known:
        known[place] = closed(view.at(view.record.pasts.before(close.id)), version)
    return known[place]


def _witnessed(view: View, closes: list[Entry], date: int) -> bool:
    # more than half of those here, and the lower median of what their clocks said (C54)
    present = staying(view) - away(view)
    times: dict[PersonId, int] = {}
    for close in closes:
        if view.person(close) in present:
            times[view.person(close)] = max(close.at, times.get(view.person(close), 0))
    if 2 * len(times) <= len(present):
        return False
    return sorted(times.values())[(len(times) - 1) // 2] >= date


# --- Rules -------------------------------------------------------------------


def why_not_close(view: View, close: Close) -> Reason | None:
    """Tell why a version cannot be closed; `decisions` asks whether it is too late (C55)."""
    return None if find_version(view, close.version) else Reason.NOT_A_VERSION
