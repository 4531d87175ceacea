import time
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from goround.pages.difference import Piece, difference, shortened

TEXTS = st.text(st.sampled_from("ab \n.ö漢"), max_size=30)


def in_short(before: str, after: str) -> str:
    signs = {"gone": "-{}-", "new": "+{}+", "same": "{}", "skipped": "…"}
    return "".join(signs[piece.kind].format(piece.text) for piece in difference(before, after))


def test_what_changed_is_told_word_by_word() -> None:
    assert in_short("We buy one for 300.", "We buy one for 200.") == "We buy one for -300-+200+."
    assert (
        in_short("Anna carries it", "Anna and Ben carry it") == "Anna -carries-+and Ben carry+ it"
    )


def test_what_was_added_or_taken_away_is_told() -> None:
    assert in_short("", "New words") == "+New words+"
    assert in_short("Old words", "") == "-Old words-"
    assert in_short("one\n\ntwo", "one\n\nand a half\n\ntwo") == "one\n\n+and a half\n\n+two"


def test_what_stayed_is_not_told_as_changed() -> None:
    assert difference("the same", "the same") == [Piece("same", "the same")]
    assert difference("", "") == []


def test_writing_without_spaces_is_compared_letter_by_letter() -> None:
    assert in_short("我们买面包", "我们买面粉") == "我们买面-包-+粉+"


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_a_difference(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert all(piece.text for piece in pieces)


def test_a_giant_text_takes_no_more_than_a_moment() -> None:
    words = " ".join(f"word{n % 97} x{n}" for n in range(20_000))
    other = " ".join(f"word{n % 97} y{n}" for n in range(20_000))
    one_line, other_line = "a" * 250_000, "a b" * 80_000
    began = time.perf_counter()
    for before, after in product((words, one_line), (other, other_line)):
        assert difference(before, after)
    assert time.perf_counter() - began < 20


def test_a_long_text_is_compared_line_by_line() -> None:
    lines = [f"This is line {n} of a very long text." for n in range(400)]
    changed = [line.upper() for line in lines]
    pieces = difference("\n".join(lines), "\n".join(["Before", *lines]))
    assert pieces[0] == Piece("new", "Before\n")
    assert [piece.kind for piece in difference("\n".join(lines), "\n".join(changed))] == [
        "gone",
        "new",
    ]


def test_what_stayed_for_long_is_left_out() -> None:
    stays = " ".join(f"Sentence {n} stays as it was." for n in range(60))
    before = f"Start. {stays} End."
    pieces = shortened(difference(before, before.replace("Start", "Begin").replace("End", "Stop")))
    assert [piece.kind for piece in pieces] == [
        *("gone", "new", "same", "skipped", "same", "gone", "new", "same"),
    ]
    assert sum(len(piece.text) for piece in pieces) < 500
