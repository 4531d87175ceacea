"""The charter in words: each rule as a sentence that says what it means for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.charter import MATTERS, ORDINARY, PROTECTED, RULES
from goround.sentences import _, listed, ngettext

if TYPE_CHECKING:
    from goround.collective.charter import Charter, Value
    from goround.pages.reading import Reading


GENERAL = (
    "repair_days",
    "more_time_days",
    "hearing_days",
    "bud_at",
    "most_members",
    "hide_positions",
)
"""The rules that belong to no one matter."""


def matter_name(matter: str) -> str:
    """Return what a matter is called."""
    names = {
        "everyday": _("everyday matters"),
        "agreement": _("agreements"),
        "money": _("money"),
        "neighbours": _("neighbours"),
        "membership": _("membership"),
        "charter": _("the charter"),
    }
    return names.get(matter, matter)


def in_words(reading: Reading) -> list[dict[str, Any]]:
    """Return each rule with its value, its default and a sentence."""
    charter = reading.view.epoch.charter
    return [
        {
            "rule": rule,
            "value": charter.rules[rule],
            "default": RULES[rule].default,
            "sentence": sentence(charter, rule, len(reading.view.epoch.members)),
        }
        for rule in RULES
    ]


def sentence(charter: Charter, rule: str, people: int | None = None) -> str:
    """Say what a rule means, for that many people where it is known how many."""
    matter, _under, name = rule.partition("_")
    if matter in (*ORDINARY, "membership", "charter") and name:
        return _of_matter(charter, matter, name, people)
    return _of_all(charter, rule)


def _of_matter(charter: Charter, matter: str, name: str, people: int | None) -> str:
    what, value = matter_name(matter), charter.rules[f"{matter}_{name}"]
    sentences = {
        "blocks": _blocks(what, int(value) if name == "blocks" else 0),
        "asides": _asides(what, int(value) if name == "asides" else 0, people),
        "heard": _("On {what}, everyone must be heard, whether or not they are away.")
        if value == "everyone"
        else _("On {what}, everyone who is not away must be heard."),
        "notice": _("On {what}, people have {days} before anything can be closed."),
        "window": _("Whoever was not heard on {what} has another {days} after closing."),
        "unheard": _("After that, decisions on {what} can go ahead without those who said nothing.")
        if value == "pass"
        else _("Until everyone is heard, decisions on {what} wait; none passes without them."),
        "review": _("Decisions on {what} are looked at again after {months}.")
        if value
        else _("Decisions on {what} have no review date of their own."),
    }
    return sentences[name].format(what=what, days=_days(value), months=_months(value))


def _days(value: Value) -> str:
    return ngettext("{n} day", "{n} days", value).format(n=value) if type(value) is int else ""


def _months(value: Value) -> str:
    return ngettext("{n} month", "{n} months", value).format(n=value) if type(value) is int else ""


def _blocks(what: str, most: int) -> str:
    if most == 0:
        return _("On {what}, one block stops a decision.").format(what=what)
    return ngettext(
        "On {what}, a decision bears one block where there are five members or more.",
        "On {what}, a decision bears one block from five members on, {most} from eight on.",
        most,
    ).format(what=what, most=most)


def _asides(what: str, share: int, people: int | None) -> str:
    if share == 0:
        return _("On {what}, nothing passes while somebody stands aside.").format(what=what)
    if share == 1:
        return _("On {what}, all may stand aside but one.").format(what=what)
    return _("On {what}, {some}; beyond that it is no consent.").format(
        what=what, some=_one_in(share, people)
    )


def _one_in(share: int, people: int | None) -> str:
    """Say how many one in so many is: of few people that is nobody."""
    if people is None:
        line = _("up to one in {share} can stand aside, and nobody while there are fewer than that")
        return line.format(share=share)
    most = people // share
    if not most:
        return _("nobody can stand aside while there are fewer than {share}").format(share=share)
    return ngettext(
        "up to one in {share} can stand aside (of {people} people, one)",
        "up to one in {share} can stand aside (of {people} people, {most})",
        most,
    ).format(share=share, people=people, most=most)


def _of_all(charter: Charter, rule: str) -> str:
    value = charter.rules[rule]
    sentences = {
        "repair_days": _("After a block, we mean to work on it together for {days}."),
        "more_time_days": _("Whoever asks for more time gets {days}, once per proposal."),
        "hearing_days": _("We mean to give somebody {days} to be heard before they are released."),
        "bud_at": _("From {value} members on, we ask ourselves whether to start another one."),
        "most_members": _("Nobody more is invited once we are {value}."),
        "hide_positions": _("You see others' positions once you have taken your own.")
        if value == "yes"
        else _("Everybody sees all positions from the start."),
    }
    return sentences[rule].format(value=value, days=_days(value))


def summary(charter: Charter, members: int) -> list[str]:
    """Say in a few sentences how a collective of that size decides: alike matters together."""
    alike: dict[str, list[str]] = {}
    for matter in MATTERS:
        alike.setdefault(_rule(charter, matter, members), []).append(matter_name(matter))
    on = _("On {matters}: {rule}")
    matters = [on.format(matters=listed(names), rule=rule) for rule, names in alike.items()]
    return matters + [_of_all(charter, rule) for rule in GENERAL]


def rule_in_words(charter: Charter, matter: str, members: int) -> str:
    """Say in one sentence what it takes to decide such a matter."""
    rule = _rule(charter, matter, members)
    return rule[:1].upper() + rule[1:]


def rule_beside(charter: Charter, matter: str, other: str, members: int) -> str:
    """Say what of a matter's rule is not so for another matter; nothing where all of it is."""
    known = _parts(charter, other, members)
    return "; ".join(part for part in _parts(charter, matter, members) if part not in known)


