"""Dates as people write them, and as they read them again."""

from datetime import UTC, date, datetime, time

from goround.errors import BadUse
from goround.sentences import _


def coming_date(text: str | None, now: int) -> int:
    """Return a date that has yet to pass, in ms since 1970; 0 for none."""
    found = read_date(text)
    if found and found < now:
        raise BadUse(_("{text} has passed; give a date that is yet to come.").format(text=text))
    return found


def read_date(text: str | None) -> int:
    """Return a date in ms since 1970, 0 for none; a day lasts until its last second (UTC)."""
    if not text:
        return 0
    try:
        if len(text) == len("2027-01-31"):
            moment = datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
        else:
            moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadUse(
            _("“{text}” is not a date; write it like 2027-01-31.").format(text=text)
        ) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment.timestamp() < 0:
        raise BadUse(_("“{text}” lies before 1970.").format(text=text))
    return int(moment.timestamp() * 1000)


def minute(iso: str | None) -> str:
    """Return the day and time of a time as JSON has it, in UTC; in its place, for no such time."""
    return iso[:16].replace("T", " ") if iso else " " * len("2027-01-31 12:00")


def day(iso: str | None) -> str:
    """Return the day of a time as JSON has it."""
    return iso[:10] if iso else ""
