"""Ways to break the program on purpose, and the check that must notice each of them.

Coverage is no promise: a rule that can be taken away without any check noticing is not tested. Each
break replaces one piece of text by another in a copy of the sources. A check is a story
(`blocks: A block needs …`) or a test (`tests/log/test_keys.py::…`).
"""

from __future__ import annotations

from typing import NamedTuple


class Break(NamedTuple):
    """What is broken, in words, and how; `file` lies in src/goround."""

    what: str
    file: str
    old: str
    new: str
    check: str
