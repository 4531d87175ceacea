"""An epoch is who we are and how we decide, from one change to the next."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from typing import Any

from tests.model.events import ModelEvent

PROTECTED = ("membership", "charter")
CHANGES = ("invite", "release", "charter")

# What a charter says of one matter where it says nothing else; days, counts and words.
DEFAULTS: dict[str, Any] = {
    "blocks": 0,
    "asides": 3,
    "notice": 0,
    "window": 7,
    "more_time": 7,
    "unheard": "wait",
}


@dataclass(frozen=True)
class Epoch:
    """Members (id to root device) and charter, and the chain of changes that led to them."""

    id: str
    chain: tuple[str, ...]
    line: tuple[str, ...]
    members: dict[str, str]
    charter: dict[str, dict[str, Any]]
    charter_by: str
    roots: frozenset[str]
    spent: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    def member(self, root: str) -> str | None:
        """Return the member whose root device this is."""
        return next((m for m, r in self.members.items() if r == root), None)

    def rule(self, matter: str, name: str) -> Any:  # noqa: ANN401 - numbers and words
        """Return what the charter says of a matter."""
        given = self.charter.get(matter, {})
        if matter == "everyday" and name == "unheard":
            return given.get(name, "pass")
        return given.get(name, DEFAULTS[name])


def effect_of(act: dict[str, Any]) -> dict[str, Any]:
    """Return the effect of a version that changes members or charter, or an empty one."""
    return next((e for e in act.get("effects", ()) if e["do"] in CHANGES), {})


def epoch_id(before: str, change: str) -> str:
    """Return the id of an epoch: design 4.1."""
    raw = b"".join(base64.urlsafe_b64decode(part + "=") for part in (before, change))
    digest = hashlib.sha256(b"goround/epoch/1\0" + raw).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def founding(event: ModelEvent) -> Epoch:
    """Return epoch 0."""
    return Epoch(
        id=event.id,
        chain=(),
        line=(event.id,),
        members={event.id: event.device},
        charter=event.act["charter"],
        charter_by=event.id,
        roots=frozenset({event.device}),
    )


def after(epoch: Epoch, change: ModelEvent, root: str, version: ModelEvent | None) -> Epoch:
    """Return the epoch that follows by a change; `version` is the one an acceptance rests on."""
    new = epoch_id(epoch.id, change.id)
    chained = replace(epoch, id=new, chain=(*epoch.chain, change.id), line=(*epoch.line, new))
    if change.kind == "accept" and version is not None:
        return _arrived(chained, change, effect_of(version.act), version.id)
    if change.kind == "take_back":
        return replace(chained, spent=epoch.spent | {change.act["version"]})
    if change.kind == "leave":
        return _without(chained, epoch.member(root))
    effect = effect_of(change.act)
    spent = replace(chained, spent=epoch.spent | {change.id})
    if effect["do"] == "release":
        return _without(spent, effect["member"])
    charter = {**epoch.charter, **effect["set"]}
    return replace(spent, charter=charter, charter_by=change.id)


def _arrived(epoch: Epoch, accept: ModelEvent, invite: dict[str, Any], version: str) -> Epoch:
    members = {m: r for m, r in epoch.members.items() if m != invite["replaces"]}
    return replace(
        epoch,
        members={**members, accept.id: accept.device},
        roots=epoch.roots | {accept.device},
        spent=epoch.spent | {version},
        keys=epoch.keys | {invite["key"]},
    )


def _without(epoch: Epoch, member: str | None) -> Epoch:
    return replace(epoch, members={m: r for m, r in epoch.members.items() if m != member})
