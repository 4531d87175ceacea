"""Commands that the program names are printed as somebody has to type them."""

import sys
from pathlib import Path

import pytest

from goround.cli.main import run
from goround.cli.typed import beginning, typed
from tests.terminals import bakery


@pytest.mark.parametrize(
    ("home", "collective", "expected"),
    [
        (None, None, "goround"),
        (Path(".home"), None, "goround --home .home"),
        (Path("my home"), "a b", "goround --home 'my home' '--in=a b'"),
        (None, "-bcdefgh", "goround --in=-bcdefgh"),
    ],
)
def test_it_names_the_home_and_the_collective(
    home: Path | None, collective: str | None, expected: str
) -> None:
    assert beginning(home, collective) == expected


@pytest.mark.parametrize(
    ("started", "began"),
    [
        (".venv/bin/goround", ".venv/bin/goround"),
        ("/usr/lib/goround/__main__.py", "py -m goround"),
        ("/usr/bin/pytest", "goround"),
    ],
)
def test_it_names_the_program_as_it_was_started(
    monkeypatch: pytest.MonkeyPatch, started: str, began: str
) -> None:
    monkeypatch.setattr(sys, "argv", [started])
    monkeypatch.setattr(sys, "orig_argv", ["py", "-m", "goround"])
    assert beginning(None) == began


def test_a_program_that_is_found_by_its_name_is_called_by_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "goround"
    program.touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(program)])
    assert beginning(None) == str(program)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert beginning(None) == "goround"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Sync: goround sync URL (or goround serve).", "Sync: G sync URL (or G serve)."),
        ("A newer Goround wrote it.", "A newer Goround wrote it."),
        ("chown /var/lib/goround again", "chown /var/lib/goround again"),
        ("See goround --help", "See goround --help"),
    ],
)
def test_commands_in_a_sentence_are_changed_and_nothing_else(said: str, shown: str) -> None:
    assert typed(said, "G") == shown


def test_a_refusal_names_the_home_and_words_of_people_stay_as_they_are(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    number = anna.reads("propose", "We use goround sync", "--text", "and goround serve")["ref"]
    assert anna.typed("") not in anna.does("show", number)
    anna.does("away")
    assert anna.typed("back") in anna.fails("away")[1]


def test_a_home_that_nobody_named_is_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GOROUND_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run(["found", "Bread", "--as", "Anna"]) == 0
    assert "invite somebody: goround invite NAME" in capsys.readouterr().out
    monkeypatch.setenv("GOROUND_HOME", str(tmp_path / "other"))
    assert run(["found", "Bread", "--as", "Anna"]) == 0
    told = capsys.readouterr().out
    assert f"invite somebody: goround --home {tmp_path / 'other'} invite NAME" in told
