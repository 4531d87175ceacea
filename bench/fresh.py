"""A job in a process that did nothing before, as after a start: `fresh(job, *arguments)`.

What another repetition left in memory, warmed up or collected is none of this one's. The job is a
function of a module, and what it returns can be pickled; it measures its own time, so starting the
interpreter does not count.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def fresh(job: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs) -> Answer:
    """Return what a job returns in a new process, on the cores of this one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(job, *args, **kwargs).result()
