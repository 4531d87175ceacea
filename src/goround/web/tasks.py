"""The page about what is to be done: one's own tasks first, then what nobody has taken."""

from typing import Any

from starlette.routing import Route

from goround.pages.tasks import tasks
from goround.web.rooms import Page, Room, Visit

FINISHED = ("done", "not-done")


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/tasks", room.page(_tasks))]


def _tasks(visit: Visit) -> Page:
    rows = tasks(visit.reading)
    open_ = sorted((row for row in rows if row["state"] not in FINISHED), key=_by)
    values = {
        "mine": [row for row in open_ if row["mine"]],
        "free": [row for row in open_ if not row["holders"]],
        "taken": [row for row in open_ if row["holders"] and not row["mine"]],
        "finished": [row for row in reversed(rows) if row["state"] in FINISHED],
        "today": visit.now,
    }
    return Page("tasks.html", values)


def _by(row: dict[str, Any]) -> str:
    """Let what has a date come first, by its date."""
    return row["by"] or "~"
