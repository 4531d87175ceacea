"""An act of every kind, and known acts that are malformed (the table in docs/format.md)."""

from typing import Any

from goround.ids import encode
from goround.log.proofs import prove_device, prove_invitation
from tests.vectors.people import (
    ANNA,
    BREAD,
    DANA,
    FOUND,
    INVITATION,
    Vector,
    bytes_for,
    id_for,
)

VERSION, EPOCH, CHANGE = id_for("a version"), id_for("an epoch"), id_for("a change")
SIGNATURE = encode(bytes_for("half") * 2)
EFFECTS = [
    {"do": "invite", "key": INVITATION.public},
    {"do": "task", "by": 1_798_675_200_000},
    {"do": "adopt"},
    {"do": "end", "agreement": VERSION},
    {"do": "erase", "event": VERSION},
]
TERMS = {"matter": "agreement", "effects": EFFECTS, "review": 1_827_532_800_000, "until": 0}
INVITED = prove_invitation(INVITATION, BREAD.collective, DANA.public)
ADDED = prove_device(DANA, BREAD.collective, ANNA.public)

VALID: list[dict[str, Any]] = [
    FOUND,
    {
        "type": "accept",
        "version": VERSION,
        "effect": 0,
        "epoch": EPOCH,
        "proof": INVITED,
        "behind": [VERSION],
    },
    {"type": "welcome", "device": DANA.public},
    {"type": "take_back", "version": VERSION},
    {"type": "leave"},
    {"type": "away"},
    {"type": "back"},
    {"type": "name"},
    {"type": "device_add", "device": DANA.public, "proof": ADDED},
    {"type": "device_retire", "device": DANA.public},
    {"type": "take_over"},
    {"type": "propose", **TERMS},
    {"type": "version", "proposal": VERSION, "prev": VERSION, **TERMS},
    {"type": "carry", "proposal": VERSION},
    {"type": "withdraw", "proposal": VERSION},
    {"type": "say", "on": VERSION},
    {"type": "suggest", "version": VERSION},
    {"type": "concern", "version": VERSION},
    {"type": "settled", "concern": VERSION},
    {"type": "position", "version": VERSION, "stance": "agree"},
    {"type": "confirm", "position": VERSION},
    {"type": "close", "version": VERSION},
    {"type": "hearing", "proposal": VERSION},
    {"type": "reopen", "version": VERSION},
    {"type": "review", "version": VERSION, "keep": True},
    {"type": "nominate", "epoch": EPOCH, "round": 0, "change": CHANGE},
    {"type": "seal", "epoch": EPOCH, "round": 1, "change": ""},
    {"type": "heard", "of": EPOCH},
    {"type": "follow", "epoch": EPOCH},
    {"type": "erase", "event": VERSION},
    {"type": "task", "task": f"{VERSION}.1", "step": "not-done"},
]

ALSO_VALID: dict[str, dict[str, Any]] = {
    "keys in another order": {"type": "position", "stance": "block", "version": VERSION},
    "no effects": {"type": "propose", "matter": "everyday", "effects": [], "review": 0, "until": 0},
    "an invitation in somebody's place": {
        "type": "propose",
        "matter": "membership",
        "effects": [{"do": "invite", "key": INVITATION.public, "replaces": VERSION}],
        "review": 0,
        "until": 0,
    },
    "a release": {
        "type": "propose",
        "matter": "membership",
        "effects": [{"do": "release", "member": VERSION}],
        "review": 0,
        "until": 0,
    },
    "a charter": {
        "type": "propose",
        "matter": "charter",
        "effects": [{"do": "charter", "from": VERSION, "set": {"bud_at": 9}}],
        "review": 0,
        "until": 0,
    },
}

UNKNOWN: dict[str, dict[str, Any]] = {
    "a kind from a newer Goround": {"type": "sing", "song": "x", "loud": True, "deep": [[{}]]},
    "an effect from a newer Goround": {"type": "propose", **TERMS, "effects": [{"do": "sing"}]},
    "an empty type": {"type": ""},
}

MALFORMED: dict[str, dict[str, Any]] = {
    "a key is missing": {"type": "position", "version": VERSION},
    "a key too many": {"type": "leave", "why": "tired"},
    "a stance that does not exist": {"type": "position", "version": VERSION, "stance": "veto"},
    "a string where a number belongs": {
        "type": "nominate",
        "epoch": EPOCH,
        "round": "0",
        "change": CHANGE,
    },
    "a number where true or false belongs": {"type": "review", "version": VERSION, "keep": 1},
    "a matter that does not exist": {"type": "propose", **TERMS, "matter": "power"},
    "an effect without its key": {"type": "propose", **TERMS, "effects": [{"do": "invite"}]},
    "an effect with a key too many": {
        "type": "propose",
        **TERMS,
        "effects": [{"do": "adopt", "as": "x"}],
    },
    "effects that are no list": {"type": "propose", **TERMS, "effects": {"do": "adopt"}},
    "33 effects": {"type": "propose", **TERMS, "effects": [{"do": "adopt"}] * 33},
    "an id that is none": {"type": "carry", "proposal": "x"},
    "an id with spare bits": {"type": "carry", "proposal": "A" * 42 + "B"},
    "a key that is none": {"type": "welcome", "device": ""},
    "a proof that is no signature": {
        "type": "device_add",
        "device": DANA.public,
        "proof": SIGNATURE + "A",
    },
    "a nomination of nothing": {"type": "nominate", "epoch": EPOCH, "round": 0, "change": ""},
    "the 33rd effect accepted": {
        "type": "accept",
        "version": VERSION,
        "effect": 32,
        "epoch": EPOCH,
        "proof": INVITED,
        "behind": [],
    },
    "behind 65 invitations": {
        "type": "accept",
        "version": VERSION,
        "effect": 0,
        "epoch": EPOCH,
        "proof": INVITED,
        "behind": [id_for(str(number)) for number in range(65)],
    },
    "a task without its place": {"type": "task", "task": VERSION, "step": "take"},
    "a task's place spelled otherwise": {"type": "task", "task": f"{VERSION}.01", "step": "take"},
    "a step that does not exist": {"type": "task", "task": f"{VERSION}.1", "step": "assign"},
    "rules of no version": {**FOUND, "rules": 0},
    "a rule with a list": {**FOUND, "charter": {"everyday_notice": [3]}},
    "a nonce of 31 bytes": {**FOUND, "nonce": encode(bytes(31))},
}


def vectors() -> list[Vector]:
    known = {str(act["type"]): act for act in VALID} | ALSO_VALID
    return [
        {"name": name, "verdict": verdict, "act": act}
        for verdict, acts in (("known", known), ("unknown", UNKNOWN), ("malformed", MALFORMED))
        for name, act in acts.items()
    ]
