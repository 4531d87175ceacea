"""Serving a home: a node for the others' devices, with pages. It is a chore and not a rank."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn

import typer

from goround.cli.app import command, here
from goround.cli.listening import HERE, check_network, check_port, listen, listening_for_figures
from goround.errors import BadUse
from goround.node.serving import Form, serving
from goround.sentences import _

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

    from goround.node.certificate import Certificate
    from goround.node.home import Home
    from goround.web.rights import FoundingRight
    from goround.web.running import Terms

STOPS = (signal.SIGINT, signal.SIGTERM)
"""How somebody asks a node to stop: Ctrl+C, or a service."""


@command(
    _(
        "Serve this home, with its pages. Others sync with it, join through it, and read there. "
        "Beyond this machine that takes TLS: let a proxy with a certificate stand in front, and "
        "give the address that people use with --at https://…; or, for those in the same room, "
        "--lan."
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
        str | None,
        typer.Option(metavar="ORIGIN", envvar="GOROUND_ORIGIN", help=_("How others reach it.")),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            envvar="GOROUND_PROXY",
            help=_(
                "The address or network of the server in front, where that is not this machine: "
                "it is believed about who asks."
            ),
        ),
    ] = None,
    lan: Annotated[
        bool,
        typer.Option(
            "--lan",
            help=_(
                "For phones and laptops in the same room, with a certificate of its own. Laptops "
                "of one collective find each other there."
            ),
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
    log: Annotated[
        Form,
        typer.Option(
            help=_(
                "What is written to standard error: only faults, or a line for each request, in "
                "words or as JSON. Nothing in it is about anybody."
            )
        ),
    ] = Form.FAULTS,
    metrics: Annotated[
        str | None,
        typer.Option(
            metavar="[ADDRESS:]PORT",
            help=_("Give figures to Prometheus, at a port of their own."),
        ),
    ] = None,
) -> None:
    check_port(port)
    wanted = _Wanted(host, port, at, check_network(proxy), founding=founding, log=log)
    with listening_for_figures(metrics) as figures:
        if lan:
            _serve_lan(here(ctx).home, wanted, figures)
        else:
            _serve(here(ctx).home, wanted, figures)


class _Wanted(NamedTuple):
    """How a node is to be reached, and what it does beside."""

    host: str | None
    port: int
    at: str | None
    proxy: str
    founding: bool
    log: Form


def _serve(home: Home, wanted: _Wanted, figures: socket.socket | None) -> None:
    # Only this command needs the web face and what it stands on; the others start faster without.
    from goround.sync.origins import origin_of  # noqa: PLC0415
    from goround.web.binding import check_binding  # noqa: PLC0415
    from goround.web.running import Terms  # noqa: PLC0415

    host = wanted.host or HERE
    check_binding(host, origin_of(wanted.at or _address(host, 80)))
    with listen(host, wanted.port) as listening:
        origin = origin_of(wanted.at or _address(host, listening.getsockname()[1]))
        right, link = _founding(host, origin, is_on=wanted.founding)
        _leave_in_order()
        with serving(home, origin, _own(listening)) as file:
            _tell(origin, link)
            _tell_of(figures)
            terms = Terms(right, None, wanted.proxy, wanted.log, figures, _leaving(file))
            _run(home, origin, listening, terms)


def _serve_lan(home: Home, wanted: _Wanted, figures: socket.socket | None) -> None:
    """Serve whoever is in the same room, with a certificate that this home makes."""
    from goround.node.certificate import own_certificate  # noqa: PLC0415 - as above
    from goround.web.binding import lan_address  # noqa: PLC0415 - as above
    from goround.web.running import Terms  # noqa: PLC0415 - as above

    if wanted.at is not None:
        raise BadUse(_("With --lan the address is this machine’s own: leave --at out."))
    host = lan_address(wanted.host)
    certificate = own_certificate(home, host)
    with listen(host, wanted.port) as listening:
        origin = _address(host, listening.getsockname()[1], "https")
        right, link = _founding(host, origin, is_on=wanted.founding)
        _leave_in_order()
        with serving(home, origin) as file:
            _tell_room(origin, link, certificate)
            _tell_of(figures)
            terms = Terms(right, certificate, "", wanted.log, figures, _leaving(file))
            _run(home, origin, listening, terms)


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


def _tell_of(figures: socket.socket | None) -> None:
    if figures:
        host, port = figures.getsockname()[:2]
        typer.echo(
            _("Figures for Prometheus: {address}").format(address=f"{_address(host, port)}/metrics")
        )


def _run(home: Home, origin: str, listening: socket.socket, terms: Terms) -> None:
    from goround.web.running import run  # noqa: PLC0415 - as above

    run(home, origin, listening, terms)


def _leaving(file: Path) -> Callable[[int], None]:
    """Return what ends this process at once, and leaves no file that says that we still answer."""

    def leave(number: int) -> None:
        file.unlink(missing_ok=True)
        os._exit(number)

    return leave


def _leave_in_order() -> None:
    """From before we say that we answer, leave calmly when asked to; once more changes nothing."""
    for asked in STOPS:
        signal.signal(asked, _leave)


def _leave(_number: int, _frame: object) -> NoReturn:
    """Leave in order when asked to stop, so that nothing says that we still answer."""
    for asked in STOPS:
        signal.signal(asked, signal.SIG_IGN)
    raise SystemExit(0)


def _own(listening: socket.socket) -> str:
    """Return where this machine itself reaches what listens, also where that is all addresses."""
    host, port = listening.getsockname()[:2]
    everywhere = {"0.0.0.0": HERE, "::": "::1"}  # noqa: S104 - it is asked, not bound
    return _address(everywhere.get(host, host), port)


def _address(host: str, port: int, scheme: str = "http") -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{port}"
