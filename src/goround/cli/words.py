"""What happened, in plain words: said after each command that writes."""

from typing import Any

from goround.cli.dates import day
from goround.pages.wording import LONGEST_LINE, one_line
from goround.sentences import _, listed

Shown = dict[str, Any]

DID = {
    "agree": _("You agreed."),
    "reservations": _("You agreed, with reservations."),
    "leave-it": _("You leave this one to the others."),
    "aside": _("You stand aside: it may go ahead without you, and your reason is on record."),
    "time": _("You asked for more time; the closing date moves."),
    "block": _("You block this. Repair has opened: talk with those who carry it."),
}

STANCES = {
    "agree": _("agrees"),
    "reservations": _("agrees with reservations"),
    "leave-it": _("leaves it to the others"),
    "aside": _("stands aside"),
    "time": _("asks for more time"),
    "block": _("blocks"),
}

STATUS = {
    "open": _("open"),
    "blocked": _("blocked: looking for a way"),
    "agreed": _("agreed by all; most of us have yet to hear"),
    "decided": _("decided"),
    "withdrawn": _("withdrawn"),
    "lapsed": _("lapsed"),
    "superseded": _("superseded by a newer decision"),
    "ended": _("ended"),
}


def called(shown: Shown) -> str:
    """Name a proposal by its number and its whole title."""
    ref = f"#{shown['ref']}" if shown["ref"].isdecimal() else shown["ref"]
    return f"{ref} {shown['title']}".strip()


def titled(shown: Shown, did: list[str]) -> list[str]:
    """Return what was done below the title, since a number is another proposal's elsewhere."""
    name = called(shown)
    return did if any(name in line for line in did) else [name, *did]


def clipped(text: str | None) -> str:
    """Return what a list shows of a text; `show` has all of it."""
    return one_line(text or "", LONGEST_LINE)


def outcome(shown: Shown) -> list[str]:
    """Say where a proposal stands now, and what is missing or came of it."""
    match shown["status"]:
        case "open" | "blocked":
            return [*_blocks(shown), *_missing(shown)]
        case "decided":
            return [_agreement_in_words(shown), *came_of_it(shown), *_kept_out(shown)]
        case "lapsed":
            return [_lapsed(shown)]
        case other:
            return [STATUS[other][:1].upper() + STATUS[other][1:] + "."]


def _kept_out(shown: Shown) -> list[str]:
    """Say who keeps somebody from coming in by a block after the invitation was decided."""
    if not shown["kept_out_by"]:
        return []
    line = _("{names} blocks it, so nobody comes in with it while that stands.")
    return [line.format(names=listed(shown["kept_out_by"]))]


def _lapsed(shown: Shown) -> str:
    if any(effect["do"] == "charter" for effect in shown["effects"]):
        return _("Lapsed: the charter changed after this was put forward. Put it forward again.")
    return _("Lapsed: what this would change is not there any more.")


def _agreement_in_words(shown: Shown) -> str:
    said = {p["position"] for p in shown["positions"] if not p["crossed"]}
    if shown["unheard"]:
        names = listed(shown["unheard"])
        return _("Decided, without having heard {names}.").format(names=names)
    if said == {"agree"}:
        return _("Decided: everyone agreed.")
    return _("Decided: everyone was heard.")


def _blocks(shown: Shown) -> list[str]:
    return [
        _("{name} blocks it. {count} of {needed} can state the concern so far.").format(
            name=repair["by"], count=len(repair["confirmed"]), needed=repair["needed"]
        )
        for repair in shown["repairs"]
    ]


def _missing(shown: Shown) -> list[str]:
    if shown["unheard"]:
        return [_("Still to be heard: {names}.").format(names=", ".join(shown["unheard"]))]
    waiting = [p["name"] for p in shown["positions"] if p["position"] == "time"]
    if waiting:
        return [_("More time was asked for by {names}.").format(names=listed(waiting))]
    if shown["status"] == "blocked":
        return []
    return [shown["missing"]] if shown["missing"] else []


def came_of_it(shown: Shown) -> list[str]:
    """Say what a decision brought: what it does, its tasks, its review date."""
    tasks = [e["what"] for e in shown["effects"] if e["do"] == "task" and e.get("what")]
    other = [e["sentence"] for e in shown["effects"] if e["do"] != "task"]
    lines = [
        *other,
        *([_("Tasks: {names}.").format(names=", ".join(map(clipped, tasks)))] if tasks else []),
    ]
    if shown["review"]:
        lines.append(_("To be looked at again on {date}.").format(date=day(shown["review"])))
    return lines
