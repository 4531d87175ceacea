"""What people install holds everything, and nothing else is needed for it to run."""

import re
import shutil
import sys
import sysconfig
import tarfile
import zipfile
from importlib.metadata import Distribution
from importlib.util import cache_from_source
from pathlib import Path

import httpx2
import pytest

from tests.supply.building import LOCKS, ROOT, Built, build, run
from tests.web.hosted import hosted
from tools.licences import needed

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("supply"))


def kept_in(tree: Path) -> set[str]:
    """Name every file of the package."""
    return {
        str(path.relative_to(tree / "src"))
        for path in (tree / "src" / "goround").rglob("*")
        if path.is_file()
    }


def test_the_wheel_holds_every_file_of_the_package_and_no_other(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == kept_in(built.tree)
    endings = {name.rpartition(".")[2] for name in held}
    assert {"py", "html", "css", "js", "svg", "json", "mo", "typed"} <= endings


def test_the_wheel_says_what_it_is_and_under_which_licence(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        (named,) = [name for name in wheel.namelist() if name.endswith("/METADATA")]
        told = wheel.read(named).decode()
        assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())
    assert "License-Expression: AGPL-3.0-or-later\n" in told
    assert "Requires-Python: >=3.11\n" in told


def test_the_sources_hold_what_it_takes_to_build_and_to_test(built: Built) -> None:
    with tarfile.open(built.sources) as sources:
        held = {name.partition("/")[2] for name in sources.getnames()}
    kept = {f"src/{name}" for name in kept_in(built.tree)}
    assert kept <= held
    needs = {"pyproject.toml", "Makefile", "LICENSE", "tools/check", "tests/terminals.py"}
    assert {*needs, *LOCKS, "docs/hosting.md", "deploy/goround.service"} <= held


def test_a_wheel_built_from_the_sources_holds_the_same(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sources) as sources:
        sources.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), at=tree)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as again, zipfile.ZipFile(built.wheel) as first:
        assert sorted(again.namelist()) == sorted(first.namelist())


# ------------------------------------------------------------------------------------- installing


@pytest.mark.timeout(600)
def test_it_runs_where_only_what_it_says_it_needs_is_installed(
    built: Built, tmp_path: Path
) -> None:
    python = emptied(tmp_path / "env")
    for library, _came_with in needed().values():
        put(library, python)
    run(*PIP, str(python), "install", "--no-index", "--no-compile", str(built.wheel))
    run(*PIP, str(python), "check")
    lives(python.with_name("goround"), tmp_path / "home")


@pytest.mark.soak
def test_it_runs_where_it_was_installed_from_the_lock(built: Built, tmp_path: Path) -> None:
    python = emptied(tmp_path / "env")
    run(*PIP, str(python), "install", "--require-hashes", "-r", str(ROOT / "requirements.lock"))
    run(*PIP, str(python), "install", "--no-index", str(built.wheel))
    lives(python.with_name("goround"), tmp_path / "home")


def emptied(folder: Path) -> Path:
    """Make an environment in which nothing is installed, not even what installs; its Python."""
    run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    return folder / "bin" / "python"


def put(library: Distribution, python: Path) -> None:
    """Put a library that was installed from the lock into another environment, file by file, with
    what was compiled of it already."""
    there = sysconfig.get_path("purelib", vars={"base": str(python.parents[1])})
    for file in library.files or ():
        source, target = Path(str(library.locate_file(file))), Path(there, file)
        if ".." not in file.parts and source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
            compiled = Path(cache_from_source(str(source)))
            if source.suffix == ".py" and compiled.is_file():
                kept = Path(cache_from_source(str(target)))
                kept.parent.mkdir(exist_ok=True)
                shutil.copy2(compiled, kept)


def lives(goround: Path, home: Path) -> None:
    """Found a collective, serve it, and ask for a page."""
    assert "Decide together, as equals." in run(str(goround), "--help")
    run(str(goround), "--home", str(home), "found", "Bread", "--as", "Anna")
    with hosted(home, "--metrics", "0", program=[str(goround)]) as node:
        with httpx2.Client(base_url=node.address) as client:
            page = client.get("/").text
            (sheet,) = re.findall(r'href="(/static/[^"]+\.css)"', page)[:1]
            assert client.get("/healthz").json() == {"status": "ok"}
            assert client.get(sheet).headers["content-type"].startswith("text/css")
        assert node.stops() == 0
        assert node.log.read_bytes() == b""
