"""The page about what is to be done: one's own tasks first, then what nobody has taken."""

from typing import Any

from starlette.routing import Route

from goround.pages.tasks import drawn, numbered
from goround.web.paging import part
from goround.web.rooms import Page, Room, Visit

FINISHED = ("done", "not-done")
ON_A_PAGE = 20


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [Route("/c/{collective}/tasks", room.page(_tasks))]


def _tasks(visit: Visit) -> Page:
    known = numbered(visit.reading)
    done = [one for one in reversed(known) if one.state in FINISHED]
    rows = drawn(visit.reading, (one for one in known if one.state not in FINISHED))
    open_ = sorted(rows, key=_by)
    lists: dict[str, list[Any]] = {
        "mine": [row for row in open_ if row["mine"]],
        "free": [row for row in open_ if not row["holders"]],
        "taken": [row for row in open_ if row["holders"] and not row["mine"]],
        "finished": done,
    }
    parts = {name: part(visit, found, ON_A_PAGE, name=name) for name, found in lists.items()}
    finished = parts["finished"]
    parts["finished"] = finished._replace(rows=drawn(visit.reading, finished.rows))
    return Page("tasks.html", {**parts, "today": visit.now})


def _by(row: dict[str, Any]) -> str:
    """Let what has a date come first, by its date."""
    return row["by"] or "~"
