"""What holds for every request before anything looks at it, and for every response: how much one
address may ask, that localhost is not the address keys belong to, what a browser is told not to do,
that no other site's page asks in somebody's name, and that no fault shows its insides. Rules H12,
H14, H15 and H18 of docs/protocol.md."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goround.sentences import _
from goround.web.journal import note_fault
from goround.web.limits import REFUSED_COSTS, Rates, network_of
from goround.web.problems import FAULT, said, too_fast
from goround.web.sessions import SAFE

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; "
        "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FOR_FILES = {"X-Content-Type-Options": "nosniff"}
"""What a sheet or a module is sent with: anybody may have it, and each byte counts forty times."""
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

    def __init__(self, app: ASGIApp, origin: str, rates: Rates) -> None:
        self._app = app
        self._origin = origin
        self._rates = rates
        self._headers = HEADERS | (_FOR_TLS if origin.startswith("https://") else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sending = _Sending(send, scope["path"], self._headers)
        early = self._early(Request(scope))
        try:
            await (early or self._app)(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - nobody is shown a traceback
            note_fault(error)
            if not sending.status:
                await said(500, "fault", FAULT, {})(scope, receive, sending)
        if early is None and sending.status in _REFUSALS:  # a page elsewhere costs nobody here
            self._rates.take(_who(scope), REFUSED_COSTS)

    def _early(self, request: Request) -> Response | None:
        path = request.url.path
        if path.startswith(_UNCOUNTED):
            return None
        who = _who(request.scope)
        wait = self._rates.wait(who)
        if wait:
            denied = too_fast(wait)
            return said(denied.status, denied.reason, str(denied), denied.headers)
        self._rates.take(who)
        return self._elsewhere(request) or self._crossing(request)

    def _crossing(self, request: Request) -> Response | None:
        """Refuse what the page of another site asks of us in somebody's browser (H18)."""
        asked_by = request.headers.get("origin")
        is_ours = request.method in SAFE or asked_by in (None, self._origin)
        site = request.headers.get("sec-fetch-site", "none")
        if is_ours and (site in ("same-origin", "none") or _is_followed_link(request)):
            return None
        return said(403, "cross-site", _("Another site's page asked this; it is not done."), {})

    def _elsewhere(self, request: Request) -> Response | None:
        """Send whoever came to localhost to where this node's keys belong."""
        host = request.headers.get("host", "").rsplit(":", 1)[0].lower()
        if host != "localhost":
            return None
        raw = request.scope.get("raw_path") or request.url.path.encode()
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{self._origin}{raw.decode('ascii')}{query}", 307)


def _is_followed_link(request: Request) -> bool:
    """Tell whether somebody goes from another site to a page of ours, in a window of its own."""
    told = request.headers.get
    return (
        request.method in SAFE
        and told("sec-fetch-mode") == "navigate"
        and told("sec-fetch-dest") == "document"
    )


def _who(scope: Scope) -> str:
    client = scope.get("client")
    return network_of(client[0]) if client else ""


class _Sending:
    """Adds the headers to a response, and remembers that it began."""

    def __init__(self, send: Send, path: str, headers: dict[str, str]) -> None:
        self._send = send
        self._path = path
        self._headers = headers
        self.status = 0

    def _for_files(self) -> dict[str, str]:
        return FOR_DOCUMENTS if self._path.endswith(_DOCUMENTS) else FOR_FILES

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            is_static = self._path.startswith("/static/")
            for name, value in (self._for_files() if is_static else self._headers).items():
                headers[name] = value
            if self._path.endswith(SEARCHED):
                policy = headers["Content-Security-Policy"]
                allowed = policy.replace("form-action 'none'", "form-action 'self'")
                headers["Content-Security-Policy"] = allowed
            headers.setdefault("Cache-Control", "no-cache" if is_static else "no-store")
        await self._send(message)
