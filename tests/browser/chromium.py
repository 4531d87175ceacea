"""Which Chromium the tests drive, and how it is started: Debian's, or whatever CHROMIUM names. It
reaches nothing but this machine, and asks nobody for updates. The one without a window comes first:
it is the same engine, and takes two thirds of the time. Where there is none, one sentence says what
to do; it is for people, and stands in whatever was skipped for want of a browser."""

import os
import shutil
from pathlib import Path

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-first-run",
    *(["--no-sandbox"] if ROOT else []),
]
WINDOWLESS = "chromium-headless-shell"
NAMES = (WINDOWLESS, "chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
MISSING = (
    f"There is no Chromium here to test the pages in: run 'sudo apt-get install {WINDOWLESS}', "
    "or name another one with CHROMIUM=/path/to/it."
)
ON_UBUNTU = (
    "Ubuntu's chromium package only fetches a snap, which tests cannot drive: run "
    "'.venv/bin/playwright install --with-deps chromium', or name a Chromium or Chrome of another "
    "kind with CHROMIUM=/path/to/it."
)
NAMED = "There is no program at {path}, which CHROMIUM names: name a Chromium, or take that away."
RELEASE = Path("/etc/os-release")


class NoChromium(Exception):  # noqa: N818 - it is no error to have none
    """Says in one sentence what to do."""


def find_chromium() -> str:
    """Return the path of a Chromium that can be driven, or raise NoChromium."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else [*NAMES, *fetched()]
    found = [path for name in names if (path := shutil.which(name))]
    if named and not found:
        raise NoChromium(NAMED.format(path=named))
    usable = [path for path in found if not is_stub(Path(path))]
    if not usable:
        raise NoChromium(ON_UBUNTU if found or is_ubuntu() else MISSING)
    return usable[0]


def fetched() -> list[str]:
    """Name what Playwright has fetched itself, newest first."""
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    return sorted(map(str, Path(folder).glob("chromium-*/chrome-linux*/chrome")), reverse=True)


def is_stub(program: Path) -> bool:
    """Tell whether a program only hands over to a snap."""
    if "/snap/" in str(program) or "/snap/" in str(program.resolve()):
        return True
    with program.open("rb") as file:
        opening = file.read(4096)
    return opening.startswith(b"#!") and b"snap" in opening


def is_ubuntu(release: Path = RELEASE) -> bool:
    """Tell whether this is Ubuntu, or made from it."""
    lines = release.read_text("utf-8").splitlines() if release.exists() else []
    said = [line.partition("=")[2] for line in lines if line.startswith(("ID=", "ID_LIKE="))]
    return any("ubuntu" in value for value in said)
