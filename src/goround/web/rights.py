"""Who may found here. On a machine that nobody else reaches, anybody; beyond it, whoever holds the
link that was printed when the node started. Where a node listens decides that, and never where a
request seems to come from: behind another server everybody comes from this machine. The link's
secret is kept as a hash, in memory only; it opens until the node stops, for several foundings,
which are counted. Rules H16 and H17 of docs/protocol.md."""

import hmac
import secrets
from hashlib import sha256

from goround.sentences import _
from goround.web.limits import Rate, Rates
from goround.web.problems import Denied

SCHEME = "Goround-Founding"
MOST_FOUNDED = 500
"""Collectives that are founded at a node from its start to its end."""
EVERYBODY = "everybody"


class FoundingRight:
    """Says who may found, and how often."""

    def __init__(self, opened_by: bytes | None, *, everybody: bool) -> None:
        self._opened_by = opened_by
        self._everybody = everybody
        self._rate = Rates(Rate(burst=20, per_second=1 / 60))
        self._left = MOST_FOUNDED

    @classmethod
    def of_everybody(cls) -> "FoundingRight":
        """Let anybody found who reaches this node: it listens on this machine alone."""
        return cls(None, everybody=True)

    @classmethod
    def of_nobody(cls) -> "FoundingRight":
        """Let nobody found: whoever runs this node turned it off."""
        return cls(None, everybody=False)

    @classmethod
    def by_link(cls) -> tuple["FoundingRight", str]:
        """Let whoever holds a link found; give its secret, which is not kept."""
        secret = secrets.token_urlsafe(24)
        return cls(_kept(secret), everybody=False), secret

    @property
    def is_off(self) -> bool:
        """Tell whether nobody founds here."""
        return self._opened_by is None and not self._everybody

    @property
    def takes_link(self) -> bool:
        """Tell whether it takes the link that was printed when the node started."""
        return self._opened_by is not None and not self._everybody

    def check(self, authorization: str) -> None:
        """Raise Denied unless whoever shows this may found here, and now."""
        if self.is_off:
            raise Denied(403, "founding", _("Nobody founds at this node: its host turned it off."))
        if not self._everybody and not self._opens(authorization):
            raise Denied(
                401,
                "founding",
                _(
                    "Founding here takes the link that this node printed when it was started: ask "
                    "whoever runs it, and open that link again."
                ),
                {"WWW-Authenticate": SCHEME},
            )
        self.check_count()

    def _opens(self, authorization: str) -> bool:
        scheme, _space, secret = authorization.partition(" ")
        shown = _kept(secret.strip())
        return scheme.lower() == SCHEME.lower() and hmac.compare_digest(
            shown, self._opened_by or b""
        )

    def check_count(self) -> None:
        """Raise Denied where too much was founded here of late."""
        wait = self._rate.wait(EVERYBODY)
        if wait or not self._left:
            sentence = _("Many collectives were founded here just now; try again later.")
            raise Denied(429, "too-fast", sentence, {"Retry-After": str(wait or 3600)})

    def use(self) -> None:
        """Count a collective that was founded."""
        self._rate.take(EVERYBODY)
        self._left -= 1


def _kept(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogateescape")).digest()
