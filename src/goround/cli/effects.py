"""An effect as it is written in a terminal, parted into its act and its words.

`{"do": "task", "what": "buy flour", "by": "2027-01-31"}` becomes what the rules see (a task,
by a date) and what people read (buy flour).
"""

import json
from collections.abc import Callable
from typing import Any

import msgspec

from goround.cli import refs
from goround.cli.dates import read_date
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
from goround.errors import BadUse
from goround.log.keys import DeviceKey
from goround.node.replica import Replica
from goround.pages.reading import Reading
from goround.sentences import _, listed
from goround.wire import Words

Parted = tuple[AnyEffect, Words]
Given = dict[str, Any]


def read_effects(
    replica: Replica, keep: Callable[[DeviceKey], None], given: list[str]
) -> list[Parted]:
    """Part effects as they were given; `keep` keeps the keys of invitations among them."""
    reading = replica.reading()
    return [_part(reading, keep, _read(text)) for text in given]


def _read(text: str) -> Given:
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise BadUse(
            _(
                'An effect is written like {{"do": "task", "what": "buy flour"}}, and not like {text}.'
            ).format(text=text)
        )
    return found


def _part(reading: Reading, keep: Callable[[DeviceKey], None], given: Given) -> Parted:
    match given:
        case {"do": "task", "what": str(what), **rest}:
            return NameTask(read_date(_text(rest, "by"))), {"what": _only(rest, what, "by")}
        case {"do": "adopt", **rest}:
            return Adopt(), _nothing(rest)
        case {"do": "end", "agreement": str(ref), **rest}:
            return End(refs.version(reading, ref).id), _nothing(rest)
        case {"do": "erase", "event": str(ref), **rest}:
            return Erase(refs.event(reading, ref)), _nothing(rest)
        case {"do": "release", "member": str(who), **rest}:
            return Release(refs.member(reading, who)), _nothing(rest)  # type: ignore[arg-type]
        case {"do": "charter", "set": dict(rules), **rest}:
            return SetCharter(reading.view.epoch.charter_id, _values(rules)), _nothing(rest)
        case {"do": "invite", "name": str(name), **rest}:
            return _invite(reading, keep, _text(rest, "replaces")), {
                "name": _only(rest, name, "replaces")
            }
    raise BadUse(
        _("An effect does one of these: {names}; its other keys are in the guide.").format(
            names=listed(["task", "adopt", "end", "erase", "release", "charter", "invite"])
        )
    )


def _invite(reading: Reading, keep: Callable[[DeviceKey], None], replaces: str | None) -> Invite:
    key = DeviceKey.generate()
    keep(key)
    lost = refs.member(reading, replaces) if replaces else None
    return Invite(key.public, lost)  # type: ignore[arg-type]


def _text(rest: Given, key: str) -> str | None:
    value = rest.get(key)
    return str(value) if value else None


def _only(rest: Given, value: str, *known: str) -> str:
    _nothing({key: left for key, left in rest.items() if key not in known})
    return value


def _nothing(rest: Given) -> Words:
    if rest:
        raise BadUse(_("This effect has nothing called {names}.").format(names=listed(list(rest))))
    return {}


def _values(rules: Given) -> dict[str, int | str]:
    try:
        return msgspec.convert(rules, dict[str, int | str])
    except msgspec.ValidationError:
        raise BadUse(_("A rule's value is a whole number or a word.")) from None


def matter_of(effects: list[Parted], given: str | None) -> str:
    """Return which matter a proposal belongs to: what was said, or what its effects belong to."""
    if given:
        return given
    fitting = (
        MATTER_OF[type(effect)][0] for effect, _words in effects if type(effect) in MATTER_OF
    )
    return next(fitting, "everyday")
