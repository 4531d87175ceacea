"""What changed between two texts, word by word: what stayed, what is gone and what is new, in the
order in which one reads it. Comparing costs time that grows with the square of a text, so what both
begin and end with is set aside first, and a text that is too long for its words is compared line by
line, or else shown as replaced."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Kind = Literal["same", "gone", "new", "skipped"]

MOST_PARTS = 1200
"""Words or lines on either side that are compared one by one: the worst text takes a second."""
LONG = 600
"""Letters of what stayed from which on its middle is left out."""
KEPT = 200
"""Letters before and after a change that are shown of what stayed."""

_WORDS = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Piece(NamedTuple):
    """A stretch of text, and whether it stayed, is gone, is new, or is left out as unchanged."""

    kind: Kind
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Return what changed from one text to the next."""
    if before == after:
        return [Piece("same", after)] if after else []
    return _joined(_compared(before, after))


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Leave out the middle of what stayed where that is long."""
    last = len(pieces) - 1
    shown: list[Piece] = []
    for place, piece in enumerate(pieces):
        shown += _shortened(piece, first=place == 0, last=place == last)
    return shown


def _shortened(piece: Piece, *, first: bool, last: bool) -> list[Piece]:
    if piece.kind != "same" or len(piece.text) <= LONG:
        return [piece]
    start = [] if first else [Piece("same", piece.text[:KEPT])]
    end = [] if last else [Piece("same", piece.text[-KEPT:])]
    return [*start, Piece("skipped", ""), *end]


def _compared(before: str, after: str) -> Iterator[Piece]:
    for parted in (_WORDS, _LINES):
        old, new = parted.findall(before), parted.findall(after)
        start = _alike(old, new)
        end = _alike(reversed(old[start:]), reversed(new[start:]))
        middle = old[start : len(old) - end], new[start : len(new) - end]
        if max(map(len, middle)) <= MOST_PARTS:
            yield Piece("same", "".join(old[:start]))
            yield from _matched(*middle)
            yield Piece("same", "".join(old[len(old) - end :]))
            return
    yield from (Piece("gone", before), Piece("new", after))


def _alike(old: Iterable[str], new: Iterable[str]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, start, end, start_new, end_new in SequenceMatcher(None, old, new).get_opcodes():
        gone, fresh = "".join(old[start:end]), "".join(new[start_new:end_new])
        if tag == "equal":
            yield Piece("same", gone)
        else:
            yield from (Piece("gone", gone), Piece("new", fresh))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Join what belongs together: a space alone between two changes is part of both."""
    shown: list[Piece] = []
    gone = new = ""
    waiting = ""
    for piece in pieces:
        if piece.kind == "same" and (gone or new) and piece.text.isspace():
            waiting += piece.text
        elif piece.kind == "same" and piece.text:
            shown += _changed(gone, new)
            shown.append(Piece("same", waiting + piece.text))
            gone = new = waiting = ""
        elif piece.kind == "gone" and piece.text:
            gone, new, waiting = gone + waiting + piece.text, new + waiting, ""
        elif piece.kind == "new" and piece.text:
            gone, new, waiting = gone + waiting, new + waiting + piece.text, ""
    shown += _changed(gone, new)
    return shown + ([Piece("same", waiting)] if waiting else [])


def _changed(gone: str, new: str) -> list[Piece]:
    kept = [Piece("gone", gone)] if gone else []
    return kept + ([Piece("new", new)] if new else [])
