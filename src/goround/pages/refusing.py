"""What somebody is told whom a rule stops, before anything is signed: the same in a terminal and in
a browser, and to them, where others read it of somebody. Beside the rules stand courtesies, which
keep people from saying what nobody could make sense of: a name that looks like another's, a welcome
that counts for nothing, a date that has yet to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goround.collective.closing import Close, closed, date_of
from goround.collective.concerns import Concern
from goround.collective.effects import Invite
from goround.collective.keeping import open_invitations
from goround.collective.members import Accept, Name, Welcome, joining
from goround.collective.positions import NEED_WORDS, Position
from goround.collective.proposals import Propose, Say, Suggest, Version, find_version, terms
from goround.collective.reasons import Reason
from goround.ids import DeviceId
from goround.pages.names import alike, name_of, why_not_name
from goround.pages.proposals import listing
from goround.pages.reading import iso
from goround.sentences import _
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from goround.collective.entry import Entry, Fact, PersonId
    from goround.collective.record import View
    from goround.log.event import Event
    from goround.pages.proposals import Json
    from goround.pages.reading import Reading
    from goround.wire import Words

DAY = 24 * 60 * 60 * 1000

YOURS = {
    Reason.NOT_A_MEMBER: _("You are not a member here, so you can read and not write."),
    Reason.HAS_LEFT: _("You are leaving, so you can read and not write."),
    Reason.DEVICE_FORKED: _("This device has signed two different histories; it says no more."),
    Reason.DEVICE_RETIRED: _("This device was retired, so it says no more."),
    Reason.CARRIES_ALREADY: _("You carry this proposal already."),
    Reason.NOT_CARRYING: _("You do not carry this proposal."),
    Reason.NOT_CARRIED: _("You do not carry this proposal; carry it to change its text."),
    Reason.CONCERNS_SIGNER: _(
        "This is about you, so you neither carry nor stop it. You can be heard: say what you have "
        "to say, and put on record that you were heard."
    ),
    Reason.TIME_TAKEN: _("You asked for more time on this already, and one can once."),
    Reason.OWN_BLOCK: _("This block is yours; others say that they can state its concern."),
    Reason.CARRIER_CONFIRMS: _(
        "You carry this proposal; somebody who does not says that they can state the concern."
    ),
    Reason.CONFIRMED_ALREADY: _("You said already that you can state this concern."),
    Reason.NOT_OWN_CONCERN: _("This concern is not yours; whoever raised it calls it settled."),
    Reason.WELCOMED_ALREADY: _("You said already that you know them."),
    Reason.AWAY_ALREADY: _("You are away already."),
    Reason.NOT_AWAY: _("You are not away."),
    Reason.LAST_DEVICE: _("This is your only device. To go for good, leave."),
    Reason.HOLDS_ALREADY: _("You have taken this task already."),
    Reason.NOT_HOLDING: _("You have not taken this task."),
    Reason.NOT_THE_AUTHOR: _("This is not yours; people erase what they wrote themselves."),
}
"""How a rule's refusal is said to the one whom it stops."""

TOO_LARGE = {
    "header-size": _("This is too much at once: make several proposals of it."),
    "content-size": _("These words are longer than 256 KiB."),
}
"""How it is said that something does not fit into an event."""


class No(NamedTuple):
    """Why something is not signed: a word for programs, and a sentence for whoever wanted it."""

    reason: str
    sentence: str


def to_you(reason: Reason) -> No:
    """Say a rule's refusal to the one whom it stops."""
    return No(reason.value, YOURS.get(reason) or _(reason.sentence))


def why_not_said(reading: Reading, event: Event, fact: Fact, words: Words) -> No | None:
    """Tell why something should not be signed: a rule stops it, or a courtesy."""
    discourtesy = _why_discourteous(reading, fact, words, event.header.at)
    if discourtesy:
        return discourtesy
    reason = reading.replay.why_refused(event)
    return to_you(reason) if reason else None


