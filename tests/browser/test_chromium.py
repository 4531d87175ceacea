"""Which browser the tests drive, and what is said where there is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.chromium import MISSING, ON_UBUNTU, NoChromium, find_chromium, is_ubuntu

WATCHING = Path(__file__).with_name("test_watching.py")


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a machine on which nothing is installed but what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "is_ubuntu", lambda: False)
    return tmp_path


def program(folder: Path, name: str, text: str = "#!/bin/sh\n") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


def said() -> str:
    with pytest.raises(NoChromium) as told:
        find_chromium()
    return str(told.value)


def test_without_a_chromium_one_sentence_names_the_command(bare: Path) -> None:
    assert said() == MISSING
    assert "apt-get install chromium-headless-shell" in MISSING


def test_the_stub_of_ubuntu_is_no_chromium(bare: Path) -> None:
    program(bare, "chromium-browser", '#!/bin/sh\nexec /snap/bin/chromium "$@"\n')
    assert said() == ON_UBUNTU


def test_on_ubuntu_nobody_is_sent_to_its_package(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "is_ubuntu", lambda: True)
    assert said() == ON_UBUNTU
    assert "apt-get" not in ON_UBUNTU


def test_the_one_without_a_window_is_taken_first(bare: Path) -> None:
    program(bare, "chromium")
    quick = program(bare, "chromium-headless-shell")
    assert find_chromium() == str(quick)


def test_what_playwright_fetched_is_used_where_nothing_else_is(bare: Path) -> None:
    mine = program(bare, "chromium-1200/chrome-linux/chrome")
    assert find_chromium() == str(mine)


def test_another_chromium_can_be_named(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium")
    mine = program(bare, "elsewhere/mine")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert find_chromium() == str(mine)


def test_a_name_that_leads_nowhere_is_told(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium")
    monkeypatch.setenv("CHROMIUM", str(bare / "gone"))
    assert said().startswith(f"There is no program at {bare / 'gone'}")


@pytest.mark.parametrize(("ci", "number", "outcome"), [("true", 1, "error"), ("", 0, "skipped")])
def test_without_a_chromium_tests_are_skipped_but_not_where_everything_must_run(
    ci: str, number: int, outcome: str
) -> None:
    line = [sys.executable, "-m", "pytest", "-q", "-rs", "-k", "storage", str(WATCHING)]
    named = {**os.environ, "CHROMIUM": "/nowhere/chromium", "CI": ci}
    done = subprocess.run(line, env=named, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == number, done.stdout
    assert f"1 {outcome}" in done.stdout
    assert "There is no program at /nowhere/chromium" in done.stdout


@pytest.mark.parametrize(
    ("release", "is_it"),
    [
        ("ID=ubuntu\nID_LIKE=debian\n", True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ("ID=debian\n", False),
        ("", False),
    ],
)
def test_ubuntu_is_recognised(tmp_path: Path, release: str, *, is_it: bool) -> None:
    file = tmp_path / "os-release"
    file.write_text(release, encoding="utf-8")
    assert is_ubuntu(file) == is_it
    assert not is_ubuntu(tmp_path / "missing")


def test_nobody_but_root_gives_up_the_sandbox() -> None:
    assert ("--no-sandbox" in chromium.FLAGS) == (os.geteuid() == 0)
