"""The floor of a page: Starlette and Jinja alone, run by uvicorn with the settings of a node.

`python -m bench.bare_page BYTES` serves one page of about so many bytes at /, in the same layout
as ours: a frame with a head and links, and rows with a title, a line and an address each, escaped
as what people write has to be. It looks up a session in a dictionary, reads nothing and judges
nothing.
"""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import uvicorn
from jinja2 import DictLoader, Environment
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

SESSION = "a-session-of-somebody"
FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="/static/style.css"><script type="module" src="/page.js"></script>
</head><body><header><a href="/">{{ name }}</a></header>
<nav>{% for place in places %}<a href="/{{ place }}">{{ place }}</a>{% endfor %}</nav>
<main>{% block main %}{% endblock %}</main></body></html>
"""
PAGE = """{% extends "frame.html" %}
{% block title %}{{ name }}{% endblock %}
{% block main %}<h1>{{ name }}</h1>
<ul class="list">
{% for row in rows %}
<li><p><a href="/things/{{ row.id }}">{{ row.title }}</a></p>
<p class="quiet">{{ row.text }}</p></li>
{% endfor %}
</ul>
{% endblock %}
"""
PLACES = ("round", "proposals", "agreements", "tasks", "members")
TEXT = "We have talked about this for some weeks & it seems to us that it is worth trying. "


def app(size: int) -> Starlette:
    """Make the application whose page has about so many bytes."""
    loader = DictLoader({"frame.html": FRAME, "page.html": PAGE})
    templates = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    people = {SESSION: "Anna"}

    def draw(rows: int) -> str:
        known = [{"id": f"{n:043}", "title": f"Number {n}", "text": TEXT} for n in range(rows)]
        values = {"name": "Bread", "places": PLACES, "rows": known}
        return templates.get_template("page.html").render(values)

    many = next(n for n in range(1, 100_000) if len(draw(n)) >= size)

    async def page(request: Request) -> HTMLResponse:
        if request.cookies.get("session") not in people:
            return HTMLResponse("", 401)
        return HTMLResponse(draw(many))

    return Starlette(routes=[Route("/", page)])


def main() -> None:
    size = int(sys.argv[1])
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            app(size),
            http="h11",
            ws="none",
            access_log=False,
            log_level="error",
            server_header=False,
        )
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