def _why_discourteous(  # noqa: PLR0911 - one line per kind
    reading: Reading, fact: Fact, words: Words, now: int
) -> No | None:
    match fact:
        case Name():
            return _unless_name(text_of(words, "person"), _others(reading))
        case Propose() | Version():
            return _why_not_proposed(reading, fact, words)
        case Concern() | Suggest() | Say():
            return None if text_of(words, "text").strip() else _EMPTY
        case Position(stance=stance) if stance in NEED_WORDS:
            return None if text_of(words, "because").strip() else to_you(Reason.NEEDS_WORDS)
        case Welcome(device=device):
            sentence = why_not_welcome(reading, device)
            return No("welcome", sentence) if sentence else None
        case Close(version=version):
            return _why_not_closed(reading.view, find_version(reading.view, version), now)
        case _:
            return None


_EMPTY = No("words", _("There are no words in this yet."))


# Names.


def _unless_name(wanted: str, others: list[str]) -> No | None:
    sentence = why_not_name(wanted, others)
    return No("name", sentence) if sentence else None


def _others(reading: Reading) -> list[str]:
    """Return what everybody else is called who is here, or joining."""
    here = [*reading.view.epoch.members, *joining(reading.view)]
    return [name_of(reading, person) for person in here if person != reading.me]


def _why_not_proposed(reading: Reading, fact: Propose | Version, words: Words) -> No | None:
    if not text_of(words, "title").strip():
        return No("words", _("A proposal needs a title."))
    for place, effect in enumerate(fact.effects):
        if isinstance(effect, Invite):
            wanted = text_of(effect_words(words, place), "name")
            is_new = isinstance(fact, Propose) and effect.replaces is None
            return _why_not_invited(reading, effect, wanted, is_new=is_new)
    return None


def _why_not_invited(reading: Reading, effect: Invite, wanted: str, *, is_new: bool) -> No | None:
    refused = _unless_name(wanted, names_beside(reading, effect))
    row = invited_already(reading, wanted) if is_new and not refused else None
    if row is None:
        return refused
    said = _("{name} is invited already: see “{title}”.")
    return No("invited", said.format(name=wanted, title=row["title"]))


def names_beside(reading: Reading, effect: Invite) -> list[str]:
    """Return the names that somebody who is invited must not be mistaken for."""
    epoch = reading.view.epoch
    gone = epoch.person(effect.replaces) if effect.replaces else None
    return [name_of(reading, person) for person in epoch.members if person != gone]


def invited_already(reading: Reading, name: str) -> Json | None:
    """Return the proposal by which somebody of that name is invited and has yet to come."""
    for row in listing(reading):
        names = [effect.get("name", "") for effect in row["effects"] if effect["do"] == "invite"]
        is_open = row["status"] in ("open", "blocked")
        waits = is_open or row["version"] in open_invitations(reading.view)
        if waits and alike(name, names):
            return row
    return None


# Coming in, and dates.


def why_not_welcome(reading: Reading, device: str) -> str | None:
    """Tell why a welcome by whoever reads would count for nothing."""
    newcomer = next((who for who in joining(reading.view) if DeviceId(who) == device), None)
    if newcomer is None:
        return None
    if newcomer == reading.me:
        return _("Somebody who is a member has to say that they know you.")
    if reading.me == inviter_of(reading, newcomer):
        name = name_of(reading, newcomer)
        return _("You invited {name}, so somebody else has to say it.").format(name=name)
    return None


def inviter_of(reading: Reading, newcomer: PersonId) -> PersonId | None:
    """Return who put forward the invitation that somebody accepted."""
    accepted = joining(reading.view).get(newcomer)
    fact = accepted.fact if accepted else None
    version = reading.view.record.entries.get(fact.version) if isinstance(fact, Accept) else None
    return reading.view.person(version) if version else None


def closable_from(view: View, version: Entry) -> int:
    """Return the claimed time from which on closing makes sense; 0 where that is now.

    A courtesy: the rules count what others say of the date.
    """
    rules, matter = view.epoch.charter.rules, terms(version).matter
    if f"{matter}_notice" not in rules:
        return 0
    days = int(rules.get(f"{matter}_window", 0)) if closed(view, version) else 0
    return date_of(view, version) + days * DAY


def closable(date: str | None) -> str:
    """Say from when on something can be closed."""
    if date is None:
        return _("This can be closed only on a day that no calendar has.")
    return _("This can be closed from {date} on.").format(date=date[: len("2027-01-31")])


def _why_not_closed(view: View, version: Entry | None, now: int) -> No | None:
    date = closable_from(view, version) if version else 0
    return No("date", closable(iso(date))) if now < date else None
