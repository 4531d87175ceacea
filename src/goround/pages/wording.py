"""Words that people wrote, made fit to stand among ours.

A name, a title or a text may be anything that somebody signed. Before it is shown, signs that
nobody sees or that move other signs are taken out, and what belongs on one line is on one line:
so nothing that somebody wrote passes for a line of this program. The signs are listed here and
not asked of a Unicode table, which grows: equal replicas print equal bytes.
"""

from __future__ import annotations

import re

LONGEST_LINE = 200
LONGEST_NAME = 60

_UNSEEN = (
    r"\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    r"\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINERS = r"\u200c\u200d"  # invisible too; Persian words and families of emoji need them
_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_HIDDEN = re.compile(rf"[\x00-\x08\x0e-\x1f{_UNSEEN}]")
_ESCAPED = re.compile(rf"[{_UNSEEN}{_JOINERS}]")


def one_line(text: str, most: int | None = None) -> str:
    """Return a text on one line, without invisible signs; `…` stands for what is beyond `most`."""
    line = " ".join(lines_of(text))
    line = re.sub(rf"[{_JOINERS}]", "", " ".join(line.split()))
    return line if most is None or len(line) <= most else line[: most - 1] + "…"


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, without signs that take over a terminal or turn writing."""
    return [_HIDDEN.sub("", line) for line in _BREAKS.sub("\n", text).split("\n")]


def escaped(json: str) -> str:
    """Return a JSON document in which no sign is invisible: it says the same, in escapes."""
    return _ESCAPED.sub(_escape, json)


def _escape(sign: re.Match[str]) -> str:
    units = sign[0].encode("utf-16-be", "surrogatepass")
    pairs = (units[place : place + 2].hex() for place in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs)
