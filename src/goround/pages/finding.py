"""What somebody finds who looks whether all is well: a sentence, and what to do next, if anything.
There are no grades: something is fine, wants looking after, or could not be read."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Whether there is anything to do."""

    FINE = "fine"
    ATTENTION = "attention"
    UNREAD = "unread"


class Finding(NamedTuple):
    """One thing that was looked at; `about` is one word for programs."""

    about: str
    state: State
    says: str
    next: str = ""


def fine(about: str, says: str) -> Finding:
    """Say that nothing has to be done about something."""
    return Finding(about, State.FINE, says)


def attention(about: str, says: str, to_do: str) -> Finding:
    """Say that something wants looking after, and what to do."""
    return Finding(about, State.ATTENTION, says, to_do)
