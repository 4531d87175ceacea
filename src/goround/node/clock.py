"""What time it is, in one place, so that everything else can be told another."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]
"""Gives the time in milliseconds since 1970."""


def now() -> int:
    """Give the time of this machine: it is claimed in events, and never believed."""
    return time.time_ns() // 1_000_000
