"""Fetches the servers that stand in front of a node, so that what docs/hosting.md shows is tried
with them: Debian's packages of nginx and Caddy are unpacked beside the tests, and nothing is
installed. Where that does not go, a sentence says so, and the tests that need them are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".venv" / "proxies"
PROGRAMS = {"nginx": "usr/sbin/nginx", "caddy": "usr/bin/caddy"}
PATIENCE = 300
"""Seconds for each step; a mirror that is slower than that is no mirror."""


def main() -> None:
    missing = [name for name in PROGRAMS if find(name) is None]
    if missing and not fetch(missing):
        print(f"goround: {lacking(*missing)}", file=sys.stderr)


def lacking(*names: str) -> str:
    """Say what is not here, and what helps."""
    wanted = " ".join(names)
    return (
        "there is nothing here to try the examples for whoever hosts with: "
        f"run 'sudo apt-get install {wanted}', then make again."
    )


def find(name: str) -> Path | None:
    """Return where a server is: as it was fetched, or as this machine has it."""
    fetched = KEPT / PROGRAMS[name]
    if fetched.is_file():
        return fetched
    installed = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return Path(installed) if installed else None


def fetch(names: list[str]) -> bool:
    """Fetch and unpack packages; tell whether that worked."""
    if not all(shutil.which(tool) for tool in ("apt-get", "dpkg-deb")):
        return False
    print(f"goround: fetching {' and '.join(names)}, with which the examples are tried")
    KEPT.mkdir(parents=True, exist_ok=True)
    asked = ("apt-get", "download", "-qq", *names)
    is_fetched = runs(*asked) or (
        os.geteuid() == 0 and runs("apt-get", "update", "-qq") and runs(*asked)
    )
    return is_fetched and all(
        runs("dpkg-deb", "--extract", str(package), str(KEPT)) for package in KEPT.glob("*.deb")
    )


def runs(*words: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - the words stand above
            words,
            cwd=KEPT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    main()
