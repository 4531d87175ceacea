"""The sockets that a node listens at: opened before anything else, so that who starts it hears at
once where that does not go."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network

from goround.errors import BadUse, Unreachable, why
from goround.sentences import _

HERE = "127.0.0.1"
LAST_PORT = 65535


def check_port(port: int) -> None:
    """Raise BadUse where a number is no port."""
    if not 0 <= port <= LAST_PORT:
        raise BadUse(_("A port is a number from 0 to {last}.").format(last=LAST_PORT))


def check_network(wanted: str | None) -> str:
    """Return an address or a network as one network, or raise BadUse; nothing for none."""
    if not wanted:
        return ""
    try:
        return str(ip_network(wanted, strict=False))
    except ValueError:
        raise BadUse(
            _("A server in front is named by its address, as in --proxy 10.0.0.2.")
        ) from None


def listen(host: str, port: int) -> socket.socket:
    """Listen at an address; raises Unreachable where nothing can be served there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # whoever reads our address may knock at once
    except OSError as error:
        listening.close()
        raise Unreachable(
            _("Nothing can be served at {host}, port {port}: {why}.").format(
                host=host, port=port, why=why(error)
            )
        ) from None
    return listening


@contextmanager
def listening_for_figures(wanted: str | None) -> Iterator[socket.socket | None]:
    """Listen where figures are asked for, if anywhere: on this machine alone, if nothing is said.

    They are given without TLS, because nothing in them is about anybody.
    """
    if wanted is None:
        yield None
        return
    host, port = _parted(wanted)
    with listen(host, port) as listening:
        yield listening


def _parted(wanted: str) -> tuple[str, int]:
    host, _colon, port = wanted.rpartition(":")
    if not port.isascii() or not port.isdecimal():
        raise BadUse(_("Figures are given at a port, as in --metrics 9420."))
    check_port(int(port))
    return host.strip("[]") or HERE, int(port)
