"""What happened, each event as a sentence, and which of them somebody wants to see."""

import pytest

from goround.pages.history import chosen, history, line
from goround.pages.names import name_of
from goround.pages.reading import Reading
from tests.told import reads, told

THREE = '-- anna, ben and cleo are together in "Bread"\n'
STOVE = THREE + 'anna proposes stove: "Buy a wood stove"\nben agrees to stove\n'


def said(reading: Reading, group: str = "", person: str = "") -> list[str]:
    return [line(reading, event)["sentence"] for event in chosen(reading, group, person)]


def test_the_newest_comes_first_and_devices_are_silent_unless_asked() -> None:
    world = told(STOVE + 'cleo is now called "Cleo B"\n')
    reading = reads(world, "ben")
    assert said(reading)[0] == "Cleo B said what they are called: “Cleo B”."
    assert not any("device" in sentence for sentence in said(reading))
    assert len(said(reading, "all")) == len(world.device("ben").events)
    assert all("device" in s or "heard" in s for s in said(reading, "themselves"))


def test_one_can_ask_for_the_words_of_one_person() -> None:
    reading = reads(told(STOVE), "ben")
    ben = next(p for p in reading.view.record.by_person if name_of(reading, p) == "ben")
    assert said(reading, "answers", ben)[0] == "ben answered “stove”: I agree."
    assert all(sentence.startswith("ben") for sentence in said(reading, "all", ben)[:3])


def test_an_answer_is_covered_until_one_has_answered_oneself() -> None:
    covered, shown = "ben answered “stove”.", "ben answered “stove”: I agree."
    world = told(STOVE)
    assert covered in said(reads(world, "cleo"))
    assert shown in said(reads(world, "ben"))
    world = told(STOVE + "cleo agrees to stove\n")
    assert shown in said(reads(world, "cleo"))
    world = told(STOVE + "anna and cleo agree to stove\n")
    assert shown in said(reads(world, "cleo"))


def test_a_welcome_names_whom_it_welcomed() -> None:
    story = THREE + "anna invites dana\nben and cleo agree to dana's invitation\ndana joins\n"
    assert (
        said(reads(told(story + "ben welcomes dana"), "cleo"))[0] == "ben knows who this is: dana."
    )


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("takes", "ben took a task: “buy wood”."),
        ("puts down", "ben put a task down: “buy wood”."),
        ("has done", "ben did a task: “buy wood”."),
        ("has not done", "ben did not do a task: “buy wood”."),
    ],
)
def test_what_somebody_did_with_a_task_is_a_sentence(step: str, sentence: str) -> None:
    story = (
        THREE + 'anna proposes stove, with the task "buy wood": "Buy one"\n'
        'anna, ben and cleo agree to stove\nben takes "buy wood"\n'
    )
    more = "" if step == "takes" else f'ben {step} "buy wood"\n'
    assert said(reads(told(story + more), "anna"), "tasks")[0] == sentence


def test_what_counts_for_nothing_can_be_looked_for_with_its_reason() -> None:
    world = told(
        STOVE
        + 'cleo leaves\ncleo nevertheless says something on stove: "I miss you" => void: has-left\n'
    )
    reading = reads(world, "anna")
    (event,) = chosen(reading, "void", "")
    found = line(reading, event)["void"]
    assert found == {
        "reason": "has-left",
        "sentence": "Whoever signed this has signed their leaving.",
    }


def test_all_of_it_is_there_in_order() -> None:
    world = told(STOVE)
    rows = history(reads(world, "anna"))
    assert [row["id"] for row in rows] == world.device("anna").replay.graph.in_order()
