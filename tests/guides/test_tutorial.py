import shutil
import sys
from pathlib import Path

import pytest

from tests.guides.console import USUAL_PORT, Forks, commands, follow, matches

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
TUTORIAL = ROOT / "docs" / "tutorial.md"


def test_whoever_follows_the_tutorial_sees_what_it_shows(tmp_path: Path) -> None:
    pipes, folder = tmp_path / "pipes", tmp_path / "folder"
    pipes.mkdir()
    folder.mkdir()
    follow(TUTORIAL.read_text(encoding="utf-8"), folder, Forks(pipes))


@pytest.mark.timeout(300)
def test_whoever_follows_the_readme_comes_to_a_decision_between_two(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    installed = tmp_path / ".venv" / "bin"
    installed.mkdir(parents=True)
    shutil.copy(Path(sys.executable).with_name("goround"), installed)
    follow(text.replace("8421", USUAL_PORT), tmp_path)
    typed = [command.typed for command in commands(text)]
    assert ("sync" in typed[-2], "proposals" in typed[-1]) == (True, True)


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
