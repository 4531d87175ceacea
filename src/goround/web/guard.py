"""What holds for every request before anything looks at it, and for every response: how much one
address may ask, that localhost is not the address keys belong to, what a browser is told not to do,
that no other site's page asks in somebody's name, and that no fault shows its insides. Rules H12,
H14, H15 and H18 of docs/protocol.md."""

import asyncio
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goround.sentences import _
from goround.web.assets import version
from goround.web.journal import note_fault
from goround.web.limits import REFUSED_COSTS, Bounds, Rates, network_of
from goround.web.problems import FAULT, said, too_fast
from goround.web.sessions import SAFE

Raw = list[tuple[bytes, bytes]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; "
        "style-src 'self'; img-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
SIGN = "Goround"
"""By this a browser knows that a node answers, and not whoever has its address now (H24)."""
FOR_FILES = {"X-Content-Type-Options": "nosniff"}
"""What a sheet or a module is sent with, and what is said of what was handed over: no window shows
it, and each byte counts many times."""
FOR_DOCUMENTS = {"Content-Security-Policy": "default-src 'self'"} | FOR_FILES
"""What is sent with a file that a browser makes something of by itself: a worker, a drawing."""
_DOCUMENTS = ("/tending.js", ".svg")
SEARCHED = ("/proposals", "/history")
"""What ends like one of these has a form that looks for something, also without a script. No other
page may send a form by itself: what people write would stand in an address."""
_FOR_TLS = {"Strict-Transport-Security": "max-age=31536000"}
_REFUSALS = {400, 403, 408, 413, 415}
_UNCOUNTED = ("/healthz", "/static/")
"""What costs next to nothing, and what one page needs many of."""


class Guard:
    """Wraps the node's pages and addresses."""

    def __init__(self, app: ASGIApp, origin: str, bounds: Bounds) -> None:
        self._app = app
        self._origin = origin
        self._rates = Rates(bounds.by_address)
        self._waits = bounds.too_fast_waits
        told = HEADERS | {SIGN: version()}
        self._headers = _encoded(told | (_FOR_TLS if origin.startswith("https://") else {}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = _FILE if scope["method"] == "POST" else self._headers
        sending = _Sending(send, scope["path"], headers, self._waits)
        early = self._early(scope)
        try:
            await (early or self._app)(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - nobody is shown a traceback
            note_fault(error)
            if not sending.status:
                await said(500, "fault", FAULT, {})(scope, receive, sending)
        if early is None and sending.status in _REFUSALS:  # a page elsewhere costs nobody here
            self._rates.take(_who(scope), REFUSED_COSTS)

    def _early(self, scope: Scope) -> Response | None:
        if scope["path"].startswith(_UNCOUNTED):
            return None
        who = _who(scope)
        wait = self._rates.wait(who)
        if wait:
            denied = too_fast(wait)
            return said(denied.status, denied.reason, str(denied), denied.headers)
        self._rates.take(who)
        told = _Told(scope)
        return self._elsewhere(scope, told) or self._crossing(told)

    def _crossing(self, told: "_Told") -> Response | None:
        """Refuse what the page of another site asks of us in somebody's browser (H18)."""
        is_ours = told.method in SAFE or told.get(b"origin", self._origin) == self._origin
        site = told.get(b"sec-fetch-site", "none")
        if is_ours and (site in ("same-origin", "none") or told.is_followed_link):
            return None
        return said(403, "cross-site", _("Another site's page asked this; it is not done."), {})

    def _elsewhere(self, scope: Scope, told: "_Told") -> Response | None:
        """Send whoever came to localhost to where this node's keys belong."""
        if told.get(b"host", "").rsplit(":", 1)[0].lower() != "localhost":
            return None
        url = Request(scope).url
        raw = scope.get("raw_path") or url.path.encode()
        query = f"?{url.query}" if url.query else ""
        return RedirectResponse(f"{self._origin}{raw.decode('ascii')}{query}", 307)


class _Told:
    """What a request says about itself; of several headers of one name, the first counts."""

    def __init__(self, scope: Scope) -> None:
        self.method: str = scope["method"]
        self._headers = dict(reversed(scope["headers"]))

    def get(self, name: bytes, unsaid: str) -> str:
        said_so: bytes | None = self._headers.get(name)
        return unsaid if said_so is None else said_so.decode("latin-1")

    @property
    def is_followed_link(self) -> bool:
        """Tell whether somebody goes to a page from another site, in a window of its own."""
        return (
            self.method in SAFE
            and self.get(b"sec-fetch-mode", "") == "navigate"
            and self.get(b"sec-fetch-dest", "") == "document"
        )


def _who(scope: Scope) -> str:
    client = scope.get("client")
    return network_of(client[0]) if client else ""


def _encoded(headers: Mapping[str, str]) -> Raw:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


class _Sending:
    """Adds the headers to a response, and remembers that it began.

    That somebody asks too much is said after a while, so that asking on brings little.
    """

    def __init__(self, send: Send, path: str, headers: Raw, waits: float) -> None:
        self._send = send
        self._path = path
        self._headers = headers
        self._waits = waits
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self.status == HTTPStatus.TOO_MANY_REQUESTS:
                await asyncio.sleep(self._waits)
            message["headers"] = self._with_ours(message["headers"])
        await self._send(message)

    def _with_ours(self, theirs: Iterable[tuple[bytes, bytes]]) -> Raw:
        ours, kept = self._ours(), _IF_STATIC if self._is_static else _OTHERWISE
        names = {name for name, _value in ours}
        given = [header for header in theirs if header[0] not in names]
        is_said = any(name == kept[0] for name, _value in given)
        return [*given, *ours, *([] if is_said else [kept])]

    @property
    def _is_static(self) -> bool:
        return self._path.startswith("/static/")

    def _ours(self) -> Raw:
        if self._is_static:
            return _DOCUMENT if self._path.endswith(_DOCUMENTS) else _FILE
        if not self._path.endswith(SEARCHED):
            return self._headers
        return [(name, value.replace(*_FORMS)) for name, value in self._headers]


_FILE, _DOCUMENT = _encoded(FOR_FILES), _encoded(FOR_DOCUMENTS)
_FORMS = (b"form-action 'none'", b"form-action 'self'")
_IF_STATIC = (b"cache-control", b"no-cache")
_OTHERWISE = (b"cache-control", b"no-store")
