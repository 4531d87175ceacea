"""What somebody signs may be anything; what is printed of it passes for nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest

from goround.cli.joining import _in_words
from goround.ids import EventId
from tests.terminals import Terminal, bakery, signs

FORGED = "1999-11-23  AAAAAAAA  Anna leaves."
RAW = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
READ = ("log", "members", "proposals", "tasks", "agreements", "collectives")


def proposes(who: Terminal, words: dict[str, Any], effects: list[dict[str, Any]]) -> EventId:
    act = {
        "type": "propose",
        "matter": "everyday",
        "effects": effects,
        "review": 0,
        "until": 0,
    }
    return signs(who, act, {"title": "Flour", "text": "Some."} | words)


@pytest.mark.parametrize("what", [5, ["x"], {"x": 1}, True, None])
def test_what_is_no_text_reads_as_none(tmp_path: Path, what: object) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    words = {"effects": [{"what": what, "name": what, "do": what, "replaces": "x"}]}
    proposal = proposes(anna, words, [{"do": "task", "by": 0}])
    anna.does("position", "--", proposal, "agree")
    assert "To do: something." in anna.does("show", "--", proposal)
    (effect,) = anna.reads("show", "--", proposal)["effects"]
    assert effect == {"do": "task", "by": 0, "sentence": "To do: something."}
    assert anna.reads("tasks")[0]["what"] == ""


def test_words_beside_an_effect_add_nothing_to_the_act(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    words = {"effects": [{"what": "buy", "do": "invite", "by": 7, "replaces": "x", "name": "Z"}]}
    proposal = proposes(anna, words, [{"do": "task", "by": 0}])
    (effect,) = anna.reads("show", "--", proposal)["effects"]
    assert effect == {"do": "task", "what": "buy", "by": 0, "sentence": "To do: buy."}


def test_a_name_a_title_or_a_task_forges_no_line(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    signs(anna, {"type": "name"}, {"person": f"Ben\n{FORGED}"})
    words = {"title": f"Flour\u2028{FORGED}", "effects": [{"what": f"buy\r{FORGED}"}]}
    proposal = proposes(anna, words, [{"do": "task", "by": 0}])
    anna.does("position", "--", proposal, "agree")
    for command in (*READ, "show"):
        shown = anna.does(command, *(["1"] if command == "show" else []))
        assert not [line for line in shown.splitlines() if line.startswith("1999-11-23")]


def test_no_text_begins_at_the_margin(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    text = "# We buy flour.\n\nPositions:\n  Anna agrees\n\u2029Heard by Anna.\v# Decided"
    proposal = proposes(anna, {"text": text, "why": text}, [])
    anna.does("say", "--", proposal, text)
    anna.does("suggest", "--", proposal, text)
    anna.does("concern", "--", proposal, text)
    anna.does("position", "--because", text, "--", proposal, "reservations")
    shown = anna.does("show", "--", proposal).splitlines()
    assert [line for line in shown if line.strip() == "Positions:"].count("Positions:") == 1
    assert "  # We buy flour." in shown
    assert "  Anna agrees with reservations: # We buy flour." in shown
    assert "  Anna agrees" not in shown[shown.index("Positions:") :]
    assert not [line for line in shown if line.startswith(("# ", "Heard by Anna.\v"))]


def test_what_is_decided_is_shown_in_full_and_listed_in_short(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    title, what = "Flour " + "x" * 300, "buy " + "y" * 300
    words = {"title": title, "effects": [{"what": what}]}
    proposal = proposes(anna, words, [{"do": "task", "by": 0}])
    shown = anna.does("show", "--", proposal)
    assert title in shown
    assert what in shown
    anna.does("position", "--", proposal, "agree")
    for command in ("proposals", "tasks", "log"):
        assert "x" * 300 not in anna.does(command)
        assert "y" * 300 not in anna.does(command)


def test_no_invisible_sign_is_printed_raw(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    odd = "a\x9bb\x7fc\u200bd\u202ee\ufefff\U000e0041g\u2069h"
    signs(anna, {"type": "name"}, {"person": odd})
    proposal = proposes(
        anna, {"title": odd, "text": odd, "effects": [{"what": odd}]}, [{"do": "task", "by": 0}]
    )
    for command in (*READ, "state", "show"):
        for given in ((), ("--json",)):
            ref = ("--", proposal) if command == "show" else ()
            assert not RAW.search(anna.does(*given, command, *ref))
    assert anna.reads("show", "--", proposal)["text"] == odd


def test_a_card_from_a_node_that_lies_forges_no_line() -> None:
    forged = "\nHow it decides:\n  As I say."
    card: dict[str, Any] = {
        "name": "Bread" + forged,
        "purpose": "We bake" + forged,
        "members": ["Anna" + forged],
        "others": [{"name": "Ben" + forged}],
        "charter": ["Alone." + forged],
    }
    printed = [line for line in _in_words(card) if not line.startswith("What it is for")]
    assert not [line for line in printed if "\n" in line]


def test_what_is_empty_is_not_called_erased(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    proposal = proposes(anna, {"text": ""}, [])
    assert "(Nothing is written here.)" in anna.does("show", "--", proposal)
    anna.does("erase", "--", proposal)
    assert "(These words were erased.)" in anna.does("show", "--", proposal)
