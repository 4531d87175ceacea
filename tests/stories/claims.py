"""What a story says is so: each claim, and where the product shows it.

A claim asks the product's own pages, so that what a story tells is what a member would see. Lists
are compared without order; "nobody" and "nothing" are the empty list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from goround.collective.constitution import successors
from goround.collective.devices import devices, sealing_device
from goround.collective.erasure import erased
from goround.collective.members import Accept
from goround.pages.agreements import agreements
from goround.pages.members import members
from goround.pages.proposals import show
from goround.pages.tasks import tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stories.world import Device, World

Ask = "Callable[..., list[str]]"
CLAIMS: list[tuple[re.Pattern[str], Callable[..., list[str]]]] = []


def claim(pattern: str) -> Callable[[Callable[..., list[str]]], Callable[..., list[str]]]:
    """Let a function say what is so where a claim fits a pattern."""

    def keep(ask: Callable[..., list[str]]) -> Callable[..., list[str]]:
        CLAIMS.append((re.compile(pattern + r":? (?P<right>[^:]+)\Z"), ask))
        return ask

    return keep


def check(world: World, device: Device, said: str) -> None:
    """Raise unless a claim is true for this device."""
    for pattern, ask in CLAIMS:
        found = pattern.match(said)
        if found:
            groups = found.groupdict()
            expected = listed(groups.pop("right"))
            actual = sorted(ask(world, device, **groups))
            assert actual == expected, f"for {device.name}, it is {', '.join(actual) or 'nobody'}"
            return
    message = f"no story knows how to look at {said!r}"
    raise LookupError(message)


def listed(text: str) -> list[str]:
    found = (part.strip() for part in text.split(","))
    return sorted(part for part in found if part not in ("nobody", "nothing"))


def _show(world: World, device: Device, name: str) -> dict[str, Any]:
    return show(device.reading(), world.versions[name][0])


# --- Who we are ----------------------------------------------------------------------------------


@claim(r"members:")
def _members(world: World, device: Device) -> list[str]:
    return [m["name"] for m in members(device.reading()) if not m["joining"]]


@claim(r"joining:")
def _joining(world: World, device: Device) -> list[str]:
    return [m["name"] for m in members(device.reading()) if m["joining"]]


@claim(r"away:")
def _away(world: World, device: Device) -> list[str]:
    return [m["name"] for m in members(device.reading()) if m["away"]]


@claim(r"leaving:")
def _leaving(world: World, device: Device) -> list[str]:
    return [m["name"] for m in members(device.reading()) if m.get("leaving")]


@claim(r"(?P<who>[\w-]+) was:")
def _was(world: World, device: Device, who: str) -> list[str]:
    return [str(m["was"]) for m in members(device.reading()) if m["name"] == who]


@claim(r"the rule (?P<rule>\w+):")
def _rule(world: World, device: Device, rule: str) -> list[str]:
    return [str(device.view().epoch.charter.rules[rule])]


@claim(r"devices of (?P<who>[\w-]+):")
def _devices(world: World, device: Device, who: str) -> list[str]:
    return [world.called(d) for d in devices(device.view(), world.device(who).person)]


@claim(r"(?P<who>[\w-]+) seals with:")
def _seals_with(world: World, device: Device, who: str) -> list[str]:
    return [world.called(sealing_device(device.view(), world.device(who).person))]


@claim(r"two histories were signed by:")
def _forked(world: World, device: Device) -> list[str]:
    return [world.called(fork.device) for fork in device.replay.graph.forks()]


@claim(r"ways:")
def _ways(world: World, device: Device) -> list[str]:
    view = device.view()
    return [str(max(1, len(successors(view.record, view.past, view.epoch))))]


@claim(r"changes so far:")
def _changes(world: World, device: Device) -> list[str]:
    return [str(device.view().epoch.number)]


@claim(r"(?P<who>[\w-]+) accepted:")
def _accepted(world: World, device: Device, who: str) -> list[str]:
    key = world.device(who).key.public
    entries = device.replay.record.entries.values()
    accepted = [e for e in entries if e.device == key and isinstance(e.fact, Accept)]
    return [f"{len(accepted)} times"]


# --- What we decide ------------------------------------------------------------------------------


@claim(r"(?P<name>.+) unheard:")
def _unheard(world: World, device: Device, name: str) -> list[str]:
    return [str(who) for who in _show(world, device, name)["unheard"]]


@claim(r"(?P<name>.+?) not yet heard by")
def _not_yet(world: World, device: Device, name: str) -> list[str]:
    return [str(who) for who in _show(world, device, name)["decided"]["not_yet"]]


@claim(r"(?P<name>.+) heard by")
def _heard(world: World, device: Device, name: str) -> list[str]:
    return [str(who) for who in _show(world, device, name)["decided"]["heard_by"]]


@claim(r"(?P<name>.+) carried by")
def _carried(world: World, device: Device, name: str) -> list[str]:
    return [str(who) for who in _show(world, device, name)["carriers"]]


@claim(r"positions on (?P<name>.+):")
def _positions(world: World, device: Device, name: str) -> list[str]:
    shown = _show(world, device, name)["positions"]
    return [f"{p['name']} {p['position']}" for p in shown if not p["crossed"]]


@claim(r"came in while (?P<name>.+) was being decided:")
def _crossed(world: World, device: Device, name: str) -> list[str]:
    shown = _show(world, device, name)["positions"]
    return [f"{p['name']} {p['position']}" for p in shown if p["crossed"]]


@claim(r"concerns about (?P<name>.+):")
def _concerns(world: World, device: Device, name: str) -> list[str]:
    shown = _show(world, device, name)["concerns"]
    return [f"{c['by']} {'settled' if c['settled'] else 'open'}" for c in shown]


@claim(r"said on (?P<name>.+):")
def _talk(world: World, device: Device, name: str) -> list[str]:
    return [f"{said['by']} {said['text']}" for said in _show(world, device, name)["talk"]]


@claim(r"suggested for (?P<name>.+):")
def _suggestions(world: World, device: Device, name: str) -> list[str]:
    return [f"{s['by']} {s['text']}" for s in _show(world, device, name)["suggestions"]]


@claim(r"(?P<who>[\w-]+)'s block of (?P<name>.+) confirmed by")
def _confirmed(world: World, device: Device, who: str, name: str) -> list[str]:
    repairs = _show(world, device, name)["repairs"]
    return [str(c) for repair in repairs if repair["by"] == who for c in repair["confirmed"]]


@claim(r"(?P<who>[\w-]+)'s block of (?P<name>.+) needs")
def _needed(world: World, device: Device, who: str, name: str) -> list[str]:
    repairs = _show(world, device, name)["repairs"]
    return [f"{repair['needed']} who confirm it" for repair in repairs if repair["by"] == who]


@claim(r"reviews of (?P<name>.+):")
def _reviews(world: World, device: Device, name: str) -> list[str]:
    shown = _show(world, device, name)["reviews"]
    return [f"{r['name']} {'keep' if r['keep'] else 'not keep'}" for r in shown]


@claim(r"review of (?P<name>.+):")
def _review_date(world: World, device: Device, name: str) -> list[str]:
    return [str(_show(world, device, name)["review"])[:10]]


@claim(r"closing (?P<name>.+) signed by")
def _closing(world: World, device: Device, name: str) -> list[str]:
    return [str(who) for who in (_show(world, device, name)["closing"] or {}).get("signed", [])]


@claim(r"(?P<name>.+) version:")
def _version(world: World, device: Device, name: str) -> list[str]:
    return [str(world.versions[name].index(_show(world, device, name)["version"]) + 1)]


@claim(r"(?P<name>.+) words:")
def _words(world: World, device: Device, name: str) -> list[str]:
    gone = world.find(name) in erased(device.view())
    text = device.replay.words(world.find(name)).get("text", "")
    return ["erased" if gone else text]


# --- What came of it -----------------------------------------------------------------------------


@claim(r"agreements:")
def _agreements(world: World, device: Device) -> list[str]:
    shown = agreements(device.reading())
    return [_numbered(world, a["id"]) for a in shown if a["state"] == "in force"]


@claim(r"former agreements:")
def _former(world: World, device: Device) -> list[str]:
    shown = agreements(device.reading())
    return [f"{_numbered(world, a['id'])} {a['state']}" for a in shown if a["state"] != "in force"]


def _numbered(world: World, version: str) -> str:
    found = (
        name if len(known) == 1 else f"{name} {number}"
        for name, known in world.versions.items()
        for number, v in enumerate(known, 1)
        if v == version
    )
    return next(found)


@claim(r"tasks:")
def _tasks(world: World, device: Device) -> list[str]:
    shown = tasks(device.reading())
    return [" ".join([t["what"], t["state"], *t["holders"]]) for t in shown]


@claim(r"(?P<name>[^:]+):")
def _status(world: World, device: Device, name: str) -> list[str]:
    return [str(_show(world, device, name)["status"])]