def _rule(charter: Charter, matter: str, members: int) -> str:
    return "; ".join(_parts(charter, matter, members)) + "."


def _parts(charter: Charter, matter: str, members: int) -> list[str]:
    return [
        _heard(charter, matter),
        _stopped(charter, matter, members),
        asides_in_words(charter, matter, members),
        _silence(charter, matter),
    ]


def _heard(charter: Charter, matter: str) -> str:
    if matter in PROTECTED:
        return _("everyone must stand behind it, also those who are away")
    if _waits_for_who_is_away(charter, matter):
        return _("everyone must be heard, also those who are away")
    return _("everyone who is not away must be heard")


def who_is_away(charter: Charter) -> list[str]:
    """Say what does not wait for somebody away, and what does, as the charter has it."""
    waits = [matter for matter in MATTERS if _waits_for_who_is_away(charter, matter)]
    goes_on = [matter_name(matter) for matter in MATTERS if matter not in waits]
    on = {"waiting": listed([matter_name(matter) for matter in waits])}
    lines = [_("What waits all the same: {waiting}.").format(**on)]
    if goes_on:
        lines.insert(0, _("What goes on without waiting: {on}.").format(on=listed(goes_on)))
    return lines


def _waits_for_who_is_away(charter: Charter, matter: str) -> bool:
    return matter in PROTECTED or charter.word(f"{matter}_heard") == "everyone"


def _stopped(charter: Charter, matter: str, members: int) -> str:
    borne = charter.bears(matter, members)
    if not borne:
        return _("one block stops it")
    return ngettext("it bears {n} block", "it bears {n} blocks", borne).format(n=borne)


def asides_in_words(charter: Charter, matter: str, people: int) -> str:
    """Say how many may stand aside where that many people are asked."""
    share = charter.number(f"{matter}_asides")
    if not share:
        return _("nobody can stand aside")
    if share == 1:
        return _("all may stand aside but one")
    return _one_in(share, people)


def _silence(charter: Charter, matter: str) -> str:
    if matter in PROTECTED:
        return _("it never passes by silence")
    if charter.word(f"{matter}_unheard") == "wait":
        return _("it waits for whoever has not answered yet, however long that takes")
    return _(
        "nobody’s silence counts as a yes; after {notice} it can be closed, and another {window} "
        "later it can go ahead without those who said nothing"
    ).format(
        notice=_days(charter.number(f"{matter}_notice")),
        window=_days(charter.number(f"{matter}_window")),
    )
