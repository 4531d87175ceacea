"""Everything that the program loads, loaded: what `forked` forks from.

The first command also reads the type hints of all others; so one is given here, and its help goes
nowhere.
"""

import io
from contextlib import redirect_stdout

import goround.web.app  # noqa: F401 - for nodes
from goround.cli.main import run

with redirect_stdout(io.StringIO()):
    run(["charter", "--help"])
