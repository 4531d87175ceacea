"""Which addresses are this machine alone."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_of_one_computer(origin: str) -> bool:
    """Tell whether an address opens on the machine alone on which the node runs."""
    return is_loopback(urlsplit(origin).hostname or "")


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address is this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
