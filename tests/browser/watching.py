"""What must never happen in a browser that shows our pages, noted while it is looked at: an
exception that nobody caught, anything on the console that is an error, a breach of the policy of
our pages, a dialog, a file that is missing, a fault of the node, a request to anybody else."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request

BLOCKED = "Service Worker registration blocked by Playwright"
"""What a console says where a browser is not to keep pages."""
NOT_LOADED = "Failed to load resource"
"""What a console says of every answer that is a refusal, and of none; many are in order."""
FAULT = re.compile("status of 5")


class Watch:
    """Notes what went wrong in one browser; `complaints` is to stay empty.

    It is told by the console, and of requests that came to nothing: to be told of each request, a
    thousand in some tests, would take a fifth of their time.
    """

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self._forgiven: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self._complain(f"uncaught: {error.error}"))
        context.on("dialog", self._asked)
        context.on("requestfailed", self._failed)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or message.text.startswith(BLOCKED):
            return
        url = message.location["url"]
        if not message.text.startswith(NOT_LOADED):
            self._complain(f"console: {message.text} ({url})")
        elif "/static/" in url or FAULT.search(message.text):
            self._complain(f"not loaded: {url} ({message.text})")

    def _complain(self, complaint: str) -> None:
        if not any(words in complaint for words in self._forgiven):
            self.complaints.append(complaint)

    def _asked(self, dialog: Dialog) -> None:
        self._complain(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _failed(self, request: Request) -> None:
        """Note what was to go elsewhere: no address but the node's leads anywhere here."""
        own = (f"{self.origin}/", "data:", "blob:", "about:", "chrome")
        if not request.url.startswith(own):
            self._complain(f"left for elsewhere: {request.url}")

    def forgives(self, words: str) -> None:
        """Leave out what a test brought about on purpose, which has to have happened.

        Where it goes on happening, that is forgiven as well.
        """
        kept = [complaint for complaint in self.complaints if words not in complaint]
        assert len(kept) < len(self.complaints), f"{words!r} is not among {self.complaints}"
        self.complaints[:] = kept
        self._forgiven.append(words)
