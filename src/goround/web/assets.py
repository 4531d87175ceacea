"""What pages are made of beside their markup: style sheets, modules, the sign. Their address names
what they hold, so a browser that has them never asks again, and after an upgrade it takes all of
them anew and never some. A page names every module that its first one stands on, because a browser
would otherwise find them one after the other."""

import re
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from importlib.resources.abc import Traversable
from posixpath import dirname, join, normpath

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_ROOT = files("goround.web") / "static"
_IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*?["'](\.{1,2}/[^"']+)["'];""", re.MULTILINE)
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
VERSION_LETTERS = 16


class _Static(StaticFiles):
    """Files whose kind is known here, whatever the machine believes of it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        kind = _TYPES.get(path.rpartition(".")[2])
        if kind and response.status_code == HTTPStatus.OK:
            response.headers["Content-Type"] = f"{kind}; charset=utf-8"
        if scope["root_path"].endswith(version()):
            response.headers.update(_FOR_GOOD)
        return response


def routes() -> list[Mount]:
    """Return where all of it is found, under the name of this version and under none."""
    given = _Static(packages=[("goround.web", "static")])
    return [Mount(f"/static/{version()}", given), Mount("/static", given)]


@cache
def version() -> str:
    """Return the name of everything that is there, which changes with any of it."""
    held = sha256()
    for path, file in _walk(_ROOT, ""):
        content = file.read_bytes()
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
