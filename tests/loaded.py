"""Everything that the program loads, loaded: what `forked` forks from.

The first command also reads the type hints of all others; so one is given here, and its help goes
nowhere.
"""

import io
from contextlib import redirect_stdout
from importlib import import_module

from goround.cli.main import run

LATER = (
    "goround.node.trust",
    "goround.sync.http",
    "goround.web.app",
    "goround.web.metrics",
    "goround.web.running",
    "httpx2",
    "markdown_it",
    "nh3",
    "rich.console",
    "uvicorn.protocols.http.auto",
)
"""What commands load only when they need it."""

for name in LATER:
    import_module(name)
with redirect_stdout(io.StringIO()):
    run(["charter", "--help"])
