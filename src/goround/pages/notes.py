"""What else was said about a proposal, with acts of other kinds: why somebody let go of it or asked
to decide it anew, how a hearing went, what a look back came to, how a concern is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.members import TakeBack
from goround.collective.proposals import Carry, Withdraw, versions
from goround.collective.release import Hearing
from goround.collective.reopening import Reopen, Review
from goround.collective.repair import Confirm
from goround.pages.names import name_of
from goround.pages.reading import iso
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]
_ABOUT_PROPOSAL = (Carry, Withdraw, Hearing)
_ABOUT_VERSION = (Reopen, Review, TakeBack)


def notes(reading: Reading, proposal: EventId) -> list[Json]:
    """Return what was noted about a proposal and any of its versions, in order."""
    view = reading.view
    found = [entry for kind in _ABOUT_PROPOSAL for entry in view.said(kind, proposal)]
    for version in versions(view, proposal):
        found += [entry for kind in _ABOUT_VERSION for entry in view.said(kind, version.id)]
    return [_note(reading, entry) for entry in sorted(found, key=lambda entry: entry.order)]


def understood(reading: Reading, block: EventId) -> list[Json]:
    """Return how others state the concern behind a block, in order."""
    return [_note(reading, entry) for entry in reading.view.said(Confirm, block)]


def _note(reading: Reading, entry: Entry) -> Json:
    person = reading.view.person(entry)
    return {
        "id": entry.id,
        "by": name_of(reading, person),
        "mine": person == reading.me,
        "at": iso(entry.at),
        "did": _did(entry),
        "because": reading.word(entry.id, "because"),
        "erased": reading.is_erased(entry.id),
    }


def _did(entry: Entry) -> str:
    """Say what an act did, in words to stand after a name."""
    match entry.fact:
        case Review(keep=keep):
            return _("would keep it") if keep else _("would not keep it as it is")
        case fact:
            words = {
                Carry: _("carries it too"),
                Withdraw: _("carries it no more"),
                Hearing: _("says that the hearing was held"),
                Reopen: _("asks to decide it anew"),
                TakeBack: _("took the invitation back"),
                Confirm: _("can state the concern"),
            }
            return words[type(fact)]
