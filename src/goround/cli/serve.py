"""Serving a home: a node for the others' devices, with pages. It is a chore and not a rank."""

import signal
import socket
from typing import Annotated, NoReturn

import typer

from goround.cli.app import command, here
from goround.errors import BadUse, Unreachable
from goround.node.home import Home
from goround.node.serving import serving
from goround.sentences import _

LAST_PORT = 65535


@command(
    _(
        "Serve this home: others sync with it, join through it, and read its pages. Beyond this "
        "machine that takes TLS: let a proxy with a certificate stand in front, and give the "
        "address that people use with --at https://…"
    ),
    "serve",
    "serve --host 0.0.0.0 --at https://bread.example.org",
)
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help=_("The address to listen at."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=_("The port; 0 takes any that is free."))] = 8420,
    at: Annotated[
        str | None, typer.Option(metavar="ORIGIN", help=_("How others reach it."))
    ] = None,
) -> None:
    if not 0 <= port <= LAST_PORT:
        raise BadUse(_("A port is a number from 0 to {last}.").format(last=LAST_PORT))
    # Only this command needs the web face and what it stands on; the others start faster without.
    from goround.sync.http import origin_of  # noqa: PLC0415
    from goround.web.app import check_binding  # noqa: PLC0415

    check_binding(host, origin_of(at or _address(host, 80)))
    home = here(ctx).home
    with _listen(host, port) as listening:
        origin = origin_of(at or _address(host, listening.getsockname()[1]))
        _serve(ctx, home, origin, listening)


def _serve(ctx: typer.Context, home: Home, origin: str, listening: socket.socket) -> None:
    with serving(home, origin):
        typer.echo(_("Goround answers at {origin} (Ctrl+C stops it).").format(origin=origin))
        _run(ctx, origin, listening)


def _run(ctx: typer.Context, origin: str, listening: socket.socket) -> None:
    from goround.web.running import run  # noqa: PLC0415 - as above

    signal.signal(signal.SIGTERM, _leave)
    try:
        run(here(ctx).home, origin, listening)
    except KeyboardInterrupt:
        return


def _leave(_number: int, _frame: object) -> NoReturn:
    """Leave in order when asked to stop, so that nothing says that we still answer."""
    raise SystemExit(0)


def _listen(host: str, port: int) -> socket.socket:
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
                host=host, port=port, why=str(error).rstrip(".")
            )
        ) from None
    return listening


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
