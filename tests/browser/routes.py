"""Every address of the router that draws a page, and where in a full collective it leads. A new
address is found here by itself; one with a new kind of place in it fails until somebody says what
stands there."""

import re
from itertools import product
from pathlib import Path

from starlette.routing import Route

from goround.node.home import Home
from goround.web.app import make_app
from tests.browser.full import Full

FOR_MACHINES = {
    "/healthz",
    "/manifest.webmanifest",
    "/openapi.json",
    "/worker.js",
    "/c/{collective}/card",
    "/c/{collective}/feed",
    "/c/{collective}/live",
    "/c/{collective}/state",
}
"""Addresses that are read, and draw no page."""
ASKED = {
    "/c/{collective}/proposals": ("?q=flour", "?state=decided", "?q=nothing+of+that+name"),
    "/c/{collective}/proposals/new": (
        "?kind=everyday",
        "?kind=agreement",
        "?kind=end",
        "?kind=money",
    ),
    "/c/{collective}/proposals/{proposal}/version": ("?suggest=1",),
}
"""What else can be asked of an address."""

OPEN = {"open", "charter"}
"""Proposals of which the pages behind their own are looked at."""


def templates(home: Path) -> list[str]:
    """Name every address that draws a page."""
    routes = make_app(Home(home), "http://127.0.0.1:8420").routes
    read = [route.path for route in routes if isinstance(route, Route) and _is_read(route)]
    return sorted(set(read) - FOR_MACHINES)


def _is_read(route: Route) -> bool:
    return "GET" in (route.methods or ())


def addresses(template: str, full: Full) -> list[str]:
    """Return where an address leads: once for each thing of its kind."""
    pattern = re.sub(r":\w+}", "}", template)
    places = re.findall(r"{(\w+)}", pattern)
    return [
        pattern.format(**dict(zip(places, found, strict=True))) + asked
        for found in product(*(there(place, full, template) for place in places))
        for asked in ("", *ASKED.get(template, ()))
    ]


def there(place: str, full: Full, template: str) -> list[str]:
    """Return what can stand in one place of an address."""
    shown = full.proposals if template.endswith("{proposal}") else OPEN & full.proposals.keys()
    known: dict[str, list[str]] = {
        "collective": [full.collective],
        "proposal": [full.proposals[name] for name in shown],
        "member": list(full.members.values()),
        "device": [full.key.public],
        "event": [full.collective, *full.proposals.values()][:2],
    }
    return known[place]
