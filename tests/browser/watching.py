"""What must never happen in a browser that shows our pages, noted while it is looked at: an
exception that nobody caught, anything on the console that is an error, a breach of the policy of
our pages, a dialog, a file that is missing, a fault of the node, a request to anybody else."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, Response

NOTHING_NEW = ("Failed to load resource", "Service Worker registration blocked by Playwright")
"""What a console says of every answer that is a refusal; the answers are looked at themselves. And
what it says where a browser is not to keep pages."""
REFUSED, FAULT = 400, 500


class Watch:
    """Notes what went wrong in one browser; `complaints` is to stay empty."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("dialog", self._asked)
        context.on("request", self._sent)
        context.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(NOTHING_NEW):
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def _asked(self, dialog: Dialog) -> None:
        self.complaints.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _sent(self, request: Request) -> None:
        own = (f"{self.origin}/", "data:", "blob:", "about:", "chrome")
        if not request.url.startswith(own):
            self.complaints.append(f"left for elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        is_missing = "/static/" in response.url and response.status >= REFUSED
        if response.status >= FAULT or is_missing:
            self.complaints.append(f"answered {response.status}: {response.url}")

    def forgives(self, words: str) -> None:
        """Leave out what a test brought about on purpose, which has to have happened."""
        kept = [complaint for complaint in self.complaints if words not in complaint]
        assert len(kept) < len(self.complaints), f"{words!r} is not among {self.complaints}"
        self.complaints[:] = kept
