"""How pages show when something was or will be. A moment is the reader's own: a script (times.js)
shows it in their zone, in the same words, and says what it says here in UTC. A day that was set,
such as one until which something waits, is the same for everybody, and lasts until its end in
UTC."""

from datetime import UTC, datetime
from functools import lru_cache

from markupsafe import Markup

MOST_DAYS = 1000
"""Times that are remembered as they are drawn: a page shows the same ones again and again."""
NOTHING = Markup("")
_MOMENT = Markup('<time datetime="%s">%s, %s UTC</time>')
_THAT_DAY = Markup('<time datetime="%s" data-day>%s</time>')
_DAY = Markup('<time datetime="%s">%s</time>')


@lru_cache(MOST_DAYS)
def when(moment: str | None) -> Markup:
    """Return a moment."""
    if not moment:
        return NOTHING
    read = _read(moment)
    return _MOMENT % (moment, _said(read), f"{read:%H:%M}")


@lru_cache(MOST_DAYS)
def that_day(moment: str | None) -> Markup:
    """Return the day on which something happened, which is another one elsewhere on earth."""
    return _THAT_DAY % (moment, _said(_read(moment))) if moment else NOTHING


@lru_cache(MOST_DAYS)
def day(moment: str | None) -> Markup:
    """Return a day that was set."""
    return _DAY % (f"{_read(moment):%Y-%m-%d}", _said(_read(moment))) if moment else NOTHING


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)


def _said(read: datetime) -> str:
    return f"{read.day} {read:%B %Y}"
