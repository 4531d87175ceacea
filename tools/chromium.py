"""Sees to it that there is a Chromium in which the pages are tested: where the one without a window
is missing, and root on Debian runs this, it is installed. Else another one that is here is as good,
though slower; where there is none, one sentence says what to do, and the tests that need it are
skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.browser.chromium import WINDOWLESS, NoChromium, find_chromium, is_ubuntu

PATIENCE = 600
"""Seconds for all of it; a mirror that is slower than that is no mirror."""
QUIETLY = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def main() -> None:
    if can_install() and shutil.which(WINDOWLESS) is None:
        install()
    try:
        find_chromium()
    except NoChromium as missing:
        print(f"goround: {missing}", file=sys.stderr)


def can_install() -> bool:
    """Tell whether the package is one, and this is somebody who may install it."""
    is_asked = "CHROMIUM" not in os.environ and not is_ubuntu()
    return is_asked and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    """Install Debian's Chromium without a window, as far as that goes."""
    print(f"goround: installing {WINDOWLESS}, in which the pages are tested")
    steps = (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", WINDOWLESS])
    all(runs("apt-get", *step) for step in steps)


def runs(*words: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - the words stand above
            words, stdout=subprocess.DEVNULL, env=QUIETLY, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    main()
