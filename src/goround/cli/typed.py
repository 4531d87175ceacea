"""Commands as they have to be typed. Our sentences name one as `goround sync ADDRESS`; whoever
reads it may have started the program by a path, and may use a home that they named. So what a
sentence says becomes what does it, in this shell and for that home and no other."""

import re
import shlex
import shutil
import sys
from pathlib import Path

PROGRAM = "goround"
_NAMED = re.compile(rf"(?<![\w/.-]){PROGRAM} (?=[a-z])")


def beginning(home: Path | None, collective: str | None = None) -> str:
    """Return how each command begins; `home` is None for somebody who names none."""
    words = [*_program()]
    if home is not None:
        words += ["--home", str(home)]
    if collective:
        words.append(f"--in={collective}")  # in one word: an id may begin with a dash
    return shlex.join(words)


def typed(sentence: str, begin: str) -> str:
    """Return a sentence of ours with its commands as they are typed."""
    return _NAMED.sub(lambda _found: f"{begin} ", sentence)


def _program() -> list[str]:
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return [sys.orig_argv[0], "-m", PROGRAM]
    if started.name != PROGRAM or _is_found_by_name(started):
        return [PROGRAM]
    return [sys.argv[0]]


def _is_found_by_name(started: Path) -> bool:
    found = shutil.which(PROGRAM)
    return found is not None and started.exists() and started.samefile(found)
