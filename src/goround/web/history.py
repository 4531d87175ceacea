"""The pages about what happened: every word as a sentence, and each as it was signed."""

from typing import Any

from markupsafe import Markup
from starlette.routing import Route

from goround.ids import EventId
from goround.pages.erasures import erasure, in_words
from goround.pages.event import as_signed
from goround.pages.genuine import checks
from goround.pages.happening import parts
from goround.pages.history import GROUPS, chosen, line
from goround.pages.names import name_of
from goround.sentences import _
from goround.web.drawing import filled
from goround.web.paging import part
from goround.web.rooms import Page, Room, Visit, nothing
from goround.web.telling import told

ON_A_PAGE = 40


def pages(room: Room) -> list[Route]:
    """Return the addresses of these pages."""
    return [
        Route("/c/{collective}/history", room.page(_all)),
        Route("/c/{collective}/history/{event}", room.page(_one)),
    ]


def _all(visit: Visit) -> Page:
    group, who = visit.query.get("kind", ""), visit.query.get("who", "")
    found = chosen(visit.reading, group, who)
    shown = part(visit, found, ON_A_PAGE)
    values = {
        "rows": rows_of(visit, list(shown.rows)),
        "group": group,
        "groups": _groups(),
        "who": who,
        "people": _people(visit),
        "page": shown.number,
        "last": shown.last,
    }
    return Page("history.html", values)


def rows_of(visit: Visit, shown: list[EventId]) -> list[dict[str, Any]]:
    """Return what is said of some events, each looked at whether it is genuine."""
    reading = visit.reading
    known = checks(reading, list(visit.events(shown)), visit.events)
    return [
        line(reading, event) | {"said": _said(visit, event), "check": known.get(event, "spoilt")}
        for event in shown
    ]


def _said(visit: Visit, event: EventId) -> Markup:
    template, values = parts(visit.reading, visit.reading.view.record.entries[event])
    return filled(template, **values)


def _groups() -> dict[str, str]:
    names = {
        "": _("What people said and did"),
        "us": _("Who we are: coming, going, names"),
        "proposals": _("Proposals and what was said about them"),
        "answers": _("Answers and concerns"),
        "tasks": _("Tasks"),
        "devices": _("Devices"),
        "themselves": _("What devices say by themselves"),
        "void": _("What counts for nothing"),
        "all": _("Everything"),
    }
    return {name: text for name, text in names.items() if name in (*GROUPS, "", "void", "all")}


def _people(visit: Visit) -> list[tuple[str, str]]:
    """Return everybody who ever said anything, in the order in which they came."""
    record = visit.reading.view.record
    return [(person, name_of(visit.reading, person)) for person in record.by_person]


def _one(visit: Visit) -> Page:
    found = next(iter(visit.events([EventId(visit.path["event"])])), None)
    if found is None:
        return nothing(visit)
    row = as_signed(visit.reading, found)
    check = checks(visit.reading, [found], visit.events)[found.id]
    gone = erasure(visit.reading, found.id)
    return Page(
        "event.html",
        {
            "row": row,
            "said": _said(visit, found.id),
            "check": check,
            "gone": [told(line) for line in in_words(gone)] if gone else [],
            "erased_by_decision": gone["proposal"] if gone else None,
        },
    )
