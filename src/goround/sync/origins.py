"""What an address comes to: the scheme, host and port that the keys of a device belong to; and
which of them are this machine alone."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from goround.errors import BadUse


def origin_of(address: str) -> str:
    """Give the part of an address that keys belong to: scheme, host and port."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port
    except ValueError:
        raise BadUse(f"“{address}” is not the address of a node.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadUse(f"“{address}” is not the address of a node.")
    if parts.username is not None:
        raise BadUse("A name or a password in an address is not used by anybody: leave it out.")
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname
    shown = f"[{host}]" if ":" in host else host
    is_usual = port is None or (parts.scheme, port) in {("http", 80), ("https", 443)}
    return f"{parts.scheme}://{shown}" + ("" if is_usual else f":{port}")


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
