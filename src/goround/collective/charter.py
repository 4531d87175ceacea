"""How we decide: the rules a collective gives itself, and the values they may have.

A charter is a flat table of rules, so that a change names what it changes and a newcomer
reads one list. Everyday matters, agreements, money and neighbours each have rules of their
own; membership and charter are protected (design 4.2): they bear no block and are never
closed over somebody's head, so there is little to set. Defaults follow process.md 1.3,
1.6, 1.7 and 9.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from goround.collective.entry import Fact
from goround.collective.reasons import Reason
from goround.collective.references import Nonce

if TYPE_CHECKING:
    from goround.collective.entry import Entry

Value = int | str
Rules = Mapping[str, Value]

RULES_VERSION = 1
"""The version of these rules; a founding act names the one it is judged by (design 3)."""

ORDINARY = ("everyday", "agreement", "money", "neighbours")
PROTECTED = ("membership", "charter")
Matter = Literal["everyday", "agreement", "money", "neighbours", "membership", "charter"]
MATTERS = ORDINARY + PROTECTED
BEARS_MORE_FROM = (5, 8)
"""The sizes from which a decision may bear one block, and two."""


# --- Facts -------------------------------------------------------------------


class Found(Fact, frozen=True, tag="found"):
    """Somebody founded the collective; its id is this event's (C2)."""

    nonce: Nonce
    charter: dict[str, Value]
    rules: Annotated[int, Meta(ge=1)]


# --- State -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its default, and either the numbers or the words it may have (C71)."""

    default: Value
    low: int = 0
    high: int = 0
    words: tuple[str, ...] = ()

    def allows(self, value: object) -> bool:
        """Tell whether the rule may have this value."""
        if self.words:
            return value in self.words
        return type(value) is int and self.low <= value <= self.high


def _ordinary(notice: int, window: int, unheard: str) -> dict[str, Rule]:
    return {
        "blocks": Rule(0, 0, 2),
        "asides": Rule(3, 0, 12),
        "heard": Rule("present", words=("present", "everyone")),
        "notice": Rule(notice, 0, 365),
        "window": Rule(window, 0, 365),
        "unheard": Rule(unheard, words=("wait", "pass")),
        "review": Rule(12, 0, 120),
    }


def _rules() -> dict[str, Rule]:
    per_matter: dict[str, dict[str, Rule]] = {
        "everyday": _ordinary(3, 3, "pass"),
        "agreement": _ordinary(7, 14, "wait"),
        "money": _ordinary(7, 14, "wait"),
        "neighbours": _ordinary(7, 14, "wait"),
        "membership": {"asides": Rule(3, 0, 12)},
        "charter": {"asides": Rule(3, 0, 12), "review": Rule(12, 0, 120)},
    }
    flat = {
        f"{matter}_{name}": rule for matter in MATTERS for name, rule in per_matter[matter].items()
    }
    return flat | {
        "repair_days": Rule(30, 1, 365),
        "more_time_days": Rule(7, 1, 90),
        "hearing_days": Rule(14, 0, 90),
        "bud_at": Rule(8, 3, 24),
        "most_members": Rule(12, 2, 24),
        "hide_positions": Rule("yes", words=("yes", "no")),
    }


RULES: Mapping[str, Rule] = _rules()
DEFAULTS: Mapping[str, Value] = {name: rule.default for name, rule in RULES.items()}


@dataclass(frozen=True, slots=True)
class Charter:
    """The rules in force in one epoch."""

    rules: Rules

    def number(self, rule: str) -> int:
        """Return a rule that is a number."""
        return int(self.rules[rule])

    def word(self, rule: str) -> str:
        """Return a rule that is a word."""
        return str(self.rules[rule])

    def changed(self, changes: Rules) -> Charter:
        """Return the charter with some rules set anew."""
        return Charter({**self.rules, **changes})

    def bears(self, matter: str, members: int) -> int:
        """Return how many blocks a matter bears among that many members (process.md 1.3) (C56)."""
        if matter in PROTECTED:
            return 0
        most = sum(members >= size for size in BEARS_MORE_FROM)
        return min(self.number(f"{matter}_blocks"), most)

    def asides(self, matter: str, asked: int) -> int:
        """Return how many stand-asides pass among that many people: one in so many (C56)."""
        share = self.number(f"{matter}_asides")
        return asked // share if share else 0


# --- Rules -------------------------------------------------------------------


def why_not_values(rules: Rules) -> Reason | None:
    """Tell why a charter cannot have these values (C71)."""
    if any(name not in RULES for name in rules):
        return Reason.UNKNOWN_RULE
    if not all(RULES[name].allows(value) for name, value in rules.items()):
        return Reason.RULE_VALUE
    return None


def why_not_found(entry: Entry, found: Found) -> Reason | None:
    """Tell why an event does not found a collective (C2)."""
    if found.rules != RULES_VERSION:
        return Reason.NEWER_RULES
    if entry.seq or set(found.charter) != set(RULES):
        return Reason.MALFORMED
    return why_not_values(found.charter)
