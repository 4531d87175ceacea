"""What is given to people: a wheel and the sources, built once per run out of a copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TAKEN = ("src", "tests", "docs", "tools", "deploy", "bench")
FILES = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-pip.lock")
LEFT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
CATALOGUE = Path("src/goround/locale/xx/LC_MESSAGES/goround.mo")
"""A catalogue that a translator made; there is none yet, and one must not be left out."""


class Built(NamedTuple):
    """The two files, and the sources that they were built from."""

    wheel: Path
    sources: Path
    tree: Path


def build(folder: Path) -> Built:
    """Build both, as whoever publishes them does."""
    tree = folder / "tree"
    for name in TAKEN:
        shutil.copytree(ROOT / name, tree / name, ignore=LEFT)
    for name in (*FILES, *LOCKS):
        shutil.copy(ROOT / name, tree)
    shutil.copy(ROOT / ".gitignore", tree)
    (tree / CATALOGUE).parent.mkdir(parents=True)
    (tree / CATALOGUE).write_bytes(b"\xde\x12\x04\x95")
    run(sys.executable, "-m", "hatchling", "build", "-d", str(folder), at=tree)
    (wheel,) = folder.glob("*.whl")
    (sources,) = folder.glob("*.tar.gz")
    return Built(wheel, sources, tree)


def run(*words: str, at: Path | None = None) -> str:
    """Run a program that works, and give what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        words, cwd=at, env=kept, capture_output=True, text=True, timeout=170, check=False
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout
