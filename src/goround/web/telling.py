"""Sentences that name people, as markup: the marks around a name become an element that keeps the
name's own direction to itself, those around a day one that knows its moment, and everything else is
text."""

import re

from markupsafe import Markup, escape

from goround.pages.addressing import BEGIN, END, THAT_DAY
from goround.web.times import that_day


def told(sentence: str) -> Markup:
    """Return a sentence of ours with the names in it kept apart."""
    markup = str(escape(sentence)).replace(BEGIN, "<bdi>").replace(END, "</bdi>")
    return Markup(THAT_DAY.sub(_as_time, markup))  # noqa: S704 - it is escaped


def _as_time(found: re.Match[str]) -> str:
    return that_day(found[2])
