"""What somebody can answer to a proposal: what each answer means, and what it asks of them, as it
is for this proposal, these people and this charter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goround.collective.charter import PROTECTED
from goround.collective.decisions import tally
from goround.collective.proposals import terms
from goround.pages.addressing import many
from goround.sentences import _, ngettext

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.pages.reading import Reading


class Choice(NamedTuple):
    """One answer: what it is called, what it means, and what it asks of whoever gives it."""

    stance: str
    title: str
    meaning: str
    asks: str


def choices(reading: Reading, version: Entry) -> list[Choice]:
    """Return all answers, from the lightest to the gravest."""
    return [
        Choice(
            "agree",
            _("I agree"),
            _("I support it."),
            _("You help to carry it out, as far as you can."),
        ),
        Choice(
            "reservations",
            _("I agree, with reservations"),
            _("I have concerns, and let it pass."),
            _("Say which they are: we come back to them when we look at it again."),
        ),
        Choice(
            "leave-it",
            _("I leave it to you"),
            _("I have no view of my own, and am content with what you decide."),
            _("Nothing more. If everybody leaves it to each other, nothing is decided."),
        ),
        Choice(
            "aside",
            _("I stand aside"),
            _("I cannot support it, but it may go ahead without me."),
            _asides(reading, version),
        ),
        Choice("time", _("I need more time"), _("I am not ready."), _time(reading, version)),
        Choice(
            "block",
            _("I block it"),
            _("It would do us serious harm, or break with what we are for."),
            _block(reading, version),
        ),
    ]


def stance_words(stance: str) -> str:
    """Return words for a stance, to stand after a name."""
    words = {
        "agree": _("agrees"),
        "reservations": _("agrees with reservations"),
        "leave-it": _("leaves it to the others"),
        "aside": _("stands aside"),
        "time": _("asks for more time"),
        "block": _("blocks"),
    }
    return words.get(stance, stance)


def _asides(reading: Reading, version: Entry) -> str:
    most = tally(reading.view, version).most_asides
    if most == 0:
        return _("Say why. Here nobody can stand aside without stopping it.")
    return _(
        "Say why; that stays on record. At most {n} of us can stand aside; more is no consent."
    ).format(n=many(most))


def _time(reading: Reading, version: Entry) -> str:
    charter = reading.view.epoch.charter
    if terms(version).matter in PROTECTED:
        return _("Say what you are missing. You can ask once; we wait for your answer.")
    days = charter.number("more_time_days")
    return ngettext(
        "Say what you are missing. You can ask once; the closing date moves by {n} day.",
        "Say what you are missing. You can ask once; the closing date moves by {n} days.",
        days,
    ).format(n=days)


def _block(reading: Reading, version: Entry) -> str:
    charter, counted = reading.view.epoch.charter, tally(reading.view, version)
    days = charter.number("repair_days")
    line = ngettext(
        "Say why, in words that others can repeat. You then look for a way together with those "
        "who carry it; for that we give ourselves {n} day.",
        "Say why, in words that others can repeat. You then look for a way together with those "
        "who carry it; for that we give ourselves {n} days.",
        days,
    ).format(n=days)
    if not counted.borne:
        return line
    more = ngettext(
        "Here a decision bears {n} block.", "Here a decision bears {n} blocks.", counted.borne
    )
    return f"{line} {more.format(n=many(counted.borne))}"
