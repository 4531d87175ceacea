"""What is asked of a reading again and again while pages are drawn, answered once.

Who people are and what they are called changes seldom, and what others say in between changes
nothing of it: that is kept from one reading to the next, until somebody comes, goes, takes
another name or another device, or seals. Answers are shared: nobody changes what they got.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from goround.collective.constitution import Follow, Nominate, Seal
from goround.collective.devices import DeviceAdd, DeviceRetire, TakeOver
from goround.collective.members import Accept, Away, Back, Leave, Name, TakeBack, Welcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from goround.pages.reading import Reading

Question = TypeVar("Question", bound="Callable[..., Any]")
OF_PEOPLE = (
    *(Accept, Welcome, TakeBack, Leave, Away, Back, Name),
    *(DeviceAdd, DeviceRetire, TakeOver, Nominate, Seal, Follow),
)
"""What changes who people are, and what they are called."""


def recalled(question: Question) -> Question:
    """Let a reading answer a question once."""
    return _answered(question, lambda reading: reading.answers)


def about_people(question: Question) -> Question:
    """Let all readings answer a question once that is about people and nothing else."""
    return _answered(question, _about_people)


def _answered(question: Question, known_to: Callable[[Reading], dict[object, Any]]) -> Question:
    @wraps(question)
    def ask(reading: Reading, *about: object) -> Any:  # noqa: ANN401 - whatever is answered
        known, place = known_to(reading), (question, about)
        if place not in known:
            known[place] = question(reading, *about)
        return known[place]

    return ask  # type: ignore[return-value]


def _about_people(reading: Reading) -> dict[object, Any]:
    """Return what is known of people, as the reader sees it, which may be nothing."""
    found: dict[object, Any] | None = reading.answers.get(about_people)
    if found is None:
        found = reading.answers[about_people] = _kept(reading) if reading.is_whole else {}
    return found


def _kept(reading: Reading) -> dict[object, Any]:
    record, replay = reading.view.record, reading.replay
    said = tuple(len(record.by_kind.get(kind, ())) for kind in OF_PEOPLE)
    now = (said, len(record.firsts), tuple(record.forked), replay.rewritten)
    before, answers = replay.kept.get(about_people, (None, {}))
    if before != now:
        answers = {}
        replay.kept[about_people] = (now, answers)
    mine: dict[object, Any] = answers.setdefault((reading.me, reading.view.epoch.id), {})
    return mine
