from pathlib import Path

import pytest

from tests.guides.console import Shell, commands, matches

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"


@pytest.mark.timeout(900)
def test_whoever_follows_the_tutorial_sees_what_it_shows(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    try:
        for command in commands(TUTORIAL.read_text(encoding="utf-8")):
            number, printed = shell.types(command)
            where = f"line {command.line}: {command.typed}\n{printed}"
            assert (number != 0) == (command.manner == "refused"), where
            assert matches(command.shown, printed), where
    finally:
        shell.close()


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
