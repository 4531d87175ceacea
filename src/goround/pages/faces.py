"""How somebody's name is drawn in the round: the letters on their token, enough to find them again
beside their name, and whether the name needs small letters to stay whole.

One letter, or two where a name has several words in an alphabet with capitals: elsewhere two
letters side by side would join into a syllable that nobody is called.
"""

from __future__ import annotations

import re
import unicodedata

LONG = 10
"""Letters of a word from which on it does not fit into a seat at its usual size."""


def initials(name: str) -> str:
    """Return the letters that stand for a name; a dot where it has none."""
    found = [letter for letter in map(_first_letter, name.split()) if letter]
    if not found:
        return "·"
    first, last = found[0], found[-1]
    has_capitals = first.upper() != first.lower() and last.upper() != last.lower()
    return (first + last if has_capitals and len(found) > 1 else first).upper()


def is_long(name: str) -> bool:
    """Tell whether a word of a name is too long for a seat: a line ends at a space or a hyphen."""
    return any(len(word) >= LONG for word in re.split(r"[\s-]", name))


def _first_letter(word: str) -> str:
    """Return the first letter, digit or picture of a word, with the marks that belong to it."""
    starts = (n for n, sign in enumerate(word) if unicodedata.category(sign)[:1] in "LN")
    start = next(starts, None)
    if start is None:
        return word[:1] if unicodedata.category(word[0]) == "So" else ""
    marks = (n for n, sign in enumerate(word) if n > start and not unicodedata.combining(sign))
    return word[start : next(marks, len(word))]
