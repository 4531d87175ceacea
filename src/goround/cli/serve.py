"""Serving a home: a node for the others' devices, with pages. It is a chore and not a rank."""

from __future__ import annotations

import signal
import socket
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from goround.cli.app import command, here
from goround.errors import BadUse, Unreachable
from goround.node.serving import serving
from goround.sentences import _

if TYPE_CHECKING:
    from goround.node.certificate import Certificate
    from goround.node.home import Home
    from goround.web.rights import FoundingRight

HERE = "127.0.0.1"
LAST_PORT = 65535


@command(
    _(
        "Serve this home: others sync with it, join through it, and read its pages. Beyond this "
        "machine that takes TLS: let a proxy with a certificate stand in front, and give the "
        "address that people use with --at https://…; or, for those in the same room, --lan."
    ),
    "serve",
    "serve --lan",
    "serve --host 0.0.0.0 --at https://bread.example.org",
)
def serve(
    ctx: typer.Context,
    host: Annotated[
        str | None, typer.Option(help=_("The address to listen at; this machine alone if unsaid."))
    ] = None,
    port: Annotated[int, typer.Option(help=_("The port; 0 takes any that is free."))] = 8420,
    at: Annotated[
        str | None, typer.Option(metavar="ORIGIN", help=_("How others reach it."))
    ] = None,
    lan: Annotated[
        bool,
        typer.Option(
            "--lan",
            help=_("For phones and laptops in the same room, with a certificate of its own."),
        ),
    ] = False,
    founding: Annotated[
        bool,
        typer.Option(
            "--founding/--no-founding",
            help=_(
                "Whether new collectives are founded here in a browser: on this machine by "
                "anybody, beyond it with the link that is printed."
            ),
        ),
    ] = True,
) -> None:
    if not 0 <= port <= LAST_PORT:
        raise BadUse(_("A port is a number from 0 to {last}.").format(last=LAST_PORT))
    if lan:
        _serve_lan(ctx, host, port, at, founding=founding)
        return
    # Only this command needs the web face and what it stands on; the others start faster without.
    from goround.sync.http import origin_of  # noqa: PLC0415
    from goround.web.binding import check_binding  # noqa: PLC0415

    host = host or HERE
    check_binding(host, origin_of(at or _address(host, 80)))
    with _listen(host, port) as listening:
        origin = origin_of(at or _address(host, listening.getsockname()[1]))
        right, link = _founding(host, origin, is_on=founding)
        with serving(here(ctx).home, origin):
            _tell(origin, link)
            _run(here(ctx).home, origin, listening, right)


def _serve_lan(
    ctx: typer.Context, host: str | None, port: int, at: str | None, *, founding: bool
) -> None:
    """Serve whoever is in the same room, with a certificate that this home makes."""
    from goround.node.certificate import own_certificate  # noqa: PLC0415 - as above
    from goround.web.binding import lan_address  # noqa: PLC0415 - as above

    if at is not None:
        raise BadUse(_("With --lan the address is this machine’s own: leave --at out."))
    host = lan_address(host)
    home = here(ctx).home
    certificate = own_certificate(home, host)
    with _listen(host, port) as listening:
        origin = _address(host, listening.getsockname()[1], "https")
        right, link = _founding(host, origin, is_on=founding)
        with serving(home, origin):
            _tell_room(origin, link, certificate)
            _run(home, origin, listening, right, certificate)


def _founding(host: str, origin: str, *, is_on: bool) -> tuple[FoundingRight, str]:
    """Return who may found here, and the link that lets somebody, where one is needed."""
    from goround.web.binding import is_ours_alone  # noqa: PLC0415 - as above
    from goround.web.rights import FoundingRight  # noqa: PLC0415 - as above

    if not is_on:
        return FoundingRight.of_nobody(), ""
    if is_ours_alone(host, origin):
        return FoundingRight.of_everybody(), ""
    right, secret = FoundingRight.by_link()
    return right, f"{origin}/found#{secret}"


def _tell(origin: str, link: str) -> None:
    lines = [_("Goround answers at {origin} (Ctrl+C stops it).").format(origin=origin)]
    if link:
        lines += [_("Whoever has this link can found a collective here, until it stops:"), link]
    typer.echo("\n".join(lines))


def _tell_room(origin: str, link: str, certificate: Certificate) -> None:
    """Tell how phones get here, what their browsers will say, and how to know that it is us."""
    import segno  # noqa: PLC0415 - as above

    from goround.node.trust import fingerprint  # noqa: PLC0415 - as above

    _tell(origin, link)
    segno.make(link or origin, micro=False).terminal(sys.stdout, compact=True)
    lines = [
        _(
            "Browsers warn once that nobody vouches for this machine: you do. Let them show the "
            "certificate, compare its SHA-256 fingerprint with this one, then go on:"
        ),
        fingerprint(certificate.file.read_text("ascii")),
        _(
            "Pages that were reached like this keep nothing for when there is no network. Whoever "
            "joins here does well to add a second device elsewhere."
        ),
    ]
    typer.echo("\n".join(lines))


def _run(
    home: Home,
    origin: str,
    listening: socket.socket,
    right: FoundingRight,
    certificate: Certificate | None = None,
) -> None:
    from goround.web.running import run  # noqa: PLC0415 - as above

    signal.signal(signal.SIGTERM, _leave)
    try:
        run(home, origin, listening, right, certificate)
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


def _address(host: str, port: int, scheme: str = "http") -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{port}"
