"""An effect as it is written in a terminal, parted into its act and its words.

`{"do": "task", "what": "buy flour", "by": "2027-01-31"}` becomes what the rules see (a task,
by a date) and what people read (buy flour).
"""

import json
import re
from collections.abc import Callable
from typing import Any

import msgspec

from goround.cli import refs
from goround.cli.dates import coming_date
from goround.cli.room import SHOWN, given
from goround.collective.charter import RULES, Rule
from goround.collective.effects import (
    MATTER_OF,
    Adopt,
    AnyEffect,
    End,
    Erase,
    Invite,
    NameTask,
    Release,
    SetCharter,
)
from goround.errors import BadUse, Refused
from goround.log.keys import DeviceKey
from goround.pages.names import why_not_name
from goround.pages.reading import Reading
from goround.pages.refusing import names_beside
from goround.sentences import _, listed
from goround.wire import Words

Parted = tuple[AnyEffect, Words]
Given = dict[str, Any]
Keep = Callable[[DeviceKey], None]
RULE = re.compile(r"[a-z][a-z_]{0,59}")
MOST = 1_000_000
KINDS = ("task", "adopt", "end", "erase", "release", "charter", "invite")


def read_effects(reading: Reading, keep: Keep, texts: list[str], now: int) -> list[Parted]:
    """Part effects as they were given; `keep` keeps the keys of invitations among them."""
    return [_part(reading, keep, _read(text), now) for text in texts]


def _read(text: str) -> Given:
    try:
        found = json.loads(given(text))
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # half of a letter is no text
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        example = '{"do": "task", "what": "buy flour"}'
        raise BadUse(
            _("An effect is written like {example}, and not like {text}.").format(
                example=example, text=text[:SHOWN]
            )
        )
    return found


def _part(reading: Reading, keep: Keep, effect: Given, now: int) -> Parted:
    match effect:
        case {"do": "invite", "name": str(name), **rest}:
            wanted = _only(rest, name, "replaces").strip()
            return _invite(reading, keep, wanted, _text(rest, "replaces")), {"name": wanted}
        case {"do": "task", "what": str(what), **rest}:
            by = coming_date(_text(rest, "by"), now)
            return NameTask(by), {"what": _only(rest, what, "by")}
        case _:
            return _wordless(reading, effect), {}


def _wordless(reading: Reading, effect: Given) -> AnyEffect:
    match effect:
        case {"do": "adopt", **rest} if not rest:
            return Adopt()
        case {"do": "end", "agreement": str(ref), **rest} if not rest:
            return End(refs.version(reading, ref).id)
        case {"do": "erase", "event": str(ref), **rest} if not rest:
            return Erase(refs.event(reading, ref))
        case {"do": "release", "member": str(who), **rest} if not rest:
            return Release(refs.member(reading, who))
        case {"do": "charter", "set": dict(rules), **rest} if not rest:
            return SetCharter(reading.view.epoch.charter_id, _values(rules))
        case _:
            raise BadUse(
                _(
                    "This is no effect: {text}. There are {names}; goround propose --help shows "
                    "what goes with each."
                ).format(
                    text=json.dumps(effect, ensure_ascii=False)[:SHOWN], names=listed(list(KINDS))
                )
            )


def _invite(reading: Reading, keep: Keep, wanted: str, replaces: str | None) -> Invite:
    lost = refs.member(reading, replaces) if replaces else None
    key = DeviceKey.generate()
    effect = Invite(key.public, lost)
    reason = why_not_name(wanted, names_beside(reading, effect))
    if reason:
        raise Refused(reason)
    keep(key)
    return effect


def _text(rest: Given, key: str) -> str | None:
    value = rest.get(key)
    return str(value) if value else None


def _only(rest: Given, value: str, known: str) -> str:
    extra = sorted(rest.keys() - {known})
    if extra:
        raise BadUse(_("This effect has nothing called {names}.").format(names=listed(extra)))
    return value


def _values(rules: Given) -> dict[str, int | str]:
    try:
        found = msgspec.convert(rules, dict[str, int | str])
    except msgspec.ValidationError:
        raise BadUse(_("A rule's value is a whole number or a word.")) from None
    for rule, value in found.items():
        check_rule(rule, value)
    return found


def check_rule(rule: str, value: int | str) -> None:
    """Raise BadUse for a rule of a charter that cannot be written down at all."""
    if not RULE.fullmatch(rule):
        raise BadUse(_("“{rule}” is no rule of a charter.").format(rule=rule[:SHOWN]))
    fits = 0 <= value <= MOST if isinstance(value, int) else RULE.fullmatch(value)
    if not fits:
        raise BadUse(
            _(
                "“{value}” is no value of the rule {rule}; goround charter shows its value now."
            ).format(value=str(value)[:SHOWN], rule=rule)
        )
    if rule in RULES and not RULES[rule].allows(value):
        known = values_of(RULES[rule])
        told = _("This rule of the charter cannot have that value. {rule} can be {values}.")
        raise Refused(told.format(rule=rule, values=known))


def values_of(rule: Rule) -> str:
    """Say what a rule of the charter can be."""
    if rule.words:
        return _(" or ").join(rule.words)
    return _("a number from {low} to {high}").format(low=rule.low, high=rule.high)


def matter_of(effects: list[Parted], given: str | None) -> str:
    """Return which matter a proposal belongs to: what was said, or what its effects belong to."""
    if given:
        return given
    fitting = (
        MATTER_OF[type(effect)][0] for effect, _words in effects if type(effect) in MATTER_OF
    )
    return next(fitting, "everyday")
