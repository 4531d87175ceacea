"""What the guide for the browser calls by its name stands so on the pages, and what it shows is
there, and small enough."""

import re
from pathlib import Path

import pytest

from goround.cli.main import run

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "using.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURES = DOCS / "pictures"
SMALL = 150_000
SAID = re.findall(r"\*\*([^*]+)\*\*", (GUIDE + README).replace("\n", " "))


def sentences() -> str:
    """Return everything that can stand on a page, as it stands in the code."""
    folders = (ROOT / "src" / "goround" / "web", ROOT / "src" / "goround" / "pages")
    kinds = (".html", ".js", ".py")
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in kinds]
    joined = "\n".join(file.read_text(encoding="utf-8") for file in sorted(files))
    return re.sub(r'"\s*\+?\s*"', "", joined)  # a long sentence is written in pieces


@pytest.fixture(scope="module")
def on_pages() -> str:
    return sentences()


@pytest.mark.parametrize("said", [said for said in sorted(set(SAID)) if said[0].isupper()])
def test_what_the_guide_calls_by_its_name_stands_so_on_the_pages(on_pages: str, said: str) -> None:
    pattern = re.escape(said).replace("…", r"\{\w+\}")
    assert said in EMPHASISED or re.search(pattern, on_pages), said


EMPHASISED = {"Whoever has the link can use it"}
"""What is bold because it is important."""


def test_every_picture_is_shown_and_small() -> None:
    shown = set(re.findall(r"\]\(pictures/([^)]+)\)", GUIDE))
    files = {file.name: file.stat().st_size for file in PICTURES.iterdir()}
    assert shown == set(files)
    assert all(size < SMALL for size in files.values()), files


def test_every_picture_is_told_in_words_too() -> None:
    assert all(len(told) > 20 for told in re.findall(r"!\[([^\]]*)\]", GUIDE))


@pytest.mark.parametrize("line", re.findall(r"^    \.venv/bin/goround (.+)$", GUIDE, re.MULTILINE))
def test_a_command_of_the_guide_is_one(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*line.split(), "--help"]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in line.split() if word.startswith("--") and word != "--home")


def test_make_run_is_what_the_makefile_has() -> None:
    assert "    make run " in GUIDE
    assert "\nrun: " in (ROOT / "Makefile").read_text(encoding="utf-8")
