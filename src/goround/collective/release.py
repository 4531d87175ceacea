"""How the others part from a member: by everyone else's consent, after a hearing.

The hearing is on record when the person concerned says that they were heard, or two who
neither carry the proposal nor are the person concerned say that it was held; nobody can
stop a release by staying away from it, and nobody can claim it alone where others could
have witnessed it (process.md 5.5 (1)-(4); design 4.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from goround.collective.effects import Release
from goround.collective.entry import Fact
from goround.collective.members import staying
from goround.collective.proposals import carriers, changes, find_proposal, proposal_of
from goround.collective.reasons import Reason
from goround.collective.references import EventRef

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.collective.record import View

WITNESSES = 2


# --- Facts -------------------------------------------------------------------


class Hearing(Fact, frozen=True, tag="hearing"):
    """Somebody says that the person concerned was heard."""

    about: ClassVar[str] = "proposal"
    proposal: EventRef


# --- State -------------------------------------------------------------------


def heard_out(view: View, version: Entry, release: Release) -> bool:
    """Tell whether the hearing before a release is on record (C35)."""
    proposal = proposal_of(version)
    concerned = view.epoch.person(release.member)
    said = {view.person(e) for e in view.said(Hearing, proposal)}
    if concerned in said:
        return True
    others = staying(view) - {concerned}
    able = others - carriers(view, proposal)
    if not able:
        return view.record.persons[proposal] in said
    return len(said & able) >= min(WITNESSES, len(able))


# --- Rules -------------------------------------------------------------------


def why_not_hearing(view: View, hearing: Hearing) -> Reason | None:
    """Tell why a hearing cannot be put on record (C36)."""
    if find_proposal(view, hearing.proposal) is None:
        return Reason.NOT_A_PROPOSAL
    known = view.record.versions.get(hearing.proposal, ())
    releases = any(view.counts(v) and isinstance(changes(v), Release) for v in known)
    return None if releases else Reason.NOT_A_RELEASE
