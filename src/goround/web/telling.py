"""Sentences that name people, as markup: the marks around a name become an element that keeps the
name's own direction to itself, and everything else is text."""

from markupsafe import Markup, escape

from goround.pages.addressing import BEGIN, END


def told(sentence: str) -> Markup:
    """Return a sentence of ours with the names in it kept apart."""
    markup = str(escape(sentence)).replace(BEGIN, "<bdi>").replace(END, "</bdi>")
    return Markup(markup)  # noqa: S704 - it is escaped
