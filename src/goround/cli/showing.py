"""A proposal on a terminal: from top to bottom, what a member wants to know first."""

from typing import Any

from goround.cli.dates import day
from goround.cli.out import indented
from goround.cli.words import STANCES, STATUS, called, outcome
from goround.sentences import _, listed

Shown = dict[str, Any]


def as_lines(shown: Shown, *, hidden: bool) -> list[str]:
    """Return what `show` prints; `hidden` keeps others' positions back."""
    parts = [
        _head(shown),
        [shown["text"] or _("(These words were erased.)")],
        [_("Why: {why}").format(why=shown["why"])] if shown["why"] else [],
        [e["sentence"] for e in shown["effects"]],
        _positions(shown, hidden=hidden),
        _list(_("Concerns"), [_concern(c) for c in shown["concerns"]]),
        _list(_("Suggestions"), [_said(s) for s in shown["suggestions"]]),
        _list(_("What was said"), [_said(s) for s in shown["talk"]]),
        outcome(shown),
        _notes(shown),
    ]
    filled = [part for part in parts if part]
    return [line for part in filled for line in (*part, "")][:-1]


def _head(shown: Shown) -> list[str]:
    number = next((v["number"] for v in shown["versions"] if v["id"] == shown["version"]), 1)
    carriers = listed(shown["carriers"]) or _("nobody")
    return [
        f"# {called(shown)}",
        _("{status}; version {number}; carried by {names}; {matter}").format(
            status=STATUS[shown["status"]],
            number=number,
            names=carriers,
            matter=shown["matter"],
        ),
        shown["rule"],
    ]


def _positions(shown: Shown, *, hidden: bool) -> list[str]:
    if hidden:
        return [_("You see what others answered once you have taken your own position.")]
    return _list(_("Positions"), [_position(p) for p in shown["positions"]])


def _position(given: Shown) -> str:
    line = f"{given['name']} {STANCES[given['position']]}"
    line += f": {given['because']}" if given["because"] else ""
    return line + (_(" (came in while this was being decided)") if given["crossed"] else "")


def _concern(concern: Shown) -> str:
    settled = _("settled") if concern["settled"] else _("open")
    return f"{concern['by']}: {concern['text']} ({settled}, {concern['id'][:8]})"


def _said(said: Shown) -> str:
    return f"{said['by']}: {said['text']}"


def _list(title: str, lines: list[str]) -> list[str]:
    return (
        [f"{title}:", *(part for line in lines for part in indented(line, "  "))] if lines else []
    )


def _notes(shown: Shown) -> list[str]:
    closing, decided = shown["closing"], shown["decided"]
    lines = []
    if closing:
        lines.append(_("To be closed from {date} on.").format(date=day(closing["date"])))
    if shown["newer"]:
        lines.append(_("A newer version is open and would take this one's place."))
    if decided:
        names = listed(decided["heard_by"]) or _("nobody yet")
        lines.append(_("Heard by {names}.").format(names=names))
    return lines
