"""Composing a proposal, its next version, or a suggestion for whoever carries it. What is needed
comes first and is little; dates and tasks wait behind a word."""

from typing import Any

from goround.collective.proposals import current, terms
from goround.ids import EventId
from goround.pages.effects import effects
from goround.pages.kinds import endable, erasable, kind_called, offered, rule_of
from goround.pages.look import Look
from goround.pages.possible import may
from goround.pages.proposals import is_proposal
from goround.pages.reading import iso
from goround.pages.thread import Thread
from goround.web.rooms import Page, Visit, nothing

Json = dict[str, Any]
ROWS = 2
"""Empty rows for tasks; a script adds more."""
MOST_EFFECTS = 32
_BY_ITSELF = {"agreement": "adopt", "end": "end"}
"""What a kind of proposal does by itself."""


def compose(visit: Visit) -> Page:
    """Draw what can be put forward, or the form for one kind of it."""
    kind = kind_called(visit.query.get("kind", ""))
    if kind is None:
        return Page("proposal_new.html", {"kinds": offered(visit.reading)})
    fixed: Json = {"matter": kind.matter}
    erased = erasable(visit.reading, visit.query.get("event", ""))
    if kind.name in _BY_ITSELF:
        fixed["effects"] = [{"do": _BY_ITSELF[kind.name]}]
    if kind.name == "erase":
        if erased is None:
            return Page("proposal_new.html", {"kinds": offered(visit.reading)})
        fixed["effects"] = [{"do": "erase", "event": erased["id"]}]
    return Page(
        "proposal_form.html",
        {
            "kind": kind,
            "fixed": fixed,
            "rule": rule_of(visit.reading, kind.matter),
            "endable": endable(visit.reading) if kind.name == "end" else [],
            "erased": erased if kind.name == "erase" else None,
            "chosen": visit.query.get("agreement", ""),
            "tasks": _rows([], first=len(fixed.get("effects", []))),
            "today": _day(visit.now),
        },
    )


def next_version(visit: Visit) -> Page:
    """Draw the form for a proposal's next version, or for a suggestion."""
    reading, named = visit.reading, EventId(visit.path["proposal"])
    version = current(reading.view, named) if is_proposal(reading, named) else None
    if version is None:
        return nothing(visit)
    at = Look.at(reading, named, visit.now)
    shown, can = at.shown, may(reading, at.version, at.shown, visit.now)
    values = {
        "shown": shown,
        "version": version.id,
        "proposal": named,
        "may": can,
        "is_held": at.held is not None or shown["status"] == "decided",
    }
    words = {field: reading.word(version.id, field) for field in ("title", "text", "why")}
    if "suggest" in visit.query:
        return Page("proposal_suggest.html", values | words)
    fact, known = terms(version), effects(reading, version)
    tasks = [(place, effect) for place, effect in enumerate(known) if effect["do"] == "task"]
    return Page(
        "proposal_version.html",
        {
            **values,
            **words,
            "taken": Thread(reading, named).find(visit.query.get("take", "")),
            "rule": rule_of(reading, fact.matter),
            "fixed": {
                "proposal": named,
                "prev": version.id,
                "matter": fact.matter,
                "effects": [_written(effect) for effect in known],
                "review": fact.review,
                "until": fact.until,
            },
            "others": [effect["sentence"] for effect in known if effect["do"] != "task"],
            "tasks": _rows(tasks, first=len(known)),
            "review": _day(fact.review),
            "until": _day(fact.until),
            "today": _day(visit.now),
        },
    )


def _written(effect: Json) -> Json:
    """Return an effect as it is written down: the tasks are written anew by the form."""
    if effect["do"] == "task":
        return {"do": "task", "by": effect["by"]}
    return {field: value for field, value in effect.items() if field not in _DRAWN}


_DRAWN = ("sentence", "changes")
"""What effects have on pages only."""


def _rows(known: list[tuple[int, Json]], first: int) -> list[Json]:
    """Return a row for each task there is, and a few for more of them."""
    rows = [
        {"place": place, "what": effect.get("what", ""), "by": _day(effect["by"])}
        for place, effect in known
    ]
    places = range(first, min(first + ROWS, MOST_EFFECTS))
    return rows + [{"place": place, "what": "", "by": ""} for place in places]


def _day(milliseconds: int) -> str:
    """Return a day as a date field has it; nothing for no date, or one that it cannot hold."""
    return (iso(milliseconds) or "")[:10]
