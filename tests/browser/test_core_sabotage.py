"""Each way to break what a browser signs and keeps is noticed by the test that is named for it. The
sources are copied and broken there, and the test runs in a program of its own, with nodes that hand
out the copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.core_breaks import BREAKS
from tests.sabotage.breaks import Break

ROOT = Path(__file__).parents[2]
SCRIPTS = Path("goround", "web", "static", "js")
FAILED = 1


def _run(sources: Path, *checks: str) -> subprocess.CompletedProcess[str]:
    quiet = ("-q", "-x", "-p", "no:cacheprovider", "--tb=short")
    paths = os.pathsep.join([str(sources), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", "pytest", *quiet, *checks],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.mark.soak
@pytest.mark.parametrize("broken", BREAKS, ids=[broken.what for broken in BREAKS])
def test_it_is_noticed_when_we(broken: Break, tmp_path: Path) -> None:
    sources = shutil.copytree(ROOT / "src", tmp_path / "src")
    file = sources / SCRIPTS / broken.file
    whole = file.read_text("utf-8")
    file.write_text(whole.replace(broken.old, broken.new), "utf-8")
    result = _run(sources, broken.check)
    assert result.returncode == FAILED, result.stdout + result.stderr
    assert "SyntaxError" not in result.stdout


@pytest.mark.soak
def test_unbroken_sources_pass_every_check(tmp_path: Path) -> None:
    sources = shutil.copytree(ROOT / "src", tmp_path / "src")
    result = _run(sources, *dict.fromkeys(broken.check for broken in BREAKS))
    assert result.returncode == 0, result.stdout + result.stderr


def test_each_break_is_of_what_is_there() -> None:
    for broken in BREAKS:
        source = (ROOT / "src" / SCRIPTS / broken.file).read_text("utf-8")
        assert source.count(broken.old) == 1, broken.what
    assert len({broken.what for broken in BREAKS}) == len(BREAKS)
