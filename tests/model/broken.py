"""How a search ends that found something: with the name of the promise that does not hold."""

from __future__ import annotations


class Broken(Exception):  # noqa: N818 - a promise is broken, not an error made
    """A promise that does not hold, by name."""

    def __init__(self, promise: str, detail: str) -> None:
        super().__init__(f"{promise}: {detail}")
        self.promise = promise


def require(promise: str, holds: object, detail: str) -> None:
    """Raise where a promise does not hold."""
    if not holds:
        raise Broken(promise, detail)
