"""What waits for the reader: everything that they and nobody else can do now, and why.

What others wait for comes first, and of that what only the reader holds up; then what lies in
the reader's own hands; last what is merely good to know. Nothing here is counted against
anybody, and nobody sees what waits for somebody else.
"""

from __future__ import annotations

from typing import NamedTuple

from goround.pages.addressing import plain

OTHERS_WAIT, OWN, GOOD_TO_KNOW = range(3)
"""Who it is that a wait keeps waiting."""
LETTERS_OF_A_LINE = 32


class Wait(NamedTuple):
    """One thing to do: what it is, the reason, and where it is done.

    Names stand between the marks of `addressing`. `path` is the address below the collective's,
    `until` the day that it is about. Of equal urgency, the smaller `place` comes first.
    """

    kind: str
    path: str
    what: str
    why: str = ""
    urgency: int = OTHERS_WAIT
    place: tuple[int, ...] = ()
    until: str | None = None

    @property
    def text(self) -> str:
        """All of it, where there are only letters."""
        return plain(f"{self.what} {self.why}".strip())

    @property
    def lines(self) -> int:
        """How many lines it takes in the middle of the round, about."""
        return sum(-(-len(part) // LETTERS_OF_A_LINE) for part in (self.what, self.why))


def in_turn(found: list[Wait]) -> list[Wait]:
    """Put what waits into its order."""
    return sorted(found, key=lambda wait: (wait.urgency, wait.place))
