"""Looking at a decision again: reviewing it on its date, or reopening it before.

Neither undoes anything: what was decided stays decided until a new decision changes it
(promise P4). A review says whether somebody would keep it; reopening lets those who carry
the proposal put forward its next version, which takes the place of the decided one once
it is decided itself (process.md 1.1, `under-review`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from goround.collective.decisions import decided, is_spent
from goround.collective.entry import Fact
from goround.collective.proposals import (
    changes,
    find_version,
    proposal_of,
    versions,
    why_not_version,
)
from goround.collective.reasons import Reason
from goround.collective.references import EventRef

if TYPE_CHECKING:
    from goround.collective.entry import Entry, PersonId
    from goround.collective.proposals import (
        Version,
    )
    from goround.collective.record import View
    from goround.ids import EventId

# --- Facts -------------------------------------------------------------------


class Reopen(Fact, frozen=True, tag="reopen"):
    """Somebody asks to look at a decision again."""

    about: ClassVar[str] = "version"
    version: EventRef


class Review(Fact, frozen=True, tag="review"):
    """Somebody looked at a decision again and would keep it, or not."""

    about: ClassVar[str] = "version"
    version: EventRef
    keep: bool


# --- State -------------------------------------------------------------------


def reopened(view: View, version: EventId) -> bool:
    """Tell whether somebody reopened a decided version."""
    return any(view.person(e) in view.epoch.members for e in view.said(Reopen, version))


def reviews(view: View, version: EventId) -> dict[PersonId, bool]:
    """Return who would keep a decision and who would not, by their last word."""
    said = sorted(view.said(Review, version), key=lambda e: e.order)
    return {view.person(e): e.fact.keep for e in said if isinstance(e.fact, Review)}


# --- Rules -------------------------------------------------------------------


def why_not_next_version(view: View, entry: Entry, version: Version) -> Reason | None:
    """Tell why the next version of a proposal cannot be put forward (C44)."""
    if any(_is_settled(view, known) for known in versions(view, version.proposal)):
        return Reason.DECIDED
    return why_not_version(view, entry, version)


def _is_settled(view: View, version: Entry) -> bool:
    if is_spent(view, version):
        return True
    return decided(view, version.id) and not reopened(view, version.id)


def why_not_reopen(view: View, reopen: Reopen) -> Reason | None:
    """Tell why a decision cannot be reopened (C64)."""
    version = find_version(view, reopen.version)
    if version is None:
        return Reason.NOT_A_VERSION
    if changes(version):
        return Reason.NOT_REOPENABLE
    if not decided(view, version.id):
        return Reason.NOT_DECIDED
    known = versions(view, proposal_of(version))
    newer = any(v.order > version.order and decided(view, v.id) for v in known)
    return Reason.NEWER_VERSION if newer else None


def why_not_review(view: View, review: Review) -> Reason | None:
    """Tell why a decision cannot be reviewed (C65)."""
    version = find_version(view, review.version)
    if version is None:
        return Reason.NOT_A_VERSION
    return None if decided(view, version.id) else Reason.NOT_DECIDED
