"""Sentences for people, in their language: one catalogue for every face.

Messages are written in English where they are said and looked up here. Where there is no
catalogue for somebody's language they read the English.
"""

from __future__ import annotations

import gettext
from importlib.resources import files

_translation = gettext.translation(
    "goround", localedir=str(files("goround") / "locale"), fallback=True
)


def _(message: str) -> str:
    """Return a sentence in the reader's language."""
    return _translation.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the sentence that fits a number."""
    return _translation.ngettext(one, many, count)


def listed(names: list[str]) -> str:
    """Return names as people say them: Anna, Ben and Cleo."""
    if len(names) <= 1:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
