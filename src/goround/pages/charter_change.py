"""Changing how we decide: what each rule can be, what a change would change, and what was before.
Every value a rule may have is shown as the sentence that it would be in the charter, so nobody
has to know what a rule is called."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from goround.collective.charter import MATTERS, RULES
from goround.collective.effects import SetCharter
from goround.collective.proposals import changes, current, proposal_of
from goround.collective.status import status
from goround.pages.charter import GENERAL, asides_in_words, matter_name, rule_in_words, sentence
from goround.pages.reading import iso
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goround.collective.charter import Charter, Rules, Value
    from goround.collective.epoch import Epoch
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]
FEW = 3
"""Values that are all written out; of more, one is chosen from a list."""
MANY = 13
LIVE = ("open", "blocked", "agreed")


def in_force(reading: Reading) -> Json:
    """Return how we decide now: by matter, each rule as its sentence and with what it can be."""
    epoch = reading.view.epoch
    many = len(epoch.members)
    return {
        "id": epoch.charter_id,
        "matters": [
            {
                "matter": matter,
                "name": matter_name(matter),
                "sentence": rule_in_words(epoch.charter, matter, many),
                "rules": [
                    _rule(epoch.charter, rule, many) for rule in RULES if _is_of(rule, matter)
                ],
            }
            for matter in MATTERS
        ],
        "general": [_rule(epoch.charter, rule, many) for rule in GENERAL],
    }


def _is_of(rule: str, matter: str) -> bool:
    return rule.startswith(f"{matter}_") and rule not in GENERAL


def _rule(charter: Charter, rule: str, people: int) -> Json:
    known, value = RULES[rule], charter.rules[rule]
    values: list[Value] = [*known.words] or list(range(known.low, known.high + 1))
    return {
        "rule": rule,
        "value": value,
        "is_number": not known.words,
        "sentence": sentence(charter, rule, people),
        "label": _label(rule),
        "title": _title(rule),
        "low": known.low,
        "high": known.high,
        "options": _options(charter, rule, values, people) if len(values) <= MANY else [],
        "few": len(values) <= FEW,
    }


def _options(charter: Charter, rule: str, values: list[Value], people: int) -> list[Json]:
    return [
        {"value": value, "sentence": _option(charter.changed({rule: value}), rule, people)}
        for value in values
    ]


def _option(charter: Charter, rule: str, people: int) -> str:
    """Return what one of several values would mean, short where it stands in a long list."""
    matter, _under, name = rule.partition("_")
    if name == "asides":
        return asides_in_words(charter, matter, people)
    return sentence(charter, rule, people)


def _label(rule: str) -> str:
    """Return what a rule is called beside a field to fill in."""
    if rule in GENERAL:
        return _labels()[rule]
    return _labels()[rule.partition("_")[2]]


def _title(rule: str) -> str:
    """Return what a proposal to change a rule is called, in few words."""
    if rule in GENERAL:
        return _("Change: {what}").format(what=_label(rule))
    matter, _under, _name = rule.partition("_")
    return _("Change for {matter}: {what}").format(matter=matter_name(matter), what=_label(rule))


def _labels() -> dict[str, str]:
    return {
        "blocks": _("How many blocks it bears"),
        "asides": _("How many may stand aside"),
        "heard": _("Who must be heard"),
        "notice": _("Days before anything can be closed"),
        "window": _("Days more for whoever was not heard"),
        "unheard": _("What becomes of those who were not heard"),
        "review": _("Months until it is looked at again (0: no date)"),
        "repair_days": _("Days in which we mean to work on a block together"),
        "more_time_days": _("Days for whoever asks for more time"),
        "hearing_days": _("Days for somebody to be heard before we part"),
        "bud_at": _("From how many members on we ask whether to start another collective"),
        "most_members": _("How many of us there can be"),
        "hide_positions": _("When positions are shown"),
    }


# --- What a change would change ----------------------------------------------


def changed(reading: Reading, effect: SetCharter) -> list[Json]:
    """Return each rule that a change sets, as it was and as it would be, in sentences."""
    before = charter_named(reading, effect.from_)
    after = before.changed(effect.set)
    return [
        {"rule": rule, "before": sentence(before, rule), "after": sentence(after, rule)}
        for rule in RULES
        if rule in effect.set and before.rules[rule] != effect.set[rule]
    ]


def charter_named(reading: Reading, charter: EventId) -> Charter:
    """Return the charter that an event brought; the one in force where it brought none."""
    epochs = reading.view.record.epochs.values()
    now = reading.view.epoch.charter
    return next((epoch.charter for epoch in epochs if epoch.charter_id == charter), now)


def in_a_sentence(rows: list[Json]) -> str:
    """Say what a change changes."""
    if not rows:
        return _("The charter stays as it is.")
    line = _("Until now: “{before}” From then on: “{after}”")
    return " ".join(line.format(before=row["before"], after=row["after"]) for row in rows)


# --- What is open, and what was ----------------------------------------------


def open_changes(reading: Reading) -> list[Json]:
    """Return the proposals to change the charter that are open."""
    found = (current(reading.view, name) for name in reading.view.record.versions)
    return [
        {
            "proposal": proposal_of(version),
            "title": reading.word(version.id, "title"),
            "status": status(reading.view, proposal_of(version)),
            "changes": changed(reading, effect),
        }
        for version in sorted((v for v in found if v), key=lambda v: v.order)
        if isinstance(effect := changes(version), SetCharter)
        and status(reading.view, proposal_of(version)) in LIVE
    ]


def former_charters(reading: Reading) -> list[Json]:
    """Return how the charter changed, the newest change first, and what it was founded with."""
    steps = [e for before, e in pairwise(reading.view.epoch.line()) if _sets(before, e)]
    return [_step(reading, epoch) for epoch in reversed(steps)]


def _sets(before: Epoch, epoch: Epoch) -> bool:
    return before.charter_id != epoch.charter_id


def _step(reading: Reading, epoch: Epoch) -> Json:
    version = reading.view.record.entries[epoch.change]
    effect = changes(version)
    return {
        "proposal": proposal_of(version),
        "title": reading.word(version.id, "title"),
        "at": iso(version.at),
        "changes": changed(reading, effect) if isinstance(effect, SetCharter) else [],
    }


def founded_with(reading: Reading) -> list[str]:
    """Return the charter that the collective was founded with, in sentences."""
    first: Epoch = reading.view.epoch.line()[0]
    rules: Rules = first.charter.rules
    return [sentence(first.charter, rule) for rule in rules]


def differences(one: Charter, other: Charter) -> list[Mapping[str, str]]:
    """Return the rules that differ between two charters, as sentences."""
    return [
        {"rule": rule, "one": sentence(one, rule), "other": sentence(other, rule)}
        for rule in RULES
        if one.rules[rule] != other.rules[rule]
    ]
