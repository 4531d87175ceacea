"""Where a collective lives, in words: when the copy at a place was last seen equal, and since when
nobody has answered there. Numbers come last, and nobody is blamed for a computer that is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.sentences import _, ngettext

if TYPE_CHECKING:
    from goround.pages.reading import Reading

MINUTE = 60 * 1000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
LATELY = 15 * MINUTE


def seen_equal(equal: int, now: int, *, is_behind: bool) -> str:
    """Say when a copy was last seen equal, 0 for never, and whether anything came since."""
    if not equal:
        return _("Not seen equal yet.")
    sentence = _("Seen equal {when}.").format(when=_ago(now - equal))
    if is_behind:
        sentence += " " + _("What came since is not there yet.")
    return sentence


def not_reached(silent: int, why: str, now: int) -> str:
    """Say since when a place could not be reached; nothing where that went well the last time."""
    if not silent:
        return ""
    age = now - silent
    if age < LATELY:
        sentence = _("It could not be reached just now.")
    else:
        sentence = _("It has not been reached {since}.").format(since=_since(age))
    return f"{sentence} {why}".strip()


def only_here(reading: Reading, *, is_copied: bool) -> str:
    """Say what it means that no place is known; perhaps others come by, and have copies."""
    if is_copied:
        return _("This computer knows of no place to ask: it is up to the others to come by.")
    if len(reading.view.epoch.members) > 1:
        return _(
            "This computer knows of no other place. If it breaks, you have what the others’ "
            "devices have fetched by then, and nothing more."
        )
    return _("Only here: if this computer breaks, all of it is gone.")


def _ago(age: int) -> str:
    if age < LATELY:
        return _("a moment ago")
    if age < HOUR:
        return _("within the last hour")
    if age < DAY:
        hours = age // HOUR
        return ngettext("an hour ago", "{count} hours ago", hours).format(count=hours)
    days = age // DAY
    return ngettext("a day ago", "{count} days ago", days).format(count=days)


def _since(age: int) -> str:
    if age < HOUR:
        return _("for a while")
    if age < DAY:
        hours = age // HOUR
        return ngettext("for an hour", "for {count} hours", hours).format(count=hours)
    days = age // DAY
    return ngettext("for a day", "for {count} days", days).format(count=days)
