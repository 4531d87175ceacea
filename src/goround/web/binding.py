"""Where a node may listen. Keys belong to an origin, so the origin is told to the node and never
read from a request; and beyond this machine it is reached with TLS or not at all. Rule H13 of
docs/protocol.md."""

import socket
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from goround.errors import BadUse
from goround.sentences import _
from goround.sync.origins import is_loopback


def is_ours_alone(host: str, origin: str) -> bool:
    """Tell whether nobody beyond this machine reaches a node that listens there."""
    return is_loopback(host) and is_loopback(_parts(origin).hostname or "")


def check_binding(host: str, origin: str) -> None:
    """Raise BadUse where a node would be reached over a network without TLS."""
    parts = _parts(origin)
    if parts.scheme == "https":
        return
    if not is_loopback(host):
        raise BadUse(
            _(
                "Beyond this machine a node needs TLS: put a server with a certificate in front, "
                "and say where it is reached, --at https://…"
            )
        )
    if not is_loopback(parts.hostname or ""):
        raise BadUse(_("An address beyond this machine has to begin with https://."))


def lan_address(wanted: str | None) -> str:
    """Return the address by which others in the same room reach this machine; raises BadUse."""
    address = wanted or _towards_others()
    try:
        found = ip_address(address.strip("[]"))
    except ValueError:
        raise BadUse(_("--lan takes an address of this machine, not a name.")) from None
    if found.is_unspecified:
        raise BadUse(_("--lan takes one address of this machine, because keys belong to it."))
    return found.compressed


def _towards_others() -> str:
    """Ask the machine by which of its addresses it would reach others; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((_ELSEWHERE, 9))
        except OSError:
            raise BadUse(
                _(
                    "This machine is in no network just now: connect it, or say by which of its "
                    "addresses others reach it, with --host."
                )
            ) from None
        return str(asking.getsockname()[0])


_ELSEWHERE = "192.0.2.1"
"""An address that is nobody’s (RFC 5737)."""


def _parts(origin: str) -> SplitResult:
    try:
        parts = urlsplit(origin)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known, parts = False, urlsplit("")
    if not known:
        raise BadUse(_("“{origin}” is not where a node is reached.").format(origin=origin))
    return parts
