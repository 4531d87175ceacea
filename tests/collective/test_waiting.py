"""The shortcut asks fewer questions, and gets the same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from goround.collective import waiting
from tests.collective.model_histories import fold_history
from tests.model.histories import random_history
from tests.promises.lives import judgement

if TYPE_CHECKING:
    import pytest

    from goround.collective.entry import Entry
    from goround.collective.record import View


def asking_about_all(view: View, *_: object, **__: object) -> list[Entry]:
    return list(view.record.all_versions)


def test_asking_about_everything_each_time_comes_to_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shortcut, guess = waiting.candidates, waiting.may_be_met

    @settings(max_examples=75)
    @given(seed=st.integers(0, 2**32), members=st.integers(1, 7), adversary=st.booleans())
    def same(seed: int, members: int, *, adversary: bool) -> None:
        life = random_history(seed, members, 60, adversary=adversary)
        monkeypatch.setattr(waiting, "candidates", asking_about_all)
        monkeypatch.setattr(waiting, "may_be_met", lambda *_: True)
        slow = judgement(fold_history(life)[0])
        monkeypatch.setattr(waiting, "candidates", shortcut)
        monkeypatch.setattr(waiting, "may_be_met", guess)
        assert judgement(fold_history(life)[0]) == slow

    same()
