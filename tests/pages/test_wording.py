import json

import pytest

from goround.pages.wording import escaped, lines_of, one_line

LINE_BREAKS = ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]
UNSEEN = ["\x00", "\x1b", "\x7f", "\x9b", "\u200b", "\u202e", "\u2066", "\ufeff", "\U000e0041"]


@pytest.mark.parametrize("sign", LINE_BREAKS)
def test_what_belongs_on_one_line_stays_on_one(sign: str) -> None:
    assert one_line(f"Ben{sign}Anna leaves.") == "Ben Anna leaves."


@pytest.mark.parametrize("sign", LINE_BREAKS)
def test_every_line_break_is_known_as_one(sign: str) -> None:
    assert lines_of(f"one{sign}two") == ["one", "two"]


@pytest.mark.parametrize("sign", UNSEEN)
def test_signs_that_nobody_sees_are_taken_out(sign: str) -> None:
    assert one_line(f"Be{sign}n") == "Ben"
    assert lines_of(f"Be{sign}n") == ["Ben"]


def test_a_tab_or_many_spaces_cannot_push_words_aside() -> None:
    assert one_line("  Ben\t" + " " * 90 + "Positions:") == "Ben Positions:"


def test_three_dots_stand_for_what_is_too_long() -> None:
    assert one_line("x" * 300, 200) == "x" * 199 + "…"
    assert one_line("x" * 200, 200) == "x" * 200


def test_joiners_stay_in_texts_for_the_languages_that_need_them() -> None:
    assert lines_of("می\u200cخواهم") == ["می\u200cخواهم"]


@pytest.mark.parametrize("sign", [*UNSEEN[2:], "\u200d", "\u2028"])
def test_json_says_the_same_without_showing_an_invisible_sign(sign: str) -> None:
    written = escaped(json.dumps([f"a{sign}b"], ensure_ascii=False))
    assert sign not in written
    assert json.loads(written) == [f"a{sign}b"]


def test_half_of_a_letter_can_be_written_in_json() -> None:
    assert escaped(json.dumps(["\ud800"], ensure_ascii=False)) == '["\\ud800"]'
