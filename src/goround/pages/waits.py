"""What waits for the reader: everything that they and nobody else can do now, and why.

What others wait for comes first, and of that what only the reader holds up; then what lies in
the reader's own hands; last what is merely good to know. Nothing here is counted against
anybody, and nobody sees what waits for somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHERS_WAIT, OWN, GOOD_TO_KNOW = range(3)
"""Who it is that a wait keeps waiting."""
LETTERS_OF_A_LINE = 34


class Wait(NamedTuple):
    """One thing to do: in a sentence, with the reason, and where it is done.

    The sentences name people and titles by `{name}` and `{title}`; `said` has those words, so
    that a page can keep them apart from its own. `path` is the address below the collective's.
    `until` is the day that it is about. Of equal urgency, the smaller `place` comes first.
    """

    kind: str
    path: str
    sentence: str
    why: str
    said: Mapping[str, str]
    urgency: int = OTHERS_WAIT
    place: tuple[int, ...] = ()
    until: str | None = None

    @property
    def text(self) -> str:
        """The sentence as it is said where there are only letters."""
        return self.sentence.format(**self.said)

    @property
    def lines(self) -> int:
        """How many lines it takes in the middle of the round, about."""
        why = self.why.format(**self.said)
        return -(-len(self.text) // LETTERS_OF_A_LINE) - (-len(why) // LETTERS_OF_A_LINE)


def in_turn(found: list[Wait]) -> list[Wait]:
    """Put what waits into its order."""
    return sorted(found, key=lambda wait: (wait.urgency, wait.place))
