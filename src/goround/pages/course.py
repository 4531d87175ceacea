"""What happens next with an open proposal, exactly and in plain sentences: who has yet to be heard,
what is missing, which date comes when. The first sentence is the answer; the others say what goes
with it. Times are claimed, so what is said of a date depends on the reader's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goround.collective.charter import PROTECTED
from goround.collective.closing import Close, closed, date_of, window_ended
from goround.collective.decisions import changes_possible, tally
from goround.collective.members import away, staying
from goround.collective.positions import FOR
from goround.collective.proposals import LEAST_FOR_RELEASE, terms
from goround.collective.repair import repairs
from goround.pages.addressing import begun, in_words, many, one, several
from goround.sentences import _, ngettext

if TYPE_CHECKING:
    from goround.collective.decisions import Tally
    from goround.collective.entry import Entry, PersonId
    from goround.collective.record import View
    from goround.collective.repair import Repair
    from goround.pages.reading import Reading

DAY = 24 * 60 * 60 * 1000


class Course(NamedTuple):
    """Where an open version stands for one reader, at one time."""

    reading: Reading
    version: Entry
    counted: Tally
    now: int
    covered: bool

    @property
    def view(self) -> View:
        return self.reading.view

    @property
    def late(self) -> frozenset[PersonId]:
        """Who has yet to be heard, or asked for more time; the latter only where that is shown."""
        return self.counted.unheard | (frozenset() if self.covered else self.counted.waiting)


def course(reading: Reading, version: Entry, now: int, *, covered: bool) -> Course:
    """Look at an open version."""
    return Course(reading, version, tally(reading.view, version), now, covered)


# --- Not decided yet ---------------------------------------------------------


def what_is_missing(at: Course) -> list[str]:
    """Say what an open or blocked version still takes."""
    lines = [*_blocks(at), *_asides(at), *_unheard(at)]
    return (lines or _nearly(at)) + _dates(at)


def _blocks(at: Course) -> list[str]:
    if at.counted.blocks <= at.counted.borne:
        return []
    if at.covered:
        return [_("Somebody blocks it. You see who and why once you have taken your own position.")]
    return [_repair(at, repair) for repair in repairs(at.view, at.version)]


def _repair(at: Course, repair: Repair) -> str:
    if repair.until < at.now:
        return _(
            "Blocked by {name}. The time we gave ourselves to look for a way ended on {date}: "
            "everything stays as it is until there are other words, or another answer from {name}."
        ).format(name=one(at.reading, repair.block.person), date=in_words(repair.until))
    return _(
        "Blocked by {name}. Until {date} we look for a way together: other words, or another "
        "answer from {name}."
    ).format(name=one(at.reading, repair.block.person), date=in_words(repair.until))


def _asides(at: Course) -> list[str]:
    counted = at.counted
    if at.covered or counted.asides <= counted.most_asides:
        return []
    line = ngettext(
        "{n} of us stands aside, and at most {most} can: it takes other words, or another answer.",
        "{n} of us stand aside, and at most {most} can: it takes other words, or another answer.",
        counted.asides,
    )
    return [begun(line.format(n=many(counted.asides), most=many(counted.most_asides)))]


def _unheard(at: Course) -> list[str]:
    if at.counted.closed_over:
        return []
    lines = []
    if at.counted.unheard:
        names = several(at.reading, at.counted.unheard)
        lines.append(_("Still to be heard: {names}.").format(names=names))
    if at.counted.waiting and not at.covered:
        names = several(at.reading, at.counted.waiting)
        lines.append(_("More time was asked for by {names}.").format(names=names))
    return lines


def _nearly(at: Course) -> list[str]:
    """Say what is missing where everybody who is asked was heard."""
    if not any(given.stance in FOR for given in at.counted.answers.values()):
        return [
            _("Nobody agrees so far, and only leaving it to each other decides nothing."),
        ]
    if changes_possible(at.view, at.version):
        return [_("Everybody was heard. It is decided as soon as one of your devices knows all.")]
    if len(at.view.epoch.members) < LEAST_FOR_RELEASE:
        return [_("It takes three members or more.")]
    return [_("Everybody else agrees. The hearing has yet to be put on record.")]


def _dates(at: Course) -> list[str]:
    """Say what becomes of those who are not heard, and when."""
    is_blocked = at.counted.blocks > at.counted.borne  # no date helps against that
    if not at.late or at.counted.closed_over or is_blocked:
        return []
    matter, charter = terms(at.version).matter, at.view.epoch.charter
    if matter in PROTECTED or charter.word(f"{matter}_unheard") == "wait":
        return [_("It waits until everybody is heard: nothing of this kind passes without them.")]
    days = charter.number(f"{matter}_window")
    date = date_of(at.view, at.version)
    if not closed(at.view, at.version):
        return _before_closing(at, date, days)
    return _after_closing(at, date + days * DAY)


def _before_closing(at: Course, date: int, days: int) -> list[str]:
    more = ngettext("{n} day", "{n} days", days).format(n=days)
    if at.now < date:
        return [
            _(
                "From {date} on, more than half of us can say that its time is over; whoever is "
                "not heard then has {days} more."
            ).format(date=in_words(date), days=more)
        ]
    line = _(
        "Its time was over on {date}. Once more than half of us say so, whoever is not heard has "
        "{days} more; then it can pass without them."
    ).format(date=in_words(date), days=more)
    return [line, *_witnessed(at)]


def _after_closing(at: Course, end: int) -> list[str]:
    if at.now < end:
        return [
            _("Its time is over. Until {date}, whoever is not heard still can be.").format(
                date=in_words(end)
            )
        ]
    line = _(
        "The time for those not heard ended on {date}. Once more than half of us say so, it "
        "passes without them."
    ).format(date=in_words(end))
    return [line, *_witnessed(at)]


def _witnessed(at: Course) -> list[str]:
    found = witnesses(at.view, at.version)
    if not found:
        return []
    return [_("So far that was said by {names}.").format(names=several(at.reading, found))]


def witnesses(view: View, version: Entry) -> set[PersonId]:
    """Return who says that a version's time is over; once it is, that its window is over too."""
    is_second = closed(view, version)
    return {
        view.person(close)
        for close in view.said(Close, version.id)
        if closed(view.at(view.record.pasts.before(close.id)), version) == is_second
    }


def can_close(view: View, version: Entry, person: PersonId, now: int) -> bool:
    """Tell whether somebody could usefully say now that a version's time is over."""
    matter, charter = terms(version).matter, view.epoch.charter
    if matter in PROTECTED or charter.word(f"{matter}_unheard") == "wait":
        return False
    counted = tally(view, version)
    if counted.blocks > counted.borne or window_ended(view, version):
        return False
    if not (counted.unheard or counted.waiting):
        return False
    days = charter.number(f"{matter}_window") if closed(view, version) else 0
    if now < date_of(view, version) + days * DAY:
        return False
    present = staying(view) - away(view)
    return person in present and person not in witnesses(view, version)
