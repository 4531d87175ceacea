"""Whatever a device signs, the fold judges it and every question has an answer.

Acts of every kind, with references to anything that there is and to nothing, by whoever has
a device; nothing of it may raise, and the order of arrival still changes nothing.
"""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from goround.collective.agreements import agreements
from goround.collective.erasure import erased
from goround.collective.keeping import next_of, open_invitations
from goround.collective.proposals import Propose
from goround.collective.record import Record, View
from goround.collective.ripeness import ripe_changes
from goround.collective.status import status
from goround.collective.tasks import tasks
from goround.ids import DeviceId, EventId
from tests.collective.model_histories import ModelPasts, fold_history
from tests.model.events import Act, ModelEvent, opaque
from tests.promises.lives import judged, judgement, lives, other_order

REFERENCES = (
    "version", "proposal", "prev", "on", "concern", "position", "change", "of", "epoch", "event",
)  # fmt: skip
KINDS: dict[str, tuple[str, ...]] = {
    "accept": ("version", "effect", "epoch", "proof", "behind"),
    "welcome": ("device",),
    "take_back": ("version",),
    "leave": (),
    "away": (),
    "back": (),
    "name": (),
    "device_add": ("device", "proof"),
    "device_retire": ("device",),
    "take_over": (),
    "propose": ("matter", "effects", "review", "until"),
    "version": ("proposal", "prev", "matter", "effects", "review", "until"),
    "carry": ("proposal",),
    "withdraw": ("proposal",),
    "say": ("on",),
    "suggest": ("version",),
    "concern": ("version",),
    "settled": ("concern",),
    "position": ("version", "stance"),
    "confirm": ("position",),
    "close": ("version",),
    "hearing": ("proposal",),
    "reopen": ("version",),
    "review": ("version", "keep"),
    "nominate": ("epoch", "round", "change"),
    "seal": ("epoch", "round", "change"),
    "heard": ("of",),
    "follow": ("epoch",),
    "erase": ("event",),
    "task": ("task", "step"),
}


class Mischief:
    """Somebody who signs anything at all."""

    def __init__(self, life: list[ModelEvent], seed: int) -> None:
        self.events = list(life)
        self.chance = random.Random(seed)
        self.devices = sorted({event.device for event in life})
        self.epochs = sorted({str(e) for e in judged(life).epochs.values()})

    def anything(self, name: str) -> Any:  # noqa: ANN401 - that is the point
        chance = self.chance
        ids = [event.id for event in self.events]
        if name == "epoch":
            return chance.choice([*self.epochs, *ids[:3]])
        if name in REFERENCES:
            return chance.choice([*ids, opaque("nobody")])
        if name == "effects":
            return [self.effect() for _ in range(chance.randrange(3))]
        choices: dict[str, list[Any]] = {
            "device": [*self.devices, opaque("stranger")],
            "effect": [0, 1, 31],
            "proof": ["A" * 86],
            "behind": [[], chance.sample(ids, min(2, len(ids)))],
            "matter": ["everyday", "agreement", "membership", "charter"],
            "review": [0, 2**53 - 1],
            "until": [0, 1, 2**53 - 1],
            "stance": ["agree", "reservations", "leave-it", "aside", "time", "block"],
            "keep": [True, False],
            "round": [0, 1, 2**53 - 1],
            "step": ["take", "put-down", "done", "not-done"],
            "task": [f"{chance.choice(ids)}.{place}" for place in (0, 31)],
        }
        return chance.choice(choices[name])

    def effect(self) -> Act:
        event = self.anything("event")
        return self.chance.choice(
            [
                {"do": "invite", "key": self.anything("device")},
                {"do": "invite", "key": self.anything("device"), "replaces": event},
                {"do": "release", "member": event},
                {"do": "charter", "from": event, "set": {"everyday_notice": 1}},
                {"do": "adopt"},
                {"do": "end", "agreement": event},
                {"do": "task", "by": 0},
                {"do": "erase", "event": event},
            ]
        )

    def sign(self) -> None:
        """Go on after any event of a device (also where that forks), having seen anything."""
        chance = self.chance
        prev = chance.choice(self.events)
        others = [e for e in self.events if e.device != prev.device]
        seen = tuple(sorted({e.id for e in chance.sample(others, min(2, len(others)))}))
        known = {e.id: e for e in self.events}
        lamport = 1 + max([prev.lamport, *(known[e].lamport for e in seen)])
        kind = chance.choice(list(KINDS))
        act = {"type": kind, **{name: self.anything(name) for name in KINDS[kind]}}
        event_id = opaque("mischief", len(self.events), chance.random())
        words, proved = chance.random() < 0.5, chance.random() < 0.7
        self.events.append(
            ModelEvent(
                event_id, prev.device, prev.seq + 1, prev.id, seen, lamport, 1, act, words, proved
            )
        )


def ask_everything(record: Record, pasts: ModelPasts, devices: list[str]) -> None:
    for epoch in list(record.epochs.values()):
        view = View(record, pasts.everything(), epoch)
        found = [e.id for e in view.all_said(Propose)]
        assert all(status(view, proposal) for proposal in found)
        questions = (ripe_changes, agreements, tasks, erased, open_invitations)
        assert [question(view) is not None for question in questions]
        for device in devices:
            next_of(view, DeviceId(device), pasts.everything())


@given(life=lives(steps=25), seed=st.integers(0, 2**32))
def test_whatever_is_signed_every_question_has_an_answer(life: list[ModelEvent], seed: int) -> None:
    mischief = Mischief(life, seed)
    for _ in range(40):
        mischief.sign()
    record, pasts = fold_history(mischief.events)
    ask_everything(record, pasts, mischief.devices)
    assert all(EventId(event.id) in record.epoch_of for event in mischief.events)
    again = judged(other_order(mischief.events, random.Random(seed)))
    assert again._replace(members={}) == judgement(record)._replace(members={})
