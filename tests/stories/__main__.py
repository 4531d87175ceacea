"""Tell some stories by themselves: `python -m tests.stories blocks 'closing: More time'`.

Each argument is the beginning of `FILE: TITLE`. Ends with 3 where a story is not true. Those that
the product does not know how to do yet are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.stories.telling import scenes_in, tell

NOT_TRUE = 3


def main(wanted: list[str]) -> int:
    known = [s for path in sorted(Path(__file__).parent.glob("*.story")) for s in scenes_in(path)]
    told = [scene for scene in known if not scene.awaits]
    chosen = [scene for scene in told if f"{scene.file}: {scene.title}".startswith(tuple(wanted))]
    if not chosen:
        sys.stderr.write(f"no story is called {wanted}\n")
        return 2
    for scene in chosen:
        try:
            tell(scene)
        except AssertionError as error:
            sys.stdout.write(f"{scene.title}\n  {error}\n")
            return NOT_TRUE
    sys.stdout.write(f"{len(chosen)} told, and all of it is so\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [""]))
