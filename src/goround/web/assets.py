"""What pages are made of beside their markup: style sheets, modules, the sign. Their address names
what they hold, so a browser that has them never asks again, and after an upgrade it takes all of
them anew and never some. A page names every module that its first one stands on, because a browser
would otherwise find them one after the other. A worker that stands between pages and network is
sent from the root, because it answers for all of it; before it stands what it has to hold."""

import gzip
import json
import re
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from importlib.resources.abc import Traversable
from posixpath import dirname, join, normpath

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from goround.sentences import _

_ROOT = files("goround.web") / "static"
_IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*?["'](\.{1,2}/[^"']+)["'];""", re.MULTILINE)
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_COMMENT = re.compile(
    rb"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE
)
"""A comment on lines of its own. Ours explain a lot, which is for who reads the source."""
_LOOKS = ("goround.css", "print.css", "round.svg")
_FOR_GOOD = {
    "Cache-Control": "max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}
VERSION_LETTERS = 16
WORKER = "/worker.js"
AWAY = "/away"
"""The page that a browser shows where nobody answers; the worker keeps it."""


class _Source(StaticFiles):
    """Files as they are written, of a kind that is known here, whatever the machine believes."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == HTTPStatus.OK:
            response.headers["Content-Type"] = _kind(path)
        return response


def routes() -> list[BaseRoute]:
    """Return where all of it is found: under the name of this version, and as it is written."""
    return [
        Mount(f"/static/{version()}", routes=[Route("/{path:path}", _given)]),
        Mount("/static", _Source(packages=[("goround.web", "static")])),
        Route(WORKER, _worker),
        Route("/manifest.webmanifest", _manifest),
    ]


async def _worker(request: Request) -> Response:
    """Give the worker of this version; a browser asks with each page whether there is another."""
    headers = {"ETag": f'"{version()}"', "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    held = {"version": version(), "files": [asset(path) for path in _held()], "away": AWAY}
    content = f"self.HELD = {json.dumps(held)};\n".encode() + _content("worker.js")
    return Response(content, headers=headers, media_type=_kind("worker.js"))


def _held() -> list[str]:
    """Name what pages need to be read without a network."""
    return [path for path in _files() if path.startswith("js/") or path in _LOOKS]


async def _manifest(_request: Request) -> Response:
    """Say to a browser how this is put among the programs of a device."""
    icons = [
        {"src": asset("round.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": asset("icons/192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": asset("icons/512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": asset("icons/masked.png"), "sizes": "512x512", "type": "image/png"}
        | {"purpose": "maskable"},
    ]
    said = {"id": "/", "start_url": "/", "scope": "/", "display": "standalone", "icons": icons}
    named = {"name": "Goround", "description": _("Decide together, as equals"), "lang": "en"}
    colours = {"background_color": "#f2f1ee", "theme_color": "#f2f1ee"}
    content = json.dumps(named | said | colours).encode()
    return Response(content, media_type="application/manifest+json")


async def _given(request: Request) -> Response:
    path: str = request.path_params["path"]
    if path not in _files():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    packs = "gzip" in request.headers.get("accept-encoding", "")
    headers = _FOR_GOOD | ({"Content-Encoding": "gzip"} if packs else {})
    content = _packed(path) if packs else _content(path)
    return Response(content, headers=headers | {"Content-Type": _kind(path)})


def _kind(path: str) -> str:
    """Return what a file is; a script is read as UTF-8 by itself, and one page has a hundred."""
    return _TYPES.get(path.rpartition(".")[2], "application/octet-stream")


@cache
def _files() -> dict[str, Traversable]:
    return dict(_walk(_ROOT, ""))


@cache
def _content(path: str) -> bytes:
    """Return what a browser needs of a file: of a module, what runs."""
    written = _files()[path].read_bytes()
    return _COMMENT.sub(b"", written) if path.endswith(".js") else written


@cache
def _packed(path: str) -> bytes:
    return gzip.compress(_content(path), mtime=0)


@cache
def version() -> str:
    """Return the name of everything that is there, which changes with any of it."""
    held = sha256()
    for path, file in _files().items():
        content = file.read_bytes()
        held.update(f"{path} {len(content)}\n".encode() + content)
    return held.hexdigest()[:VERSION_LETTERS]


@cache
def program() -> str:
    """Return the name of the modules that run, as a browser works it out from what it was given."""
    held = sha256()
    for path in _held():
        if path.endswith(".js"):
            content = _content(path)
            held.update(f"{path} {len(content)}\n".encode() + content)
    return held.hexdigest()[:VERSION_LETTERS]


def _walk(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        at = join(path, entry.name)
        found += _walk(entry, at) if entry.is_dir() else [(at, entry)]
    return found


def asset(path: str) -> str:
    """Return the address of a file that pages are made of."""
    return f"/static/{version()}/{path}"


@cache
def script(name: str) -> Markup:
    """Return what brings a module into a page, and with it what it stands on."""
    first = f"js/{name}.js"
    preloads = [
        Markup('<link rel="modulepreload" href="%s">') % asset(module)
        for module in modules(first)
        if module != first
    ]
    begins = Markup('<script type="module" src="%s"></script>') % asset(first)
    return Markup("\n").join([begins, *preloads])


@cache
def modules(first: str) -> tuple[str, ...]:
    """Return a module and all that it imports, directly or not."""
    found: dict[str, None] = {}
    waiting = [first]
    while waiting:
        module = waiting.pop()
        if module in found:
            continue
        found[module] = None
        source = (_ROOT / module).read_text("utf-8")
        waiting += [normpath(join(dirname(module), to)) for to in _IMPORT.findall(source)]
    return tuple(found)
