"""Which certificates this home accepts beside those that its machine does: the ones of nodes in
the same room, whose fingerprint somebody compared and typed in. Each is kept for its address.
"""

from __future__ import annotations

import hmac
import re
import ssl
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from goround.errors import BadUse, Damaged, Refused, Unreachable
from goround.node.private_file import write_private
from goround.sentences import _
from goround.sync.origins import origin_of

if TYPE_CHECKING:
    from pathlib import Path

    from goround.node.home import Home

WAIT = 30.0
"""Seconds in which a node has to show its certificate."""


def fingerprint(pem: str) -> str:
    """Return the SHA-256 of a certificate, in groups that can be read aloud."""
    digest = sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def accepted(home: Home, address: str) -> ssl.SSLContext | None:
    """Return how a node proves itself at an address; None where the machine knows best."""
    path = _path(home, origin_of(address))
    if not path.is_file():
        return None
    try:
        return only(path.read_text("ascii"))
    except (OSError, ValueError):
        raise Damaged(
            _(
                "The file {path} does not hold a certificate any more: remove it, and compare the "
                "fingerprint of {origin} anew (--fingerprint)."
            ).format(path=path, origin=origin_of(address))
        ) from None


def only(pem: str) -> ssl.SSLContext:
    """Accept this certificate and no other."""
    context = ssl.create_default_context(cadata=pem or " ")  # nothing is not everybody
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def accept(home: Home, address: str, typed: str) -> None:
    """Accept the certificate that a node shows, if it is the one that somebody was shown."""
    origin = origin_of(address)
    if urlsplit(origin).scheme != "https":
        raise BadUse(_("Only an address that begins with https:// has a fingerprint."))
    shown = shown_at(origin)
    if not hmac.compare_digest(_plain(fingerprint(shown)), _plain(typed)):
        raise Refused(
            _(
                "The node at {origin} shows another fingerprint. Compare once more what you typed "
                "with the terminal in which it runs; if that is the same, somebody is in between, "
                "and nothing was sent."
            ).format(origin=origin)
        )
    write_private(_path(home, origin), shown.encode())


def shown_at(origin: str, wait: float = WAIT) -> str:
    """Return the certificate that a node shows, whoever that is."""
    parts = urlsplit(origin)
    at = parts.hostname or "", parts.port or 443
    try:
        return ssl.get_server_certificate(at, timeout=wait)
    except (OSError, ValueError) as error:
        told = _("Nobody answers at {origin}: is it running there? ({why})")
        raise Unreachable(told.format(origin=origin, why=error)) from None


def _plain(written: str) -> bytes:
    return re.sub(r"[^0-9A-F]", "", written.upper()).encode()


def _path(home: Home, origin: str) -> Path:
    return home.path / "trusted" / f"{re.sub('[^0-9A-Za-z.]+', '-', origin)}.pem"
