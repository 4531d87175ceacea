"""What became of a proposal that is decided or over, in plain sentences: who has heard, what it
brought, what takes its place, when it is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.agreements import agreement_of
from goround.collective.decisions import tally
from goround.collective.effects import Invite, SetCharter
from goround.collective.keeping import is_open_invitation
from goround.collective.proposals import changes
from goround.pages.addressing import apart, day_of, several, that_day
from goround.pages.reading import iso
from goround.sentences import _, listed

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.pages.reading import Reading

Json = dict[str, Any]


def what_came(reading: Reading, version: Entry, shown: Json, now: int) -> list[str]:
    """Say what became of a version that is decided, or over."""
    match shown["status"]:
        case "agreed":
            return [_in_force(shown), *_kept_back(reading, version)]
        case "decided":
            return [*_decided(shown), *_since(reading, version, shown, now)]
        case "withdrawn":
            return [
                _("Nobody carries it any more, so nothing comes of it. Anybody can put it forward.")
            ]
        case "lapsed":
            return [_lapsed(version)]
        case "superseded":
            return [_("A newer text was decided and took its place."), *_decided(shown)]
        case _:
            return [_ended(reading, version), *_decided(shown)]


def _in_force(shown: Json) -> str:
    sealed, needed = shown["decided"]["sealed"] or (0, 0)
    return _(
        "Agreed by all; most of us have yet to hear. It is in force once {needed} of us have heard "
        "by their own devices: so far {n}. Nobody has to do anything for that."
    ).format(n=sealed, needed=needed)


def _decided(shown: Json) -> list[str]:
    if not shown["decided"]:
        return []
    heard, not_yet = shown["decided"]["heard_by"], shown["decided"]["not_yet"]
    if not not_yet:
        date = that_day(shown["decided"]["at"])
        return [_("Decided on {date}. Everybody here has heard of it.").format(date=date)]
    return [
        _("Decided · heard by {n} of {all}, not yet: {names}.").format(
            n=len(heard), all=len(heard) + len(not_yet), names=_named(not_yet)
        )
    ]


def _since(reading: Reading, version: Entry, shown: Json, now: int) -> list[str]:
    lines = []
    if shown["unheard"]:
        line = _("It was decided without having heard {names}.")
        lines.append(line.format(names=_named(shown["unheard"])))
    lines += _arrival(reading, version)
    if shown["newer"]:
        lines.append(_("A newer version is open. Until that is decided, this one holds."))
    elif shown["reopened"]:
        lines.append(
            _(
                "It was reopened, and holds until something new is decided. Whoever carries it can "
                "put forward other words."
            )
        )
    if shown["review"]:
        lines.append(_review(shown["review"], now))
    return lines


def is_due(date: str | None, now: int) -> bool:
    """Tell whether a day has come on which a decision is looked at again."""
    return bool(date) and (date or "") <= (iso(now) or "")


def _review(date: str, now: int) -> str:
    if is_due(date, now):
        return _("The day to look at it again has come: {date}.").format(date=day_of(date))
    return _("We look at it again on {date}.").format(date=day_of(date))


def _named(names: list[str]) -> str:
    return listed([apart(name) for name in names])


def _arrival(reading: Reading, version: Entry) -> list[str]:
    invite = changes(version)
    if not isinstance(invite, Invite):
        return []
    if invite.key in reading.view.epoch.used_keys:
        return [_("The invitation was used.")]
    if not is_open_invitation(reading.view, version):
        return []
    return _kept_back(reading, version) or [_("The link can be handed over.")]


def _kept_back(reading: Reading, version: Entry) -> list[str]:
    """Say who keeps back what was agreed and is not in force: all must stand behind it still."""
    counted = tally(reading.view, version)
    against = {who for who, given in counted.answers.items() if given.stance in ("block", "time")}
    lines = []
    if against:
        line = _("It cannot come about while this is the word of {names}.")
        lines.append(line.format(names=several(reading, against)))
    if counted.unheard:
        line = _("It cannot come about before it is heard by {names}, too.")
        lines.append(line.format(names=several(reading, counted.unheard)))
    return lines


def _lapsed(version: Entry) -> str:
    if isinstance(changes(version), SetCharter):
        return _(
            "The charter changed after this was put forward. Whoever still wants it puts it "
            "forward anew."
        )
    if isinstance(changes(version), Invite):
        return _("The invitation was used or taken back.")
    return _("What this would change is not there any more.")


def _ended(reading: Reading, version: Entry) -> str:
    if isinstance(changes(version), Invite):
        return _("The invitation was taken back.")
    found = agreement_of(reading.view, version.id)
    return (
        _("A later decision ended it.")
        if found and found.ended_by
        else _("It has come to its end.")
    )
