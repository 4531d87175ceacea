"""Everything that the program loads, loaded: what `forked` forks from.

The first command also reads what all others take; so one is given here, and its help goes nowhere.
Each page that is drawn for the first time is compiled; so all are here.
What is here stays for ever, so nobody who was forked has to look whether it can be thrown away.
"""

import gc
import io
from contextlib import redirect_stdout
from importlib import import_module

from goround.cli.main import run
from goround.web import drawing

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
for name in drawing.TEMPLATES.list_templates(["html"]):
    drawing.TEMPLATES.get_template(name)
gc.collect()
gc.freeze()
