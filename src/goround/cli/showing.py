"""A proposal on a terminal: from top to bottom, what a member wants to know first."""

from typing import Any

from goround.cli.out import Heading, indented, text_in, words_in
from goround.cli.words import STANCES, STATUS, called, outcome
from goround.pages.reading import SHORT
from goround.pages.refusing import closable
from goround.sentences import _, listed

Shown = dict[str, Any]


def as_lines(shown: Shown, *, hidden: bool) -> list[str]:
    """Return what `show` prints; `hidden` keeps others' positions back."""
    parts = [
        _head(shown),
        text_in(shown),
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
        Heading(called(shown)),
        _("{status}; version {number}; carried by {names}; {matter}").format(
            status=STATUS[shown["status"]],
            number=number,
            names=carriers,
            matter=shown["matter"],
        ),
        *_everywhere(shown),
        shown["rule"],
    ]


def _everywhere(shown: Shown) -> list[str]:
    """Say what a proposal is called in every home, where it has a number in this one."""
    if not shown["ref"].isdecimal():
        return []
    line = _("#{ref} is its number in this home; in every home it is {id}.")
    return [line.format(ref=shown["ref"], id=shown["id"][:SHORT])]


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
    return f"{_said(concern)} ({settled}, {concern['id'][:8]})"


def _said(said: Shown) -> str:
    return f"{said['by']}: {words_in(said)}"


def _list(title: str, lines: list[str]) -> list[str]:
    return [f"{title}:", *indented(lines)] if lines else []


def _notes(shown: Shown) -> list[str]:
    return [*_closing(shown["closing"]), *_decided(shown), *_reviews(shown["reviews"])]


def _closing(closing: Shown | None) -> list[str]:
    if closing is None:
        return []
    lines = [closable(closing["date"])]
    if closing["signed"]:
        names = listed(closing["signed"])
        lines.append(_("That the date has passed was witnessed by {names}.").format(names=names))
    if closing["closed"] and not closing["window_ended"]:
        lines.append(_("The window for whoever was not heard is open."))
    return lines


def _decided(shown: Shown) -> list[str]:
    lines = []
    if shown["newer"]:
        lines.append(_("A newer version is open and would take this one's place."))
    if shown["reopened"]:
        lines.append(_("It was reopened; it holds until something new is decided."))
    if shown["decided"]:
        names = listed(shown["decided"]["heard_by"]) or _("nobody yet")
        lines.append(_("Heard by {names}.").format(names=names))
    return lines


def _reviews(reviews: list[Shown]) -> list[str]:
    words = {True: _("{name} would keep it."), False: _("{name} would not keep it as it is.")}
    return [words[review["keep"]].format(name=review["name"]) for review in reviews]
