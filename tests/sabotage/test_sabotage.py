"""Each way to break the program is noticed by the check that is named for it.

The sources are copied and broken there, and the check runs in a program of its own that imports the
copy. It has to say that something is not so: stumbling over broken sources is not noticing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sabotage.breaks import Break
from tests.sabotage.every import BREAKS

ROOT = Path(__file__).parents[2]
NOT_TRUE, FAILED = 3, 1
STUMBLED = ("NameError", "TypeError", "AttributeError", "ImportError", "SyntaxError", "KeyError")


def _run(sources: Path, *checks: str) -> subprocess.CompletedProcess[str]:
    """Run stories, or tests, against a copy of the sources."""
    told = not checks[0].startswith("tests/")
    quiet = ("-q", "-x", "-p", "no:cacheprovider", "--tb=short")
    pytest_itself = str(Path(sys.executable).with_name("pytest"))  # as it is typed: names are told
    command = (sys.executable, "-m", "tests.stories") if told else (pytest_itself, *quiet)
    paths = os.pathsep.join([str(sources), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*command, *checks],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )


def _copied(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "src", tmp_path / "src")


@pytest.mark.soak
@pytest.mark.parametrize("broken", BREAKS, ids=[broken.what for broken in BREAKS])
def test_it_is_noticed_when_we(broken: Break, tmp_path: Path) -> None:
    file = _copied(tmp_path) / "goround" / broken.file
    source = file.read_text("utf-8")
    file.write_text(source.replace(broken.old, broken.new), "utf-8")
    result = _run(tmp_path / "src", broken.check)
    assert result.returncode in (NOT_TRUE, FAILED), result.stdout + result.stderr
    assert not any(error in result.stdout for error in STUMBLED), result.stdout


@pytest.mark.soak
def test_unbroken_sources_pass_every_check(tmp_path: Path) -> None:
    sources = _copied(tmp_path)
    checks = list(dict.fromkeys(broken.check for broken in BREAKS))
    stories = [check for check in checks if not check.startswith("tests/")]
    for some in (stories, [check for check in checks if check not in stories]):
        result = _run(sources, *some)
        assert result.returncode == 0, result.stdout + result.stderr


def test_the_copy_is_what_runs(tmp_path: Path) -> None:
    file = _copied(tmp_path) / "goround" / "replay.py"
    file.write_text("raise SystemExit(77)\n", "utf-8")
    assert _run(tmp_path / "src", "blocks").returncode == 77


@pytest.mark.parametrize("broken", BREAKS, ids=[broken.what for broken in BREAKS])
def test_it_is_known_how_to(broken: Break) -> None:
    source = (ROOT / "src" / "goround" / broken.file).read_text("utf-8")
    assert source.count(broken.old) == 1, "the sources changed: say anew how to break this"


def test_no_two_breaks_have_one_name() -> None:
    assert len({broken.what for broken in BREAKS}) == len(BREAKS)
