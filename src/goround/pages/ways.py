"""Two ways: where devices signed two histories, the collective can go on from one point twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.constitution import successors

if TYPE_CHECKING:
    from goround.pages.reading import Reading


def has_ways(reading: Reading) -> bool:
    """Tell whether the collective went on in two ways from some epoch of the reader's."""
    view = reading.view
    return any(len(successors(view.record, view.past, e)) > 1 for e in view.epoch.line())
