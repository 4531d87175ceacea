from pathlib import Path

import pytest

from tests.guides.console import follow, matches

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"


@pytest.mark.timeout(900)
def test_whoever_follows_the_tutorial_sees_what_it_shows(tmp_path: Path) -> None:
    follow(TUTORIAL.read_text(encoding="utf-8"), tmp_path)


@pytest.mark.parametrize(
    ("shown", "printed", "holds"),
    [
        ([], "anything\n", True),
        (["It is …."], "It is so.\n", True),
        (["one", "…", "four"], "one\ntwo\nthree\nfour\n", True),
        (["one", "…"], "one\n", True),
        (["one"], "one\ntwo\n", False),
        (["It is."], "It isn't\n", False),
    ],
)
def test_three_dots_stand_for_any_words_or_lines(
    shown: list[str], printed: str, *, holds: bool
) -> None:
    assert matches(shown, printed) == holds
