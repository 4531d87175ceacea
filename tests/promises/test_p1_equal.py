"""P1: nobody has more power than anybody else; who wrote which event can be swapped."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.model.events import ModelEvent
from tests.promises.lives import Judgement, judged, lives, with_devices


def swapped(judgement: Judgement, names: dict[str, str]) -> Judgement:
    members = {
        epoch: {names[person]: member for person, member in people.items()}
        for epoch, people in judgement.members.items()
    }
    return judgement._replace(members=members)  # type: ignore[arg-type]


@given(life=lives(), seed=st.integers(0, 2**32))
def test_swapping_who_wrote_what_swaps_the_members_and_changes_nothing_else(
    life: list[ModelEvent], seed: int
) -> None:
    devices = sorted({event.device for event in life})
    others = random.Random(seed).sample(devices, len(devices))
    names = dict(zip(devices, others, strict=True))
    assert judged(with_devices(life, names)) == swapped(judged(life), names)


def test_no_kind_of_act_and_no_rule_names_a_role() -> None:
    from goround.collective.charter import RULES  # noqa: PLC0415 - read where it is told
    from goround.wire import EFFECTS, KINDS  # noqa: PLC0415

    ranks = ("admin", "owner", "moderator", "role", "host", "chair", "leader")
    assert not [name for name in {*KINDS, *EFFECTS, *RULES} if any(rank in name for rank in ranks)]
